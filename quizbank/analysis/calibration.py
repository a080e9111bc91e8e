"""Confidence and fractions in; how well learners know what they know out. Confidence never decides a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.analysis.item_statistics import wilson
from quizbank.analysis.moments import mean

LEVELS = {1: "Guessing", 2: "Fairly sure", 3: "Certain"}
WRONG = 0.5
"""A response that earned less than half is wrong here."""


@dataclass(frozen=True)
class Level:
    """Responses given with one confidence: how many, their mean fraction with its 95 % interval."""

    confidence: int
    n: int
    facility: float | None
    low: float | None
    high: float | None

    @property
    def label(self) -> str:
        """Return what the learner called it."""
        return LEVELS[self.confidence]


@dataclass(frozen=True)
class Calibration:
    """One row per level, and how many of the certain responses were wrong: what nobody would look up again."""

    levels: tuple[Level, ...]
    certain_but_wrong: int

    @property
    def n(self) -> int:
        """Return how many responses came with a confidence."""
        return sum(level.n for level in self.levels)


def calibration_of(pairs: Sequence[tuple[int, float]]) -> Calibration:
    """Return the calibration of (confidence 1-3, fraction 0-1) pairs."""
    levels = []
    for confidence in LEVELS:
        own = [fraction for level, fraction in pairs if level == confidence]
        facility = mean(own)
        levels.append(Level(confidence, len(own), facility, *wilson(facility, len(own))))
    return Calibration(tuple(levels), sum(level == max(LEVELS) and f < WRONG for level, f in pairs))
