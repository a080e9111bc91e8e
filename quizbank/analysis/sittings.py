"""The log of a submitted attempt in; what was given, earned and taken for every item of it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from quizbank.analysis.matrix import Matrix, matrix_of
from quizbank.attempts.log import ANSWERED, CHECKED, PRACTISED, AttemptState, Marks, Step, replay
from quizbank.items.content import Response

ANSWERING = (ANSWERED, CHECKED, PRACTISED)
LONGEST_MINUTES = 30
"""What lies between two steps is no answering time any more when it is longer: the learner was away."""


@dataclass(frozen=True)
class Given:
    """What one attempt has for one item version: fraction 0-1, the response, seconds and confidence 1-3 if known.

    ``judged_by`` is the version that decides the fraction, another one after a corrected key.
    """

    version_id: int
    judged_by: int
    objective_id: int
    weight: float
    fraction: float
    response: Response
    seconds: float | None = None
    confidence: int | None = None

    @property
    def is_corrected(self) -> bool:
        """Return whether another version than the one asked decides what it earned."""
        return self.judged_by != self.version_id


@dataclass(frozen=True)
class Sitting:
    """One submitted attempt, by item version."""

    attempt_id: int
    given: Mapping[int, Given]


def sitting_of(attempt_id: int, steps: Sequence[Step]) -> Sitting:
    """Return a submitted attempt as statistics see it, from its log."""
    state: AttemptState = replay(steps)
    taken = answering_seconds(steps)
    found = [
        Given(
            slot.version_id,
            state.judging(slot),
            slot.objective_id,
            slot.weight,
            (state.fractions or {})[slot.number],
            state.responses.get(slot.number, {}),
            taken.get(slot.number),
            state.marks.get(slot.number, Marks()).confidence,
        )
        for slot in state.slots
    ]
    return Sitting(attempt_id, {one.version_id: one for one in found})


def answering_seconds(steps: Sequence[Step]) -> dict[int, float]:
    """Return how many seconds passed until each slot was first answered, by slot, as far as the log can tell.

    It is the time since the start or since another answer was written, so it holds everything the learner did meanwhile.
    Where several answers were written at one moment (all questions on one page) nobody can tell their times apart, and
    a pause of more than LONGEST_MINUTES says nothing: such slots are left out.
    """
    seen: set[int] = set()
    taken: dict[int, float] = {}
    before = steps[0].at
    for at, together in groupby((step for step in steps if step.kind in ANSWERING), key=lambda step: step.at):
        slots = {step.payload["slot"] for step in together}
        seconds = (at - before).total_seconds()
        if len(slots) == 1 and not slots & seen and 0 <= seconds <= LONGEST_MINUTES * 60:
            taken[slots.copy().pop()] = seconds
        seen |= slots
        before = at
    return taken


def matrix_from(sittings: Sequence[Sitting], version_ids: Sequence[int]) -> Matrix:
    """Return the response matrix of sittings, one column per version id; a version not asked leaves its cell out.

    An item's maximum is its weight in the first attempt that was asked it, 1 before anyone was.
    """
    weights = {one.version_id: one.weight for sitting in reversed(sittings) for one in sitting.given.values()}
    rows = [[sitting.given[v].fraction if v in sitting.given else None for v in version_ids] for sitting in sittings]
    return matrix_of([str(v) for v in version_ids], [weights.get(v, 1.0) for v in version_ids], rows)
