"""Scores before and after: gains by hand, what is not defined, and bounds for any scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.analysis.comparison import Pair, compared, comparisons

SCORES = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=60)


def test_gain_is_the_mean_of_each_learners_own() -> None:
    found = compared("All", [(20, 60), (40, 70), (60, 80)])
    assert (found.n, found.before, found.after, found.gain) == (3, 40, 70, 30)
    assert found.effect == pytest.approx(3.0)  # gains 40, 30, 20: standard deviation 10


def test_interval_is_told_from_thirty_learners_on() -> None:
    few, enough = [(50.0, 60.0), (40.0, 60.0)], [(50.0, 60.0), (40.0, 60.0)] * 15
    assert compared("All", few).low is None
    found = compared("All", enough)
    assert found.gain == 15
    assert found.low == pytest.approx(15 - 1.96 * 5.0855 / 30**0.5, abs=0.001)
    assert found.high == pytest.approx(15 + 1.96 * 5.0855 / 30**0.5, abs=0.001)


@pytest.mark.parametrize("scores", [[], [(10.0, 50.0)], [(10.0, 50.0), (20.0, 60.0)]])
def test_what_is_not_defined_is_left_out(scores: list[tuple[float, float]]) -> None:
    assert compared("All", scores).effect is None


def test_objectives_are_compared_where_both_attempts_asked_them() -> None:
    pairs = [
        Pair(10, 50, {"Name the vessels": (0, 50)}),
        Pair(30, 90, {"Name the vessels": (50, 100), "Plan": (0, 80)}),
    ]
    whole, vessels, plan = comparisons(pairs)
    assert (whole.text, whole.n, whole.gain) == ("All questions", 2, 50)
    assert (vessels.text, vessels.n, vessels.gain) == ("Name the vessels", 2, 50)
    assert (plan.text, plan.n, plan.gain) == ("Plan", 1, 80)


@given(SCORES)
def test_gain_lies_in_its_interval_and_within_the_scale(scores: list[tuple[float, float]]) -> None:
    found = compared("All", scores)
    assert found.n == len(scores)
    if found.gain is not None:
        assert -100 <= found.gain <= 100
    if found.low is not None and found.high is not None and found.gain is not None:
        assert found.low <= found.gain <= found.high
