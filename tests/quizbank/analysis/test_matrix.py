"""The response matrix: what was earned of what could be."""

from quizbank.analysis.matrix import matrix_of


def test_marks_and_totals_follow_from_fractions_and_maxima() -> None:
    matrix = matrix_of(["a", "b"], [1, 3], [[1, 0.5], [0, 1]])
    assert (matrix.n, matrix.maximum, matrix.is_complete) == (2, 4, True)
    assert matrix.earned == (2.5, 3)
    assert matrix.totals == (0.625, 0.75)


def test_item_that_was_not_asked_counts_neither_for_nor_against() -> None:
    matrix = matrix_of(["a", "b"], [1, 3], [[1, None], [0, 1]])
    assert not matrix.is_complete
    assert matrix.totals == (1, 0.75)
    assert matrix.column(1) == [(1, 1)]


def test_learner_who_was_asked_nothing_is_left_out() -> None:
    assert matrix_of(["a"], [1], [[None], [1]]).n == 1
