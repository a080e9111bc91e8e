"""Numeric: every number of the range is right, to the last digit, and nothing typed is misread."""

from dataclasses import replace

import pytest

from quizbank.items.content import InvalidResponse, MistypedResponse
from quizbank.items.types.numeric import Numeric

DOSE = Numeric("How much?", "12.5", "12", "13.1", "mg", "By weight.")


@pytest.mark.parametrize(
    ("typed", "fraction"),
    [("12.5", 1), ("12", 1), ("13.1", 1), ("13.10 mg", 1), ("12,5", 1), ("11.9999999999999", 0), ("13.1000000001", 0)],
)
def test_ends_of_the_range_are_right_and_nothing_is_rounded(typed: str, fraction: float) -> None:
    assert DOSE.grade(DOSE.parse({"number": [typed]})) == fraction


def test_tenth_that_no_float_holds_is_exact() -> None:
    exact = replace(DOSE, value="0.3", low="0.3", high="0.3")
    assert exact.grade({"number": "0.30"}) == 1
    assert exact.grade({"number": "0.30000000000000004"}) == 0


def test_response_is_what_was_written_made_plain() -> None:
    assert DOSE.parse({"number": [" +012,50 MG "]}) == {"number": "12.50"}


def test_what_cannot_be_read_is_refused_in_a_sentence_that_repeats_it() -> None:
    with pytest.raises(MistypedResponse, match=r"“12.5 g” cannot be read. Write the number in mg"):
        DOSE.parse({"number": ["12.5 g"]})


def test_two_fields_cannot_come_from_the_page() -> None:
    with pytest.raises(InvalidResponse, match="does not belong"):
        DOSE.parse({"number": ["1", "2"]})


def test_answer_and_range_are_told_with_the_unit() -> None:
    part = DOSE.parts({"number": "13"})[0]
    assert (part.given, part.right, part.is_right) == ("13 mg", "12.5 mg (from 12 to 13.1 mg is right)", True)
    assert replace(DOSE, low="12.5", high="12.5").parts({})[0].right == "12.5 mg"
    assert replace(DOSE, unit="%").summarise({"number": "5"}) == "5%"
    assert replace(DOSE, unit="").summarise({"number": "5"}) == "5"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "a lot"}, "as digits"),
        ({"low": ""}, "as digits"),
        ({"high": "NaN"}, "as digits"),
        ({"value": "14"}, "must lie in the range"),
        ({"low": "13", "high": "12"}, "must lie in the range"),
        ({"unit": "5 mg"}, "Write only the unit"),
        ({"unit": "m" * 31}, "Shorten the unit"),
        ({"rationale": " "}, "Explain"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, str], words: str) -> None:
    assert words in " ".join(replace(DOSE, **changes).problems())
