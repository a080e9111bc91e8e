"""The attempt log: steps go in, the state of the attempt comes out. ``replay`` is a pure fold; nothing else decides.

What a step's payload holds:

- ``started``: seed, pass_mark (None for a pre-test), slots, and deadline where time is limited
- ``answered``: slot, response
- ``marked``: slot, flagged, struck (option ids), confidence (1 guessing, 2 fairly sure, 3 certain, None not said);
  in the state it is ``marks[slot].confidence``. Marks are reported and never decide a score
- ``checked`` (study mode): slot, response, fraction. From here on this is the slot's response, whatever follows
- ``practised`` (study mode): slot, response, fraction of a further try at a checked slot; it counts for nothing
- ``extended``: minutes of extra time altogether, the new deadline
- ``submitted``: empty, or because "time" and when it ended
- ``graded``: fractions, score, passed
- ``regraded``: by, reason, score, passed, and by slot what was corrected: the version it was judged by and the one it is
  judged by now, its fraction before and after. Unless told otherwise a pass stands, whatever the new score
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from quizbank.items.content import Response

STARTED = "started"
ANSWERED = "answered"
MARKED = "marked"
CHECKED = "checked"
PRACTISED = "practised"
EXTENDED = "extended"
SUBMITTED = "submitted"
GRADED = "graded"
REGRADED = "regraded"


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
class Marks:
    """What a learner noted at a slot: to look again, options ruled out, how sure (1-3). None of it decides a score."""

    flagged: bool = False
    struck: tuple[str, ...] = ()
    confidence: int | None = None


@dataclass(frozen=True)
class Try:
    """A response that was checked before submission, and the fraction (0-1) it earns."""

    response: Response
    fraction: float


@dataclass(frozen=True)
class Correction:
    """A slot that was judged anew after submission: by which item version, why, and when."""

    version_id: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class AttemptState:
    """What the log says. ``fractions``, ``score`` (percent) and ``passed`` are None until graded.

    ``corrected`` names the item version that judges a slot after a correction; any other is judged by what it asked.
    ``sequence`` is that of the last step. ``checked`` holds the try that counts, ``practised`` the latest one after it, by
    slot. ``ran_out`` tells that the time closed the attempt.
    """

    sequence: int = 0
    slots: tuple[Slot, ...] = ()
    pass_mark: int | None = 100
    responses: Mapping[int, Response] = field(default_factory=dict)
    marks: Mapping[int, Marks] = field(default_factory=dict)
    checked: Mapping[int, Try] = field(default_factory=dict)
    practised: Mapping[int, Try] = field(default_factory=dict)
    started_at: datetime | None = None
    deadline: datetime | None = None
    ran_out: bool = False
    submitted_at: datetime | None = None
    fractions: Mapping[int, float] | None = None
    score: float | None = None
    passed: bool | None = None
    corrected: Mapping[int, Correction] = field(default_factory=dict)

    def judging(self, slot: Slot) -> int:
        """Return the id of the item version that a slot is judged by."""
        found = self.corrected.get(slot.number)
        return found.version_id if found else slot.version_id


NOTHING_YET = AttemptState()


class BrokenLog(ValueError):
    """The steps cannot follow each other like this."""


def replay(steps: Iterable[Step], state: AttemptState = NOTHING_YET) -> AttemptState:
    """Fold the steps, in order of their sequence, into the attempt's state; raises BrokenLog.

    ``state`` is what the steps before them were folded into.
    """
    last = state
    for _, last in states(steps, state):  # noqa: B007 - the last one is the state
        pass
    return last


def states(steps: Iterable[Step], state: AttemptState = NOTHING_YET) -> Iterator[tuple[Step, AttemptState]]:
    """Yield each step with the state after it; raises BrokenLog. ``state`` is the one before the first of them."""
    for expected, step in enumerate(steps, start=state.sequence + 1):
        if step.sequence != expected or (expected == 1) != (step.kind == STARTED):
            raise BrokenLog(f"step {step.sequence} ({step.kind}) stands where step {expected} belongs")
        if step.kind not in APPLY:
            raise BrokenLog(f"step {step.sequence} is of an unknown kind, {step.kind}")
        state = replace(APPLY[step.kind](state, step), sequence=step.sequence)
        yield step, state


def start(_state: AttemptState, step: Step) -> AttemptState:
    slots = tuple(
        Slot(row["number"], row["version_id"], row["objective_id"], row["weight"], tuple(row["order"]))
        for row in step.payload["slots"]
    )
    deadline = moment(step.payload.get("deadline"))
    return AttemptState(slots=slots, pass_mark=step.payload["pass_mark"], started_at=step.at, deadline=deadline)


def moment(stored: str | None) -> datetime | None:
    """Return a time of a payload, which keeps it as ISO 8601 with its zone."""
    return datetime.fromisoformat(stored) if stored else None


def answer(state: AttemptState, step: Step) -> AttemptState:
    if state.submitted_at is not None:
        raise BrokenLog(f"step {step.sequence} answers after submission")
    if step.payload["slot"] in state.checked:
        raise BrokenLog(f"step {step.sequence} answers a slot that was checked")
    return replace(state, responses={**state.responses, step.payload["slot"]: step.payload["response"]})


def mark(state: AttemptState, step: Step) -> AttemptState:
    row = step.payload
    marks = Marks(row["flagged"], tuple(row["struck"]), row["confidence"])
    return replace(state, marks={**state.marks, row["slot"]: marks})


def check(state: AttemptState, step: Step) -> AttemptState:
    slot, found = step.payload["slot"], Try(step.payload["response"], step.payload["fraction"])
    if slot in state.checked or state.submitted_at is not None:
        raise BrokenLog(f"step {step.sequence} checks slot {slot} when it cannot be checked any more")
    return replace(state, checked={**state.checked, slot: found}, responses={**state.responses, slot: found.response})


def practise(state: AttemptState, step: Step) -> AttemptState:
    slot, found = step.payload["slot"], Try(step.payload["response"], step.payload["fraction"])
    if slot not in state.checked or state.submitted_at is not None:
        raise BrokenLog(f"step {step.sequence} tries slot {slot} again when it cannot be tried")
    return replace(state, practised={**state.practised, slot: found})


def extend(state: AttemptState, step: Step) -> AttemptState:
    return replace(state, deadline=moment(step.payload["deadline"]))


def submit(state: AttemptState, step: Step) -> AttemptState:
    ended = moment(step.payload.get("ended_at")) or step.at
    ran_out = step.payload.get("because") == "time"
    return replace(state, submitted_at=state.submitted_at or ended, ran_out=state.ran_out or ran_out)


def grade(state: AttemptState, step: Step) -> AttemptState:
    if state.submitted_at is None:
        raise BrokenLog(f"step {step.sequence} grades before submission")
    fractions = {int(slot): fraction for slot, fraction in step.payload["fractions"].items()}
    return replace(state, fractions=fractions, score=step.payload["score"], passed=step.payload["passed"])


def regrade(state: AttemptState, step: Step) -> AttemptState:
    if state.fractions is None:
        raise BrokenLog(f"step {step.sequence} corrects grades before there are any")
    rows = {int(slot): row for slot, row in step.payload["slots"].items()}
    return replace(
        state,
        fractions={**state.fractions, **{slot: row["after"] for slot, row in rows.items()}},
        corrected={
            **state.corrected,
            **{slot: Correction(row["to"], step.payload["reason"], step.at) for slot, row in rows.items()},
        },
        score=step.payload["score"],
        passed=step.payload["passed"],
    )


APPLY = {
    STARTED: start,
    ANSWERED: answer,
    MARKED: mark,
    CHECKED: check,
    PRACTISED: practise,
    EXTENDED: extend,
    SUBMITTED: submit,
    GRADED: grade,
    REGRADED: regrade,
}


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
