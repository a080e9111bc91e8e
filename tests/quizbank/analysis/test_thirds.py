"""Thirds of learners: by score, equals together, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from quizbank.analysis.thirds import LOWER, MIDDLE, UPPER, thirds

TOTALS = st.lists(st.sampled_from([0.0, 0.2, 0.4, 0.6, 0.8, 1.0]), min_size=1, max_size=40)


def test_learners_of_different_scores_are_parted_evenly() -> None:
    assert thirds([0.1, 0.9, 0.5, 0.2, 0.8, 0.4]) == [LOWER, UPPER, MIDDLE, LOWER, UPPER, MIDDLE]


def test_equal_scores_are_never_parted() -> None:
    assert thirds([0.5] * 9) == [MIDDLE] * 9
    assert thirds([0.1, 0.3, 0.1 + 0.2, 0.9]) == [LOWER, MIDDLE, MIDDLE, UPPER]


def test_nobody_has_no_third() -> None:
    assert thirds([]) == []


@given(TOTALS)
def test_higher_score_is_never_in_a_lower_third(totals: list[float]) -> None:
    placed = sorted(zip(totals, thirds(totals), strict=True))
    assert [third for _, third in placed] == sorted(third for _, third in placed)


@given(TOTALS)
def test_thirds_turn_around_with_the_scores(totals: list[float]) -> None:
    assert thirds([1 - total for total in totals]) == [UPPER - third for third in thirds(totals)]
