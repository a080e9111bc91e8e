"""A response matrix in; the statistics of every item out.

Definitions are Moodle's ("Quiz statistics calculations", docs.moodle.org/dev), on a scale of 0-1 instead of percent;
docs/item-statistics.md explains them to people. What is not defined is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from quizbank.analysis.matrix import Matrix
from quizbank.analysis.moments import correlation, covariance, deviation, efficiency, mean, varies

Z = 1.959963984540054
"""The normal distribution's 97.5 % point: intervals hold 95 %."""

ROUNDING = 1e-12
"""A covariance of fractions this close to 0 is 0."""


@dataclass(frozen=True)
class ItemStatistics:
    """What responses say about one item.

    ``n``: learners asked. ``maximum``: marks it can earn. ``facility``: mean fraction, 0-1, with its 95 % interval.
    ``sd``: standard deviation of the fraction. ``discrimination``: correlation of its mark with the marks of the other
    items, -1 to 1. ``point_biserial``: correlation of its mark with the whole total. ``discriminative_efficiency``:
    covariance with the other items over the largest possible, at most 1. ``effective_weight``: its part of what spreads
    the totals, 0-1; None when it works against them. ``intended_weight``: its part of the maximum, 0-1.
    """

    item: str
    n: int
    maximum: float
    facility: float | None
    facility_low: float | None
    facility_high: float | None
    sd: float | None
    discrimination: float | None
    point_biserial: float | None
    discriminative_efficiency: float | None
    effective_weight: float | None
    intended_weight: float


def item_statistics(matrix: Matrix) -> tuple[ItemStatistics, ...]:
    """Return the statistics of every item, in the order of the columns."""
    weights = effective_weights(matrix)
    return tuple(_of_one(matrix, item, weights[item]) for item in range(len(matrix.items)))


def _of_one(matrix: Matrix, item: int, weight: float | None) -> ItemStatistics:
    column = matrix.column(item)
    own = [fraction for _, fraction in column]
    facility = mean(own)
    low, high = wilson(facility, len(own))
    others = rest(matrix, item)
    totals = [matrix.totals[row] for row, _ in column]
    return ItemStatistics(
        item=matrix.items[item],
        n=len(own),
        maximum=matrix.maxima[item],
        facility=facility,
        facility_low=low,
        facility_high=high,
        sd=deviation(own),
        discrimination=correlation(own, others),
        point_biserial=correlation(own, totals),
        discriminative_efficiency=efficiency(own, others),
        effective_weight=weight,
        intended_weight=matrix.maxima[item] / matrix.maximum,
    )


def rest(matrix: Matrix, item: int) -> list[float]:
    """Return, for everyone asked an item, the part of the other items' marks that they earned, 0-1."""
    most = matrix.maxima[item]
    found = []
    for row, fraction in matrix.column(item):
        possible = matrix.possible[row] - most
        found.append((matrix.earned[row] - fraction * most) / possible if possible > 0 else 0.0)
    return found


def wilson(proportion: float | None, n: int) -> tuple[float | None, float | None]:
    """Return Wilson's 95 % interval of a proportion (J Am Stat Assoc 1927;22:209), within 0-1; None for n = 0.

    It is also used for the mean of fractions between 0 and 1: these vary no more than p(1 - p), so the interval is
    then rather too wide than too narrow.
    """
    if proportion is None or n < 1:
        return None, None
    spread = Z * sqrt(proportion * (1 - proportion) / n + Z * Z / (4 * n * n))
    centre = proportion + Z * Z / (2 * n)
    scale = 1 + Z * Z / n
    return max(0.0, min(proportion, (centre - spread) / scale)), min(1.0, max(proportion, (centre + spread) / scale))


def effective_weights(matrix: Matrix) -> Sequence[float | None]:
    """Return each item's part of what spreads the totals: the root of its covariance with them, over the sum of roots.

    An item that works against the total has none, and nobody has one when totals do not vary, n < 2, or not everyone
    was asked the same items (totals are then not comparable).
    """
    nobody: list[float | None] = [None] * len(matrix.items)
    if not matrix.is_complete or matrix.n < 2:
        return nobody
    shared = [
        covariance([row[item] for row in matrix.fractions], matrix.totals) or 0.0  # type: ignore[misc]
        for item in range(len(matrix.items))
    ]
    roots = [
        None if c < -ROUNDING else sqrt(max(0.0, c if abs(c) > ROUNDING else 0.0) * most)
        for c, most in zip(shared, matrix.maxima, strict=True)
    ]
    whole = fsum(root for root in roots if root is not None)
    if not varies(matrix.totals) or not whole:
        return nobody
    return [None if root is None else root / whole for root in roots]
