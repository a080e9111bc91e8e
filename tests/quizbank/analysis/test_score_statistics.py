"""Statistics of the score against numpy's own arithmetic, hand-worked examples and what is not defined."""

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given

from quizbank.analysis.matrix import Matrix, matrix_of
from quizbank.analysis.score_statistics import score_statistics
from tests.quizbank.analysis.test_item_statistics import matrices


@given(matrices())
def test_figures_are_those_of_numpy(matrix: Matrix) -> None:
    marks = np.array(matrix.fractions) * np.array(matrix.maxima)
    totals = marks.sum(axis=1)
    found = score_statistics(matrix)
    assert found.mean == pytest.approx(totals.mean(), abs=1e-12)
    assert found.median == pytest.approx(np.median(totals), abs=1e-12)
    assert found.sd == pytest.approx(totals.std(ddof=1), abs=1e-7)
    assert found.mean_score == pytest.approx(100 * totals.mean() / sum(matrix.maxima))
    count = len(matrix.items)
    if count < 2 or np.ptp(totals) < 1e-7:
        assert (found.alpha, found.error_ratio, found.standard_error) == (None, None, None)
        return
    covariances = np.cov(marks, rowvar=False)
    alpha = count / (count - 1) * (1 - np.trace(covariances) / covariances.sum())
    assert found.alpha == pytest.approx(alpha, rel=1e-6, abs=1e-9)
    assert found.standard_error == pytest.approx(math.sqrt(max(0, 1 - alpha)) * totals.std(ddof=1), abs=1e-6)


@given(matrices(learners=4))
def test_shape_of_the_scores_is_that_of_the_adjusted_moments(matrix: Matrix) -> None:
    totals = (np.array(matrix.fractions) * np.array(matrix.maxima)).sum(axis=1)
    found, n = score_statistics(matrix), matrix.n
    if np.ptp(totals) < 1e-7:
        assert (found.skewness, found.kurtosis) == (None, None)
        return
    z = (totals - totals.mean()) / totals.std(ddof=1)
    skew = n / ((n - 1) * (n - 2)) * (z**3).sum()
    excess = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * (z**4).sum() - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))
    assert found.skewness == pytest.approx(skew, abs=1e-6)
    assert found.kurtosis == pytest.approx(excess, abs=1e-6)


@given(matrices(learners=1))
def test_figures_are_numbers_or_nothing(matrix: Matrix) -> None:
    found = score_statistics(matrix)
    assert all(math.isfinite(value) for value in asdict(found).values() if value is not None)
    assert found.alpha is None or found.alpha <= 1 + 1e-12


def test_two_items_that_agree_are_wholly_consistent() -> None:
    found = score_statistics(matrix_of("ab", [1, 1], [[1, 1], [0, 0], [1, 1]]))
    assert (found.alpha, found.error_ratio, found.standard_error) == (1, 0, 0)


def test_hand_worked_alpha() -> None:
    # variances 1/3 and 1/3, totals 2 1 0 with variance 1
    found = score_statistics(matrix_of("ab", [1, 1], [[1, 1], [1, 0], [0, 0]]))
    assert found.alpha == pytest.approx(2 * (1 - 2 / 3))
    assert (found.mean, found.median, found.sd, found.mean_score) == (1, 1, 1, 50)


def test_one_learner_has_a_score_and_no_spread() -> None:
    found = score_statistics(matrix_of("ab", [1, 1], [[1, 0]]))
    assert (found.mean, found.mean_score, found.sd, found.alpha, found.skewness) == (1, 50, None, None, None)


def test_marks_of_learners_who_were_asked_differently_are_not_compared() -> None:
    found = score_statistics(matrix_of("ab", [1, 1], [[1, None], [0, 1], [1, 1]]))
    assert (found.mean, found.alpha, found.standard_error) == (None, None, None)
    assert found.mean_score == pytest.approx(100 * 2.5 / 3)


def test_nobody_has_no_statistics() -> None:
    found = score_statistics(matrix_of("ab", [1, 1], []))
    assert (found.n, found.mean, found.median, found.mean_score) == (0, None, None, None)
