"""Means, deviations, correlations and k-statistics, against numbers worked out by hand and laws they must keep."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizbank.analysis.moments import (
    correlation,
    covariance,
    deviation,
    efficiency,
    kurtosis,
    mean,
    median,
    skewness,
    variance,
    varies,
)

FRACTIONS = st.lists(st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 0.75, 1.0]), min_size=4, max_size=30)


def test_hand_worked_numbers() -> None:
    numbers = [1, 2, 3, 4, 10]
    assert mean(numbers) == 4
    assert median(numbers) == 3
    assert median([1, 2, 3, 10]) == 2.5
    assert variance(numbers) == 12.5
    assert covariance([1, 2, 3], [2, 4, 9]) == 3.5
    # m3 = (-27 - 8 - 1 + 0 + 216) / 5 = 36, k3 = 25 x 36 / 12 = 75, k2 = 12.5
    assert skewness(numbers, 10) == pytest.approx(75 / 12.5**1.5)
    # m4 = (81 + 16 + 1 + 0 + 1296) / 5 = 278.8, m2 = 10, k4 = 25 (6 x 278.8 - 12 x 100) / 24
    assert kurtosis(numbers, 10) == pytest.approx(25 * (6 * 278.8 - 1200) / 24 / 12.5**2)


def test_what_too_few_numbers_say_is_not_defined() -> None:
    assert (mean([]), median([]), variance([1]), deviation([1])) == (None, None, None, None)
    assert correlation([1], [1]) is None
    assert skewness([0, 1]) is None
    assert kurtosis([0, 1, 0]) is None


def test_numbers_that_do_not_vary_have_a_deviation_of_nothing_and_no_correlation() -> None:
    same = [0.1 + 0.2, 0.3, 0.3, 0.3]
    assert not varies(same)
    assert deviation(same) == 0
    assert correlation(same, [0, 1, 0, 1]) is None
    assert efficiency([0, 1, 0, 1], same) is None
    assert (skewness(same), kurtosis(same)) == (None, None)


def test_perfect_agreement_and_its_opposite() -> None:
    assert correlation([0, 0.5, 1], [0.2, 0.3, 0.4]) == pytest.approx(1)
    assert correlation([0, 0.5, 1], [0.4, 0.3, 0.2]) == pytest.approx(-1)
    assert efficiency([0, 0, 1], [0.1, 0.5, 0.9]) == 1


@given(FRACTIONS, st.randoms())
def test_order_of_learners_changes_nothing(values: list[float], shuffle: object) -> None:
    other = [math.sin(7 * value + place) for place, value in enumerate(values)]
    pairs = list(zip(values, other, strict=True))
    shuffle.shuffle(pairs)  # type: ignore[attr-defined]
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    assert variance(xs) == pytest.approx(variance(values), abs=1e-15)
    assert correlation(xs, ys) == pytest.approx(correlation(values, other), abs=1e-12)
    assert efficiency(xs, ys) == pytest.approx(efficiency(values, other), abs=1e-12)
    assert skewness(xs) == pytest.approx(skewness(values), abs=1e-9)
    assert kurtosis(xs) == pytest.approx(kurtosis(values), abs=1e-9)


@given(FRACTIONS, st.floats(-100, 100), st.floats(0.1, 50))
def test_adding_a_constant_or_another_unit_changes_no_shape(values: list[float], plus: float, times: float) -> None:
    assume(varies(values))
    moved = [value * times + plus for value in values]
    other = [value**2 for value in values]
    scale = 200.0
    assert deviation(moved, scale) == pytest.approx(times * (deviation(values) or 0), rel=1e-6)
    assert correlation(moved, other, scale) == pytest.approx(correlation(values, other), rel=1e-6)
    assert skewness(moved, scale) == pytest.approx(skewness(values), rel=1e-6, abs=1e-6)
    assert kurtosis(moved, scale) == pytest.approx(kurtosis(values), rel=1e-6, abs=1e-5)


@given(FRACTIONS, FRACTIONS)
def test_correlation_and_efficiency_keep_their_bounds(xs: list[float], ys: list[float]) -> None:
    size = min(len(xs), len(ys))
    r, part = correlation(xs[:size], ys[:size]), efficiency(xs[:size], ys[:size])
    assert (r is None) == (part is None)
    assert r is None or (-1 <= r <= 1 and part is not None and part <= 1 and (part > 0) == (r > 0))
