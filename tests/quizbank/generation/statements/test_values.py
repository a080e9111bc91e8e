"""Numbers with units are found with the words that bound them."""

import pytest

from quizbank.generation.statements.values import Value, number_of, numbers_beside, values_in


def only(text: str) -> Value:
    [value] = values_in(text, 0, len(text))
    return value


@pytest.mark.parametrize(("written", "number"), [("1,200", 1200), ("0.5", 0.5), ("six", 6), ("Twelve", 12)])
def test_digits_and_words_are_numbers(written: str, number: float) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("Wait at least 5 days.", 5, 5, "days", "at least"),
        ("It lasts 6 to 10 weeks.", 6, 10, "weeks", ""),
        ("Give 2-4 mg/kg.", 2, 4, "mg/kg", ""),
        ("Keep it above 65 mmHg.", 65, 65, "mmHg", "above"),
        ("Between 2 and 5 percent die.", 2, 5, "percent", "between"),
        ("Continue for six months.", 6, 6, "months", ""),
    ],
)
def test_value_has_its_range_unit_and_bound(text: str, low: float, high: float, unit: str, bound: str) -> None:
    value = only(text)
    assert (value.low, value.high, value.unit, value.bound) == (low, high, unit, bound)


@pytest.mark.parametrize("text", ["In 2019 weeks passed.", "From 9 to 4 weeks."])
def test_years_and_reversed_ranges_are_no_values(text: str) -> None:
    assert list(values_in(text, 0, len(text))) == []


def test_frequency_belongs_to_the_value() -> None:
    assert only("Give 500 mg twice daily.").often == "twice daily"


def test_age_and_time_are_told_apart() -> None:
    assert only("It begins at 40 years of age.").is_age
    assert only("Wait 3 weeks.").is_time
    assert not only("Give 3 mg.").is_time


def test_other_numbers_of_the_sentence_are_counted() -> None:
    text = "Give 5 mg on day 3 and again twice in 2 cycles."
    first = next(values_in(text, 0, len(text)))
    assert numbers_beside(text, 0, len(text), first) >= 2
