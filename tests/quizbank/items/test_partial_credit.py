"""Partial credit: right choices earn, wrong ones take away, nothing goes below 0 or above 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.items.partial_credit import balanced_fraction

LETTERS = "abcdefgh"
SOME = st.sets(st.sampled_from(LETTERS))


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [("ab", 1), ("a", 0.5), ("", 0), ("c", 0), ("ac", 0), ("abc", 0.5), ("abcd", 0), ("cd", 0)],
)
def test_fraction_of_two_keys(chosen: str, fraction: float) -> None:
    assert balanced_fraction(chosen, "ab") == pytest.approx(fraction)


@given(SOME, SOME.filter(bool))
def test_fraction_stays_between_0_and_1(chosen: set[str], key: set[str]) -> None:
    assert 0 <= balanced_fraction(chosen, key) <= 1


@given(SOME, SOME.filter(bool))
def test_only_the_key_itself_earns_1(chosen: set[str], key: set[str]) -> None:
    assert (balanced_fraction(chosen, key) == 1) == (chosen == key)


@given(SOME, SOME.filter(bool), st.sampled_from(LETTERS))
def test_one_wrong_choice_more_never_earns_more(chosen: set[str], key: set[str], extra: str) -> None:
    if extra not in key | chosen:
        assert balanced_fraction(chosen | {extra}, key) <= balanced_fraction(chosen, key)
