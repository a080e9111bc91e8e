"""Matching: every right pair counts, options may be left over, a half-filled answer is kept."""

from dataclasses import replace

import pytest

from quizbank.items.content import InvalidResponse, Option
from quizbank.items.types.matching import Matching

CONTENT, _ = Matching.examples()


def test_pairs_are_read_in_the_order_of_the_prompts() -> None:
    assert CONTENT.parse({"match": ["r:a", "", "p:b"]}) == {"match": {"p": "b", "r": "a"}}


def test_half_filled_answer_is_begun_and_not_answered() -> None:
    assert not CONTENT.is_answered({"match": {"p": "b"}})
    assert CONTENT.is_answered({"match": {"p": "b", "q": "b", "r": "b"}})


def test_right_option_beside_another_prompt_earns_nothing() -> None:
    assert CONTENT.grade({"match": {"p": "c", "q": "a", "r": "b"}}) == 0


def test_pairs_are_told_in_words() -> None:
    told = CONTENT.summarise({"match": {"p": "b", "r": "d"}})
    assert told == "Radial nerve → Extension of the wrist; Ulnar nerve → Flexion of the elbow"


def test_every_prompt_is_reviewed_with_its_right_option_and_the_reason() -> None:
    parts = CONTENT.parts({"match": {"p": "b", "q": "a"}})
    assert [(part.given, part.is_right) for part in parts] == [
        ("Extension of the wrist", True),
        ("Abduction of the fingers", False),
        ("", False),
    ]
    assert parts[1].right == "Opposition of the thumb"
    assert parts[1].reason == "The thenar muscles."


def test_prompts_get_other_ids_too() -> None:
    named = CONTENT.with_ids({one.id: f"x{one.id}" for one in (*CONTENT.prompts, *CONTENT.options)})
    assert [prompt.id for prompt in named.prompts] == ["xp", "xq", "xr"]
    assert named.key == ("xb", "xc", "xa")


@pytest.mark.parametrize("values", [["p:b", "p:c"], ["p"], ["p:"], [":b"], ["b:p"], ["p:b:c"]])
def test_pair_that_no_page_can_send_is_refused(values: list[str]) -> None:
    with pytest.raises(InvalidResponse):
        CONTENT.parse({"match": values})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prompts": CONTENT.prompts[:2], "key": ("b", "c")}, "3 to 8 pairs"),
        ({"key": ("b", "c")}, "an answer of its own"),
        ({"key": ("b", "c", "b")}, "an answer of its own"),
        ({"key": ("b", "c", "z")}, "an answer of its own"),
        ({"prompts": (*CONTENT.prompts[:2], Option("r", "radial nerve "))}, "Two left sides say the same."),
        ({"prompts": (*CONTENT.prompts[:2], Option("r", " "))}, "Fill in every left side"),
        ({"options": tuple(Option(f"o{n}", f"Option {n}", "So.") for n in range(11))}, "at most 10 answers"),
        ({"options": tuple(replace(option, rationale="") for option in CONTENT.options)}, "belongs together"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], words: str) -> None:
    assert words in " ".join(replace(CONTENT, **changes).problems())  # type: ignore[arg-type]


def test_one_explanation_of_all_pairs_is_enough() -> None:
    bare = tuple(replace(option, rationale="") for option in CONTENT.options)
    assert replace(CONTENT, options=bare, rationale="By their anatomy.").problems() == []
