"""A number or range with its unit in; values people would use instead, apart from it and from each other, out."""

import math
import random
from collections.abc import Sequence

# Steps in which times and doses are usually given.
_LADDERS: dict[str, tuple[float, ...]] = {
    "minute": (5, 10, 15, 20, 30, 45, 60, 90, 120),
    "hour": (1, 2, 4, 6, 8, 12, 24, 36, 48, 72),
    "day": (1, 2, 3, 5, 7, 10, 14, 21, 28),
    "week": (1, 2, 3, 4, 6, 8, 10, 12, 16, 24),
    "month": (1, 2, 3, 4, 6, 9, 12, 18, 24, 36),
    "year": (1, 2, 3, 5, 10),
}
_AMOUNTS = (1, 2, 4, 8, 10, 20, 40, 80, 100, 200, 400, 600, 800, 1000, 2000, 4000)
_APART = 1.5  # nearer values could both be held right
_ALIKE = 1.6  # by how much the proportions of two ranges may differ

Span = tuple[float, float]


def alternatives(low: float, high: float, unit: str, rng: random.Random) -> tuple[Span, ...]:
    """Return two or three other spans; how many of them lie below is drawn among all that both sides can fill."""
    ladder = _LADDERS.get(unit.rstrip("s"), _AMOUNTS)
    possible = _numbers(ladder) if low == high else _ranges(ladder, low, high)
    below, above = _below(possible, low, high), _above(possible, low, high)
    ranks = {more: [n for n in range(more + 1) if n <= len(below) and more - n <= len(above)] for more in (2, 3)}
    more = max((2, 3), key=lambda count: (len(ranks[count]), count))
    if not ranks[more]:
        return ()
    lower = rng.choice(ranks[more])
    return (*below[:lower], *above[: more - lower])


def _numbers(ladder: Sequence[float]) -> list[Span]:
    return [(step, step) for step in ladder]


def _ranges(ladder: Sequence[float], low: float, high: float) -> list[Span]:
    """Return the ranges between steps that are about as wide for their size, the likest first."""
    found = [(one, other) for one in ladder for other in ladder if one < other]
    alike = [span for span in found if 1 / _ALIKE <= (span[1] / span[0]) / (high / low) <= _ALIKE]
    return sorted(alike, key=lambda span: (abs((span[1] - span[0]) - (high - low)), span))


def _below(possible: Sequence[Span], low: float, high: float) -> list[Span]:
    """Return the spans below, the nearest first, none touching the one above it."""
    chosen: list[Span] = []
    is_range = high > low
    for span in sorted(possible, key=lambda span: -span[1]):
        if _clear(span[1], low, is_range):
            chosen.append(span)
            low = span[0]
    return chosen


def _above(possible: Sequence[Span], low: float, high: float) -> list[Span]:
    chosen: list[Span] = []
    is_range = high > low
    for span in sorted(possible, key=lambda span: span[0]):
        if _clear(high, span[0], is_range):
            chosen.append(span)
            high = span[1]
    return chosen


def _clear(lower: float, upper: float, is_range: bool) -> bool:
    return lower < upper if is_range else upper >= lower * _APART - math.ulp(upper)
