"""The attempt log: steps go in, the state of the attempt comes out. ``replay`` is a pure fold; nothing else decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from quizbank.items.content import Response

STARTED = "started"
ANSWERED = "answered"
SUBMITTED = "submitted"
GRADED = "graded"


@dataclass(frozen=True)
class Step:
    """One line of the log. ``sequence`` counts from 1 without gaps; ``at`` is the server's time."""

    sequence: int
    kind: str
    payload: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Slot:
    """A place in the attempt: which item version is asked there, and its options in this attempt's own order."""

    number: int
    version_id: int
    objective_id: int
    weight: float
    order: tuple[str, ...]


@dataclass(frozen=True)
class AttemptState:
    """What the log says. ``fractions``, ``score`` (percent) and ``passed`` are None until graded."""

    slots: tuple[Slot, ...] = ()
    pass_mark: int = 100
    responses: Mapping[int, Response] = field(default_factory=dict)
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    fractions: Mapping[int, float] | None = None
    score: float | None = None
    passed: bool | None = None


class BrokenLog(ValueError):
    """The steps cannot follow each other like this."""


def replay(steps: Iterable[Step]) -> AttemptState:
    """Fold the steps, in order of their sequence, into the attempt's state; raises BrokenLog."""
    state = AttemptState()
    for expected, step in enumerate(steps, start=1):
        if step.sequence != expected or (expected == 1) != (step.kind == STARTED):
            raise BrokenLog(f"step {step.sequence} ({step.kind}) stands where step {expected} belongs")
        if step.kind not in APPLY:
            raise BrokenLog(f"step {step.sequence} is of an unknown kind, {step.kind}")
        state = APPLY[step.kind](state, step)
    return state


def start(_state: AttemptState, step: Step) -> AttemptState:
    slots = tuple(
        Slot(row["number"], row["version_id"], row["objective_id"], row["weight"], tuple(row["order"]))
        for row in step.payload["slots"]
    )
    return AttemptState(slots=slots, pass_mark=step.payload["pass_mark"], started_at=step.at)


def answer(state: AttemptState, step: Step) -> AttemptState:
    if state.submitted_at is not None:
        raise BrokenLog(f"step {step.sequence} answers after submission")
    return replace(state, responses={**state.responses, step.payload["slot"]: step.payload["response"]})


def submit(state: AttemptState, step: Step) -> AttemptState:
    return replace(state, submitted_at=state.submitted_at or step.at)


def grade(state: AttemptState, step: Step) -> AttemptState:
    if state.submitted_at is None:
        raise BrokenLog(f"step {step.sequence} grades before submission")
    fractions = {int(slot): fraction for slot, fraction in step.payload["fractions"].items()}
    return replace(state, fractions=fractions, score=step.payload["score"], passed=step.payload["passed"])


APPLY = {STARTED: start, ANSWERED: answer, SUBMITTED: submit, GRADED: grade}


def slots_to_json(slots: Iterable[Slot]) -> list[dict[str, Any]]:
    """Return slots as the payload of the first step keeps them."""
    return [
        {
            "number": slot.number,
            "version_id": slot.version_id,
            "objective_id": slot.objective_id,
            "weight": slot.weight,
            "order": list(slot.order),
        }
        for slot in slots
    ]
