"""Cloze: every gap has choices of its own, and every right gap counts unless the rule says all or nothing."""

from dataclasses import replace

import pytest

from quizbank.items.content import InvalidResponse, Option
from quizbank.items.types.cloze import Cloze, gap_of

CONTENT, _ = Cloze.examples()
MANY = tuple(Option(f"{gap}-{n}", f"Choice {n}", "So.") for gap in range(1, 6) for n in range(5))


def test_choices_are_read_by_gap_whatever_their_order() -> None:
    assert CONTENT.parse({"gap": ["2-b", "1-a"]}) == {"gap": {"1": "1-a", "2": "2-b"}}


def test_half_filled_answer_is_begun_and_not_answered() -> None:
    assert not CONTENT.is_answered({"gap": {"1": "1-a"}})
    assert CONTENT.is_answered({"gap": {"1": "1-b", "2": "2-b"}})


def test_all_or_nothing_gives_nothing_for_half() -> None:
    strict = replace(CONTENT, rule="exact")
    assert strict.grade({"gap": {"1": "1-a", "2": "2-b"}}) == 0
    assert strict.grade({"gap": {"1": "1-a"}}) == 0
    assert strict.grade(strict.right_response()) == 1


def test_gaps_are_told_in_words() -> None:
    assert CONTENT.summarise({"gap": {"1": "1-b", "2": "2-a"}}) == "Gap 1: an antihistamine; Gap 2: muscle of the thigh"


def test_every_gap_is_reviewed_with_its_right_choice_and_the_reason() -> None:
    first, second = CONTENT.parts({"gap": {"1": "1-b"}})
    assert (first.asked, first.given, first.right, first.is_right) == (
        "Gap 1",
        "an antihistamine",
        "epinephrine",
        False,
    )
    assert first.reason == "It reverses airway swelling and shock."
    assert (second.given, second.is_right) == ("", False)


def test_text_can_be_read_with_its_gaps_filled_right() -> None:
    assert CONTENT.filled == "Anaphylaxis is treated with epinephrine, given into the muscle of the thigh."
    assert replace(CONTENT, stem="[gap 1] and [gap 3]").filled == "epinephrine and [gap 3]"


def test_ids_stay_with_their_gaps() -> None:
    named = CONTENT.with_ids({option.id: f"x{number}" for number, option in enumerate(CONTENT.options)})
    assert [option.id for option in named.options] == ["1-x0", "1-x1", "1-x2", "2-x3", "2-x4"]
    assert named.key == ("1-x0", "2-x3")


@pytest.mark.parametrize("values", [["1-a", "1-b"], ["1-z"], ["1"], ["2-a", "2-a"], ["3-a"]])
def test_choice_that_no_page_can_send_is_refused(values: list[str]) -> None:
    with pytest.raises(InvalidResponse):
        CONTENT.parse({"gap": values})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stem": "Treated with [gap 1]."}, "where the gaps are"),
        ({"stem": "Treated with [gap 2] into [gap 1]."}, "in this order"),
        ({"stem": "[gap 1], [gap 2] and [gap 2]."}, "each once"),
        ({"options": (), "key": ()}, "where the gaps are"),
        ({"options": tuple(one for one in CONTENT.options if one.id != "2-b")}, "Give gap 2 2 to 6 choices"),
        ({"key": ("1-a",)}, "exactly one right choice"),
        ({"key": ("2-a", "1-a")}, "exactly one right choice"),
        ({"key": ("1-a", "1-b", "2-a")}, "exactly one right choice"),
        ({"key": ("1-a", "2-z")}, "exactly one right choice"),
        ({"rule": "most"}, "how a partly right answer is graded"),
        ({"options": MANY, "key": tuple(f"{gap}-0" for gap in range(1, 6))}, "24 choices altogether"),
        ({"options": tuple(replace(one, rationale="") for one in CONTENT.options), "rationale": ""}, "Say why"),
        (
            {"options": (*CONTENT.options, Option("2-c", "Muscle of the thigh", "So."))},
            "Gap 2: Two choices say the same.",
        ),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], words: str) -> None:
    assert words in " ".join(replace(CONTENT, **changes).problems())  # type: ignore[arg-type]


def test_two_gaps_may_offer_the_same_words() -> None:
    same = (*CONTENT.options, Option("2-c", "epinephrine", "A drug is no place."))
    assert replace(CONTENT, options=same).problems() == []
    assert [gap_of(option.id) for option in same] == ["1", "1", "1", "2", "2", "2"]
