"""The log of a submitted attempt in; what was given, earned and taken for every item of it out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizbank.analysis.matrix import Matrix, matrix_of
from quizbank.attempts.log import ANSWERED, AttemptState, Step
from quizbank.items.content import Response

LONGEST_MINUTES = 30
"""What lies between two steps is no answering time any more when it is longer: the learner was away."""


@dataclass(frozen=True)
class Given:
    """What one attempt has for one item version: fraction 0-1, the response, seconds and confidence 1-3 if known."""

    version_id: int
    objective_id: int
    weight: float
    fraction: float
    response: Response
    seconds: float | None = None
    confidence: int | None = None


@dataclass(frozen=True)
class Sitting:
    """One submitted attempt, by item version."""

    attempt_id: int
    given: Mapping[int, Given]


def sitting_of(
    attempt_id: int, state: AttemptState, steps: Sequence[Step], confidence: Mapping[int, int] | None = None
) -> Sitting:
    """Return a submitted attempt as statistics see it; ``confidence`` maps slot numbers to 1-3."""
    taken = answering_seconds(steps)
    found = [
        Given(
            slot.version_id,
            slot.objective_id,
            slot.weight,
            (state.fractions or {})[slot.number],
            state.responses.get(slot.number, {}),
            taken.get(slot.number),
            (confidence or {}).get(slot.number),
        )
        for slot in state.slots
    ]
    return Sitting(attempt_id, {one.version_id: one for one in found})


def answering_seconds(steps: Sequence[Step]) -> dict[int, float]:
    """Return how many seconds passed until each slot was first answered, by slot, as far as the log can tell.

    It is the time since the step before, so it holds everything the learner did meanwhile. Where several answers were
    written at one moment (all questions on one page) nobody can tell their times apart, and a pause of more than
    LONGEST_MINUTES says nothing: such slots are left out.
    """
    moments = Counter(step.at for step in steps if step.kind == ANSWERED)
    seen: set[int] = set()
    taken = {}
    for before, step in pairwise(steps):
        if step.kind != ANSWERED or step.payload["slot"] in seen:
            continue
        seen.add(step.payload["slot"])
        seconds = (step.at - before.at).total_seconds()
        if moments[step.at] == 1 and 0 <= seconds <= LONGEST_MINUTES * 60:
            taken[step.payload["slot"]] = seconds
    return taken


def matrix_from(sittings: Sequence[Sitting], version_ids: Sequence[int]) -> Matrix:
    """Return the response matrix of sittings, one column per version id; a version not asked leaves its cell out.

    An item's maximum is its weight in the first attempt that was asked it, 1 before anyone was.
    """
    weights = {one.version_id: one.weight for sitting in reversed(sittings) for one in sitting.given.values()}
    rows = [[sitting.given[v].fraction if v in sitting.given else None for v in version_ids] for sitting in sittings]
    return matrix_of([str(v) for v in version_ids], [weights.get(v, 1.0) for v in version_ids], rows)
