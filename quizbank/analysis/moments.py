"""Numbers in; their mean, variance, covariance, correlation, skewness and kurtosis out.

Deviations are divided by n - 1, skewness and kurtosis come from Fisher's k-statistics, both as Moodle documents them
("Quiz statistics calculations", docs.moodle.org/dev). What is not defined is None, never 0 and never NaN. Sums are
exact (math.fsum), so the order of the numbers changes nothing.
"""

from collections.abc import Sequence
from math import fsum, sqrt

NOISE = 1e-9
"""Numbers that differ by less than this part of their scale differ by rounding only: they do not vary."""


def mean(values: Sequence[float]) -> float | None:
    """Return the sum over n; None for no numbers."""
    return fsum(values) / len(values) if values else None


def median(values: Sequence[float]) -> float | None:
    """Return the middle of the numbers in order, or the mean of the two in the middle; None for no numbers."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def varies(values: Sequence[float], scale: float = 1.0) -> bool:
    """Return whether numbers differ by more than rounding; ``scale`` is the largest that they could be."""
    return bool(values) and max(values) - min(values) > NOISE * scale


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return sum((x - mean x)(y - mean y)) / (n - 1); None when n < 2."""
    if len(xs) < 2:
        return None
    mean_x, mean_y = fsum(xs) / len(xs), fsum(ys) / len(ys)
    return fsum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / (len(xs) - 1)


def variance(values: Sequence[float]) -> float | None:
    """Return sum((x - mean)^2) / (n - 1); None when n < 2."""
    return covariance(values, values)


def deviation(values: Sequence[float], scale: float = 1.0) -> float | None:
    """Return the standard deviation, the root of the variance; 0 when nothing varies, None when n < 2."""
    spread = variance(values)
    if spread is None:
        return None
    return sqrt(spread) if varies(values, scale) else 0.0


def correlation(xs: Sequence[float], ys: Sequence[float], scale_x: float = 1.0, scale_y: float = 1.0) -> float | None:
    """Return Pearson's r, -1 to 1; None when n < 2 or one of the two does not vary."""
    if not (varies(xs, scale_x) and varies(ys, scale_y)):
        return None
    shared, spread_x, spread_y = covariance(xs, ys), variance(xs), variance(ys)
    if shared is None or spread_x is None or spread_y is None:
        return None
    return min(1.0, max(-1.0, shared / (sqrt(spread_x) * sqrt(spread_y))))


def efficiency(xs: Sequence[float], ys: Sequence[float], scale_x: float = 1.0, scale_y: float = 1.0) -> float | None:
    """Return the covariance over the largest that these numbers allow, both put in order; at most 1.

    None when n < 2 or one of the two does not vary.
    """
    if not (varies(xs, scale_x) and varies(ys, scale_y)):
        return None
    shared, largest = covariance(xs, ys), covariance(sorted(xs), sorted(ys))
    return min(1.0, shared / largest) if shared is not None and largest else None


def skewness(values: Sequence[float], scale: float = 1.0) -> float | None:
    """Return k3 / k2^(3/2); 0 for a symmetrical distribution. None when n < 3 or nothing varies.

    k2 = n m2 / (n - 1) and k3 = n^2 m3 / ((n - 1)(n - 2)), where m2 and m3 are the central moments over n.
    """
    n = len(values)
    if n < 3 or not varies(values, scale):
        return None
    k2 = n * _central(values, 2) / (n - 1)
    k3 = n**2 * _central(values, 3) / ((n - 1) * (n - 2))
    return k3 / k2**1.5


def kurtosis(values: Sequence[float], scale: float = 1.0) -> float | None:
    """Return k4 / k2^2; 0 for a normal distribution. None when n < 4 or nothing varies.

    k4 = n^2 ((n + 1) m4 - 3 (n - 1) m2^2) / ((n - 1)(n - 2)(n - 3)).
    """
    n = len(values)
    if n < 4 or not varies(values, scale):
        return None
    m2, m4 = _central(values, 2), _central(values, 4)
    k2 = n * m2 / (n - 1)
    k4 = n**2 * ((n + 1) * m4 - 3 * (n - 1) * m2**2) / ((n - 1) * (n - 2) * (n - 3))
    return k4 / k2**2


def _central(values: Sequence[float], power: int) -> float:
    centre = fsum(values) / len(values)
    return fsum((value - centre) ** power for value in values) / len(values)
