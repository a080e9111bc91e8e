"""A response matrix in; the statistics of the whole score out: how it is spread and how far it can be trusted.

Definitions are Moodle's ("Quiz statistics calculations", docs.moodle.org/dev); alpha is Cronbach's (Psychometrika
1951;16:297). What is not defined is None.
"""

from dataclasses import dataclass
from math import fsum, sqrt

from quizbank.analysis.matrix import Matrix
from quizbank.analysis.moments import deviation, kurtosis, mean, median, skewness, variance, varies


@dataclass(frozen=True)
class ScoreStatistics:
    """What responses say about the score.

    ``n``: learners. ``items``: how many. ``maximum``: marks of all items. ``mean``, ``median``, ``sd`` and
    ``standard_error`` in marks; the same with ``_score`` in percent of the maximum. ``skewness`` and ``kurtosis`` (0 for
    a normal distribution). ``alpha``: at most 1, may be negative. ``error_ratio``: root of 1 - alpha.
    ``standard_error``: error_ratio x sd, how far a score may lie from what it means to measure.
    """

    n: int
    items: int
    maximum: float
    mean: float | None
    median: float | None
    sd: float | None
    mean_score: float | None
    median_score: float | None
    sd_score: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    error_ratio: float | None
    standard_error: float | None
    standard_error_score: float | None


def score_statistics(matrix: Matrix) -> ScoreStatistics:
    """Return the statistics of the whole score. Marks and alpha need that everyone was asked the same items."""
    whole, totals = matrix.maximum, matrix.totals
    marks = matrix.earned if matrix.is_complete else ()
    sd, sd_score = deviation(marks, whole), deviation(totals)
    consistency = alpha(matrix)
    ratio = None if consistency is None else sqrt(max(0.0, 1 - consistency))
    return ScoreStatistics(
        n=matrix.n,
        items=len(matrix.items),
        maximum=whole,
        mean=mean(marks),
        median=median(marks),
        sd=sd,
        mean_score=percent(mean(totals)),
        median_score=percent(median(totals)),
        sd_score=percent(sd_score),
        skewness=skewness(totals),
        kurtosis=kurtosis(totals),
        alpha=consistency,
        error_ratio=ratio,
        standard_error=times(ratio, sd),
        standard_error_score=percent(times(ratio, sd_score)),
    )


def alpha(matrix: Matrix) -> float | None:
    """Return k / (k - 1) x (1 - sum of the items' variances / variance of the totals), in marks.

    None for fewer than 2 items or learners, totals that do not vary, or when not everyone was asked every item.
    """
    count = len(matrix.items)
    if count < 2 or matrix.n < 2 or not matrix.is_complete or not varies(matrix.earned, matrix.maximum):
        return None
    parts = [
        variance([row[item] * most for row in matrix.fractions]) or 0.0  # type: ignore[operator]
        for item, most in enumerate(matrix.maxima)
    ]
    spread = variance(matrix.earned)
    return count / (count - 1) * (1 - fsum(parts) / spread) if spread else None


def percent(fraction: float | None) -> float | None:
    """Return a fraction in percent."""
    return None if fraction is None else 100 * fraction


def times(one: float | None, other: float | None) -> float | None:
    """Return the product; None when one of the two is not defined."""
    return None if one is None or other is None else one * other
