"""A number or range with its unit in; values people would use instead, apart from it and from each other, out."""

import math
import random
import re
from collections.abc import Collection, Sequence

Span = tuple[float, float]

# Steps in which times are usually given.
_LADDERS: dict[str, tuple[float, ...]] = {
    "second": (5, 10, 15, 20, 30, 45, 60, 90),
    "minute": (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240),
    "hour": (1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 96, 120, 168),
    "day": (1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 60, 90, 120),
    "week": (1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 36, 48, 52),
    "month": (1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 60),
    "year": (1, 2, 3, 5, 10, 15, 20, 25, 30),
    "French": (6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 36),
    "gauge": (14, 16, 18, 20, 22, 25, 27),
}
_WRITTEN_OUT = {"h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute"}
# Units whose values lie close together: other values differ by these steps, not by factors.
_STEPS: tuple[tuple[str, tuple[float, ...]], ...] = (
    (r"of age|old", (5, 10)),
    (r"°C", (0.5, 1)),
    (r"°F", (1, 2)),
    (r"mm ?Hg", (10, 20)),
    (r"cm ?H2O", (5, 10)),
    (r"kg/m", (5,)),
    (r"mL/min", (10, 15)),
    (r"mOsm", (10,)),
    (r"bpm|per minute|beats|breaths", (10, 20)),
    (r"degrees", (15, 30)),
    (r"mEq/L", (0.5, 1, 5, 10)),
)
_AMOUNTS = tuple(
    base * 10.0**power for power in range(-3, 6) for base in (1, 1.5, 2, 3, 4, 5, 6, 8)
)  # doses and lengths come in such steps
_APART = 1.7  # nearer values could be held right as well as the key
_NEXT = 1.3  # how far other values stand from each other
_AGES_APART = 1.12  # ages and counts differ by less
_LOWEST_A1C = 5  # percent; nobody aims lower
_FARTHEST = 4  # values farther away than so many times are struck at sight
_MULTIPLES = (0.25, 0.4, 0.55, 1.8, 2.4, 3.2, 4)
_SPREAD = (0.93, 1.07)  # by how much each multiple is varied, so that options are no table of multiples
_FAR_ENOUGH = (9, 10, 11, 12)  # percentage points
_PERCENT = ("%", "percent", "per cent")
_FINEST = 0.001
_WIDEST = 3  # wider ranges than this overlap with whatever people would use instead
_ALIKE = 1.6  # by how much the proportions of two ranges may differ
_COUNTED = re.compile(
    r"doses|attempts|drugs|lobes|pairs|layers|chambers|phases|injections|sessions|cycles|courses|samples|criteria|vials|ampoules|tablets|puffs|drops"
)
_AGES = (1, 2, 5, 10, 12, 16, 18, 21, 25, 30, 40, 45, 50, 55, 60, 65, 70, 75, 80)


def alternatives(
    low: float, high: float, unit: str, rng: random.Random, question: str = "", told: Collection[Span] = ()
) -> tuple[Span, ...]:
    """Return two or three other spans that hold no number ``told`` beside the key.

    How many of them lie below is drawn among all that both sides can fill.
    """
    below, above = (
        [span for span in side if not any(span[0] <= one[1] and one[0] <= span[1] for one in told)]
        for side in _sides(low, high, unit, question, rng)
    )
    ranks = {more: [n for n in range(more + 1) if n <= len(below) and more - n <= len(above)] for more in (2, 3)}
    more = max((2, 3), key=lambda count: (len(ranks[count]), count))
    if not ranks[more]:
        return ()
    lower = rng.choice(ranks[more])
    return (*below[:lower], *above[: more - lower])


def _sides(low: float, high: float, unit: str, question: str, rng: random.Random) -> tuple[list[Span], list[Span]]:
    """Return the other spans below and above, the nearest first."""
    if low == high and (_COUNTED.fullmatch(unit) or "what age" in question.lower()):
        ladder: Sequence[float] = _AGES if "age" in question else (*range(1, 10), 10, 12, 15, 18, 20, 24, 30)
        if low > 9:
            ladder = [
                step
                for step in ladder
                if low / _FARTHEST < step < low * _FARTHEST and not low / _AGES_APART < step < low * _AGES_APART
            ]
        return [(step, step) for step in reversed(ladder) if step < low], [
            (step, step) for step in ladder if step > low
        ]
    if low == high and re.search(r"\b(?:hb)?a1c\b", question, re.IGNORECASE):
        below, above = _stepped(low, 1, 100)
        return [span for span in below if span[0] >= _LOWEST_A1C], above
    if low == high and unit in _PERCENT:
        return _stepped(low, rng.choice((11, 12, 13, 14) if low % 5 else (10, 15)), 100) if low > 20 else _scaled(low)
    steps = next((steps for pattern, steps in _STEPS if re.search(pattern, unit)), ())
    if low == high and steps:
        return _stepped(low, next((step for step in reversed(steps) if step <= low / 5), steps[0]), math.inf)
    if (
        low == high
        and re.search(r"/(?:d?L|mL|mcL|mm3|kg)$", unit)
        and not unit.startswith(("mL", "mg/kg", "mcg/kg", "units"))
    ):
        return _stepped(low, _nice(low / 5), math.inf)
    if high > low and (unit in _PERCENT or high / low > _WIDEST):
        return _shifted(low, high, rng) if high / low <= _WIDEST else ([], [])
    ladder = _ladder(unit)
    if low == high and ladder is _AMOUNTS:
        return _scaled(low)
    if not {low, high} <= set(ladder):
        possible = _alike(low, high, ladder, rng)
        return _below(possible, low, high), _above(possible, low, high)
    possible = _numbers(ladder) if low == high else _ranges(ladder, low, high)
    possible = [span for span in possible if low / _FARTHEST <= span[0] and span[1] <= high * _FARTHEST]
    return _below(possible, low, high), _above(possible, low, high)


def _scaled(key: float) -> tuple[list[Span], list[Span]]:
    """Return the halves and the multiples that people would confuse with a key."""
    below, above = (0.5, 0.25), (2, 3, 4)
    return [(round(key * by, 3),) * 2 for by in below], [(round(key * by, 3),) * 2 for by in above]


def _alike(low: float, high: float, ladder: Sequence[float], rng: random.Random) -> list[Span]:
    """Return multiples of a span that are as round as it is, so that neither a decimal nor an odd number tells the key."""
    grain = next(step for step in (1, 0.5, 0.1, 0.01, 0.001) if step == _FINEST or _divides(step, low, high))

    def like(number: float, by: float) -> float:
        if number % 1:
            near = round(number * by / grain) * grain
            return round(near - grain if not round(near, 6) % 1 else near, 3)
        near = float(round(number * by))
        while number not in ladder and number % 5 and near > 1 and (near in ladder or not near % 5):
            near += 1
        return near

    factors = [by * rng.uniform(*_SPREAD) for by in _MULTIPLES]
    spans = [(like(low, by), like(high, by) if high > low else like(low, by)) for by in factors]
    return [span for span in spans if span[0] > 0 and (span[0] < span[1]) == (low < high)]


def _divides(step: float, *numbers: float) -> bool:
    return all(math.isclose(number / step, round(number / step), abs_tol=1e-6) for number in numbers)


def _shifted(low: float, high: float, rng: random.Random) -> tuple[list[Span], list[Span]]:
    """Return percentages in ranges of the same width below and above, far enough away to matter."""
    width = high - low
    step = max(2 * width, rng.choice(_FAR_ENOUGH))
    below = [(low - step * count, high - step * count) for count in (1, 2, 3)]
    above = [(low + step * count, high + step * count) for count in (1, 2, 3)]
    return [span for span in below if span[0] > 0], [span for span in above if span[1] <= 100]


def _ladder(unit: str) -> Sequence[float]:
    word = unit.split(maxsplit=1)[0].split("'", maxsplit=1)[0].split("’", maxsplit=1)[0]
    word = _WRITTEN_OUT.get(word, word)
    return _LADDERS.get(word.rstrip("s") if word not in _LADDERS else word, _AMOUNTS)


def _nice(step: float) -> float:
    """Return a round number near a step: 25.2 → 25, 0.9 → 1."""
    power = 10.0 ** math.floor(math.log10(step))
    return min((1, 2, 2.5, 5, 10), key=lambda base: abs(base * power - step)) * power


def _stepped(key: float, step: float, most: float) -> tuple[list[Span], list[Span]]:
    """Return three values each side of a key, so many steps away from it."""
    below = [round(key - step * count, 3) for count in (1, 2, 3)]
    above = [round(key + step * count, 3) for count in (1, 2, 3)]
    return [(value, value) for value in below if value > 0], [(value, value) for value in above if value <= most]


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
        if _clear(span[1], low, is_range, _NEXT if chosen else _APART):
            chosen.append(span)
            low = span[0]
    return chosen


def _above(possible: Sequence[Span], low: float, high: float) -> list[Span]:
    chosen: list[Span] = []
    is_range = high > low
    for span in sorted(possible, key=lambda span: span[0]):
        if _clear(high, span[0], is_range, _NEXT if chosen else _APART):
            chosen.append(span)
            high = span[1]
    return chosen


def _clear(lower: float, upper: float, is_range: bool, apart: float) -> bool:
    return lower < upper if is_range else upper >= lower * apart - math.ulp(upper)
