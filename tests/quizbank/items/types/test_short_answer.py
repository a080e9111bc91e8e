"""Short answer: any accepted answer is right however it is spelled, and nothing else."""

from dataclasses import replace

import pytest

from quizbank.items.content import InvalidContent, InvalidResponse, MistypedResponse
from quizbank.items.types.short_answer import ShortAnswer

CONTENT, _ = ShortAnswer.examples()


@pytest.mark.parametrize("typed", ["protamine", "Protamine Sulphate", "PROTAMINE–SULFATE", "the protamine"])
def test_every_accepted_answer_is_right_in_any_spelling(typed: str) -> None:
    assert CONTENT.grade(CONTENT.parse({"text": [typed]})) == 1


@pytest.mark.parametrize("typed", ["protamin", "protamine and heparin", "sulfate", "not protamine"])
def test_anything_else_is_wrong(typed: str) -> None:
    assert CONTENT.grade(CONTENT.parse({"text": [typed]})) == 0


def test_response_is_what_was_typed_with_single_blanks() -> None:
    assert CONTENT.parse({"text": ["  Protamine \t sulfate "]}) == {"text": "Protamine sulfate"}


def test_longest_answer_is_read_and_a_longer_one_is_not_lost() -> None:
    assert CONTENT.parse({"text": ["a" * 200]})
    with pytest.raises(MistypedResponse, match="at most 200 characters"):
        CONTENT.parse({"text": ["a" * 201]})


def test_two_fields_cannot_come_from_the_page() -> None:
    with pytest.raises(InvalidResponse, match="does not belong"):
        CONTENT.parse({"text": ["a", "b"]})


def test_right_answer_is_told_with_the_others_that_count() -> None:
    part = CONTENT.parts({"text": "heparin"})[0]
    assert part.right == "Protamine (also right: Protamine sulfate; Protamine sulphate)"
    assert (part.given, part.is_right) == ("heparin", False)
    assert replace(CONTENT, key=("Protamine",)).parts({})[0].right == "Protamine"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": ()}, "at least one right answer"),
        ({"key": ("Protamine", "...")}, "at least one right answer"),
        ({"key": ("Protamine", "the protamine")}, "say the same"),
        ({"key": tuple(f"answer {n}" for n in range(21))}, "Keep to 20"),
        ({"key": ("a" * 201,)}, "200 characters"),
        ({"rationale": " "}, "Explain"),
        ({"stem": ""}, "Write the question"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], words: str) -> None:
    assert words in " ".join(replace(CONTENT, **changes).problems())  # type: ignore[arg-type]


@pytest.mark.parametrize("accepted", [None, "Protamine", ["Protamine"], [{"word": "Protamine"}], [{"text": 7}]])
def test_damaged_list_is_refused(accepted: object) -> None:
    with pytest.raises(InvalidContent):
        ShortAnswer.from_json({**CONTENT.to_json(), "accepted": accepted})
