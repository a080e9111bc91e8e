"""Statistics of items against numpy's own arithmetic, hand-worked examples and the laws they must keep."""

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.analysis.item_statistics import ItemStatistics, item_statistics, wilson
from quizbank.analysis.matrix import Matrix, matrix_of

NAMES = "abcdefgh"


@st.composite
def matrices(draw: st.DrawFn, learners: int = 2) -> Matrix:
    """Return a complete matrix of fractions with maxima of any size."""
    items = draw(st.integers(1, 6))
    cell = st.sampled_from([0.0, 0.0, 0.25, 1 / 3, 0.5, 1.0, 1.0])
    rows = draw(st.lists(st.lists(cell, min_size=items, max_size=items), min_size=learners, max_size=25))
    maxima = draw(st.lists(st.sampled_from([0.5, 1.0, 2.0, 10.0]), min_size=items, max_size=items))
    return matrix_of(NAMES[:items], maxima, rows)


def nothing(value: float | None) -> float:
    return math.nan if value is None else value


@given(matrices())
def test_figures_are_those_of_numpy(matrix: Matrix) -> None:
    fractions, maxima = np.array(matrix.fractions), np.array(matrix.maxima)
    marks = fractions * maxima
    totals = marks.sum(axis=1)
    others = totals[:, None] - marks
    for place, one in enumerate(item_statistics(matrix)):
        x, rest = marks[:, place], others[:, place]
        assert one.facility == pytest.approx(fractions[:, place].mean(), abs=1e-12)
        assert one.sd == pytest.approx(fractions[:, place].std(ddof=1), abs=1e-9)
        if np.ptp(x) < 1e-7 or np.ptp(rest) < 1e-7:
            assert (one.discrimination, one.discriminative_efficiency) == (None, None)
            continue
        assert one.discrimination == pytest.approx(np.corrcoef(x, rest)[0, 1], abs=1e-9)
        best = np.cov(np.sort(x), np.sort(rest))[0, 1]
        assert one.discriminative_efficiency == pytest.approx(np.cov(x, rest)[0, 1] / best, abs=1e-9)
        if np.ptp(totals) > 1e-7:
            assert one.point_biserial == pytest.approx(np.corrcoef(x, totals)[0, 1], abs=1e-9)


@given(matrices())
def test_effective_weights_follow_the_covariance_with_the_total(matrix: Matrix) -> None:
    marks = np.array(matrix.fractions) * np.array(matrix.maxima)
    totals = marks.sum(axis=1)
    found = [one.effective_weight for one in item_statistics(matrix)]
    if np.ptp(totals) < 1e-7:
        assert found == [None] * len(found)
        return
    shared = [np.cov(marks[:, place], totals)[0, 1] for place in range(len(found))]
    roots = [math.sqrt(c) if c > 1e-12 else 0.0 for c in shared]
    for weight, root, covariance in zip(found, roots, shared, strict=True):
        assert weight == pytest.approx(root / sum(roots), abs=1e-5) or (weight is None and covariance < 1e-12)
    assert sum(weight or 0 for weight in found) == pytest.approx(1)


@given(matrices(learners=1))
def test_figures_are_numbers_within_their_bounds_or_nothing(matrix: Matrix) -> None:
    for one in item_statistics(matrix):
        figures = [value for value in asdict(one).values() if isinstance(value, float)]
        assert all(math.isfinite(value) for value in figures)
        assert 0 <= nothing(one.facility_low) <= nothing(one.facility) <= nothing(one.facility_high) <= 1
        assert one.discrimination is None or -1 <= one.discrimination <= 1
        assert one.effective_weight is None or 0 <= one.effective_weight <= 1
        assert 0 < one.intended_weight <= 1


@given(matrices(), st.randoms())
def test_order_of_learners_and_items_changes_no_figure(matrix: Matrix, shuffle: object) -> None:
    rows, places = list(matrix.fractions), list(range(len(matrix.items)))
    shuffle.shuffle(rows)  # type: ignore[attr-defined]
    shuffle.shuffle(places)  # type: ignore[attr-defined]
    moved = matrix_of(
        [matrix.items[p] for p in places],
        [matrix.maxima[p] for p in places],
        [[row[p] for p in places] for row in rows],
    )
    before = {one.item: one for one in item_statistics(matrix)}
    for one in item_statistics(moved):
        for name, value in asdict(one).items():
            other = getattr(before[one.item], name)
            assert value == (pytest.approx(other, abs=1e-7) if isinstance(other, float) else other)


@given(matrices(), st.sampled_from([0.01, 3.0, 1000.0]))
def test_marks_in_another_unit_change_no_figure(matrix: Matrix, times: float) -> None:
    scaled = matrix_of(matrix.items, [most * times for most in matrix.maxima], matrix.fractions)
    for one, other in zip(item_statistics(matrix), item_statistics(scaled), strict=True):
        assert one.discrimination == pytest.approx(other.discrimination, abs=1e-9)
        assert one.effective_weight == pytest.approx(other.effective_weight, abs=1e-5)
        assert one.intended_weight == pytest.approx(other.intended_weight)


def test_hand_worked_item() -> None:
    one = item_statistics(matrix_of("ab", [1, 1], [[1, 1], [1, 1], [0, 0], [1, 0], [0, 1]]))[0]
    # x = 1 1 0 1 0, rest = 1 1 0 0 1: covariance (3 x 0.4 x 0.4 ... ) = 0.05, variances 0.3 and 0.3
    assert one.facility == 0.6
    assert one.sd == pytest.approx(math.sqrt(0.3))
    assert one.discrimination == pytest.approx(0.05 / 0.3)
    assert one.discriminative_efficiency == pytest.approx(0.05 / 0.3)
    assert one.point_biserial == pytest.approx(0.35 / math.sqrt(0.3 * 0.7))
    assert (one.effective_weight, one.intended_weight) == (pytest.approx(0.5), 0.5)


def test_one_learner_has_a_facility_and_nothing_else() -> None:
    one = item_statistics(matrix_of("ab", [1, 1], [[1, 0]]))[0]
    assert (one.facility, one.sd, one.discrimination, one.point_biserial) == (1, None, None, None)
    assert (one.discriminative_efficiency, one.effective_weight) == (None, None)


def test_item_that_everybody_solves_discriminates_nothing_and_carries_no_weight() -> None:
    one = item_statistics(matrix_of("abc", [1, 1, 1], [[1, 1, 0], [1, 0, 0], [1, 1, 1]]))[0]
    assert (one.facility, one.sd, one.discrimination, one.point_biserial) == (1, 0, None, None)
    assert one.effective_weight == 0


def test_item_against_the_total_has_no_effective_weight() -> None:
    rows = [[0, 1, 1], [0, 1, 1], [1, 0, 0], [1, 0, 0]]
    against, along, _ = item_statistics(matrix_of("abc", [1, 1, 1], rows))
    assert (against.effective_weight, along.effective_weight) == (None, pytest.approx(0.5))
    assert against.discrimination == pytest.approx(-1)


def test_item_not_asked_to_everyone_is_judged_by_those_who_were_asked() -> None:
    rows = [[1, 1, 1], [0, 0, 0], [None, 1, 0], [1, 0, 1]]
    one: ItemStatistics = item_statistics(matrix_of("abc", [1, 1, 1], rows))[0]
    assert (one.n, one.facility, one.effective_weight) == (3, pytest.approx(2 / 3), None)
    assert one.discrimination == pytest.approx(np.corrcoef([1, 0, 1], [1, 0, 0.5])[0, 1])


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(0, 10, 0.0, 0.27753), (5, 10, 0.23659, 0.76341), (9, 10, 0.59585, 0.98212), (10, 10, 0.72247, 1.0)],
)
def test_wilson_interval_is_that_of_published_tables(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right / n, n) == pytest.approx((low, high), abs=2e-5)


def test_interval_of_no_responses_is_not_defined() -> None:
    assert wilson(None, 0) == (None, None)
