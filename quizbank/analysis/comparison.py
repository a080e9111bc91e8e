"""Scores before and after reading in, by learner; what was gained out.

Learners are compared with themselves: the pre-test with the first attempt that counts, both in percent. The mean gain
has the interval of a paired comparison, gain ± 1.96 standard errors, where n is large enough for the normal
distribution (30, as for every verdict of analysis). The standardised gain is the mean gain over the standard deviation
of the gains (Cohen's d for paired scores).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from quizbank.analysis.flags import has_verdict
from quizbank.analysis.moments import deviation, mean

NORMAL_95 = 1.96


@dataclass(frozen=True)
class Pair:
    """One learner's scores before and after, in percent: of the whole, and of each objective by its text."""

    before: float
    after: float
    objectives: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Comparison:
    """What n learners gained, in percentage points; what is not defined is None.

    ``low`` and ``high`` are the 95 % interval of the mean gain, ``effect`` is the standardised gain.
    """

    text: str
    n: int
    before: float | None
    after: float | None
    gain: float | None
    low: float | None
    high: float | None
    effect: float | None


def compared(text: str, scores: Sequence[tuple[float, float]]) -> Comparison:
    """Return the comparison of scores before and after; ``text`` says of what."""
    gains = [after - before for before, after in scores]
    gain, spread = mean(gains), deviation(gains, 100)
    low = high = effect = None
    if gain is not None and spread is not None:
        if has_verdict(len(gains)):
            reach = NORMAL_95 * spread / sqrt(len(gains))
            low, high = gain - reach, gain + reach
        effect = gain / spread if spread else None
    before, after = ([pair[side] for pair in scores] for side in (0, 1))
    return Comparison(text, len(gains), mean(before), mean(after), gain, low, high, effect)


def comparisons(pairs: Sequence[Pair]) -> list[Comparison]:
    """Return the comparison of the whole, then of each objective in the order in which it first occurs."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair.objectives))
    whole = compared("All questions", [(pair.before, pair.after) for pair in pairs])
    return [
        whole,
        *(compared(text, [pair.objectives[text] for pair in pairs if text in pair.objectives]) for text in texts),
    ]
