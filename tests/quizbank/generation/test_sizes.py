"""Amounts of one sort can be compared, whatever unit they are written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.generation.sizes import size_of


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("500 mL", "1,500 mL"),
        ("3 days", "6 weeks"),
        ("12 months", "2 years"),
        ("1 to 5 days", "3 to 6 weeks"),
        ("Two", "Twelve"),
        ("1 criterion", "3 criteria"),
        ("About 5%", "About 90%"),
        ("Every month", "Every 2 months"),
        ("1 in 700", "1 in 20"),
        ("500 mg", "1 g"),
        ("1 unit/kg", "20 units/kg"),
        ("≤40%", "40%"),
        ("2 to 3", "3 to 4"),
    ],
)
def test_amounts_of_one_sort_are_compared(smaller: str, larger: str) -> None:
    one, other = size_of(smaller), size_of(larger)
    assert one is not None
    assert other is not None
    assert one.of == other.of
    assert one.value < other.value


@pytest.mark.parametrize(
    ("one", "other"), [("3 days", "3 mg"), ("About 5%", "5%"), ("2 g", "2 g/kg"), ("Every 2 weeks", "2 weeks")]
)
def test_amounts_of_two_sorts_are_not(one: str, other: str) -> None:
    sizes = [size_of(text) for text in (one, other)]
    assert None not in sizes
    assert len({size.of for size in sizes if size}) == 2


@pytest.mark.parametrize("text", ["Stage II", "Heparin", ""])
def test_words_are_no_amount(text: str) -> None:
    assert size_of(text) is None


@given(st.text(alphabet="0123456789,. in1-–to<≤abouteverymgdays", max_size=20))
def test_no_text_stops_it(text: str) -> None:
    size = size_of(text)
    assert size is None or isinstance(size.value, float)


def test_one_in_nothing_is_no_share() -> None:
    for text in ("1 in 0", "1 in 0.0", "1 in 00"):
        size = size_of(text)
        assert size is None or size.of != "1 in"
