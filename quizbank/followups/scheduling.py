"""A response's fraction and confidence in; when the question comes back out. The only place that knows the scheduler.

The scheduler is FSRS (package ``fsrs``): it keeps for each learner and item how stable the memory is and lets the item
return when the chance of knowing it has fallen to RETENTION. Nothing is left to chance: no fuzzing, and the time is an
argument. Steps within a day are left out: five minutes a week is meant, not a day of repeating.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from fsrs import Card, Rating, Scheduler, State

SCHEMA = 1
RETENTION = 0.9
LONGEST_DAYS = 365
RIGHT, HALF = 1 - 1e-9, 0.5
GUESSING, CERTAIN = 1, 3
SCHEDULER = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,
)


class UnreadableMemory(ValueError):
    """The stored memory was written by another version of the program."""


@dataclass(frozen=True)
class Memory:
    """What is kept for one learner and item: days of stability, difficulty 1-10, when it was answered, when it is due."""

    stability: float
    difficulty: float
    answered_at: datetime
    due: datetime

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON that from_json reads back."""
        return {
            "schema": SCHEMA,
            "stability": self.stability,
            "difficulty": self.difficulty,
            "answered_at": self.answered_at.isoformat(),
            "due": self.due.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what to_json wrote; raises UnreadableMemory."""
        if stored.get("schema") != SCHEMA:
            raise UnreadableMemory("This follow-up was kept by another version of the program.")
        moments = (datetime.fromisoformat(stored[name]).astimezone(UTC) for name in ("answered_at", "due"))
        return cls(stored["stability"], stored["difficulty"], *moments)


def rating_of(fraction: float, confidence: int | None) -> Rating:
    """Return how well something was known.

    Wrong (less than half) is Again, partly right Hard. Right is Easy when certain, Good when fairly sure or not said, and
    Hard when it was a guess: a lucky guess is no memory.
    """
    if fraction < HALF:
        return Rating.Again
    if fraction < RIGHT or confidence == GUESSING:
        return Rating.Hard
    return Rating.Easy if confidence == CERTAIN else Rating.Good


def remember(before: Memory | None, fraction: float, confidence: int | None, now: datetime) -> Memory:
    """Return the memory after an answer; ``before`` is None for the first one, the answer in the attempt itself."""
    moment = now.astimezone(UTC)
    card = Card(card_id=1, due=moment)
    if before:
        card = Card(
            card_id=1,
            state=State.Review,
            stability=before.stability,
            difficulty=before.difficulty,
            due=before.due,
            last_review=before.answered_at,
        )
    after, _ = SCHEDULER.review_card(card, rating_of(fraction, confidence), moment)
    return Memory(after.stability or 0.0, after.difficulty or 0.0, moment, after.due)
