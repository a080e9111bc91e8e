"""Answers given after an activity in; how much was still known after 30 and 90 days out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AFTER_DAYS = (30, 90)


@dataclass(frozen=True)
class Answer:
    """One answer after completion: by whose attempt, to which item, how many days after it, and what it earned (0-1)."""

    attempt_id: int
    item_id: int
    days: float
    fraction: float


@dataclass(frozen=True)
class Retention:
    """What was still known: the mean fraction of ``n`` first answers given at least ``days`` after completion."""

    days: int
    n: int
    mean: float | None


def retention_of(answers: Iterable[Answer]) -> tuple[Retention, ...]:
    """Return retention after each of AFTER_DAYS.

    Of each learner and item the first answer counts that was given so many days after completion and before the next of
    these days: later ones were prepared by it.
    """
    ordered = sorted(answers, key=lambda one: (one.days, one.attempt_id, one.item_id))
    ends = (*AFTER_DAYS[1:], float("inf"))
    return tuple(_after(ordered, start, end) for start, end in zip(AFTER_DAYS, ends, strict=True))


def _after(ordered: Sequence[Answer], start: int, end: float) -> Retention:
    first: dict[tuple[int, int], float] = {}
    for one in ordered:
        if start <= one.days < end:
            first.setdefault((one.attempt_id, one.item_id), one.fraction)
    return Retention(start, len(first), sum(first.values()) / len(first) if first else None)
