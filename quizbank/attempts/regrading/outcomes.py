"""What a corrected key changes: an attempt's state and the corrected item go in, its new grades come out."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quizbank.attempts.grading import has_passed, score_of
from quizbank.attempts.log import AttemptState
from quizbank.items.content import ItemContent

WORDING = frozenset({"schema", "stem", "rationale", "options", "prompts"})
"""The parts of a stored content that do not decide what a response earns (ids apart)."""


@dataclass(frozen=True)
class Correction:
    """An item's published version, which now decides, and the ids of its earlier versions, which were asked."""

    version_id: int
    content: ItemContent
    earlier: frozenset[int]


@dataclass(frozen=True)
class SlotOutcome:
    """One slot judged anew: by which version before and now (ids), and its fraction (0-1) before and after."""

    before_version: int
    version: int
    before: float
    after: float


@dataclass(frozen=True)
class Outcome:
    """What regrading makes of one attempt. Scores are percents; ``pass_kept`` when the new score alone would not pass."""

    slots: Mapping[int, SlotOutcome]
    score_before: float
    score: float
    passed_before: bool
    passed: bool
    pass_kept: bool

    @property
    def is_lower(self) -> bool:
        """Return whether an attempt that had passed comes out lower."""
        return self.passed_before and (self.score < self.score_before or not self.passed)


def incomparable_because(asked: ItemContent, corrected: ItemContent) -> str:
    """Return why answers to one version cannot be judged by another, "" when they can.

    The key may differ and the words may be mended, but what was offered must be the same: a learner cannot have chosen an
    option that was not there.
    """
    if asked.type != corrected.type:
        return "its type is another one"
    for name, one, other in (
        ("options", asked.options, corrected.options),
        ("prompts", asked.prompts, corrected.prompts),
    ):
        if sorted(option.id for option in one) != sorted(option.id for option in other):
            return f"its {name} are not the same ones"
    return "" if asked.unit == corrected.unit else "its unit is another one"


def decides_alike(asked: ItemContent, corrected: ItemContent) -> bool:
    """Return whether two versions judge every response the same way: only words differ, not the key or a rule."""
    one, other = asked.to_json(), corrected.to_json()
    return all(one.get(name) == other.get(name) for name in (one.keys() | other.keys()) - WORDING)


def outcome(state: AttemptState, correction: Correction, allow_lowering: bool = False) -> Outcome | None:
    """Return what a correction makes of a graded attempt, None when it changes nothing (any more).

    A pass stands even when the new score would not reach the pass mark, unless ``allow_lowering``.
    """
    if state.fractions is None or state.score is None or state.passed is None:
        raise ValueError("only a graded attempt can be graded again")
    slots = {
        slot.number: SlotOutcome(
            state.judging(slot),
            correction.version_id,
            state.fractions[slot.number],
            correction.content.grade(state.responses.get(slot.number, {})),
        )
        for slot in state.slots
        if state.judging(slot) in correction.earlier or state.judging(slot) == correction.version_id
    }
    fractions = {**state.fractions, **{number: found.after for number, found in slots.items()}}
    score = score_of(state.slots, fractions)
    reaches = has_passed(score, state.pass_mark)
    passed = reaches or (state.passed and not allow_lowering)
    changed = {number: found for number, found in slots.items() if found.before_version != found.version}
    if not changed and passed == state.passed:
        return None
    return Outcome(changed, state.score, score, state.passed, passed, pass_kept=passed and not reaches)


def as_payload(found: Outcome, reason: str, account_id: int | None) -> dict[str, Any]:
    """Return an outcome as the payload of a ``regraded`` step."""
    slots = {
        str(number): {"from": one.before_version, "to": one.version, "before": one.before, "after": one.after}
        for number, one in found.slots.items()
    }
    before = {"score_before": found.score_before, "passed_before": found.passed_before}
    after = {"score": found.score, "passed": found.passed, "pass_kept": found.pass_kept}
    return {"by": account_id, "reason": reason, "slots": slots, **before, **after}


def seal(outcomes: Iterable[tuple[int, Outcome]]) -> str:
    """Return a digest (16 hex digits) of outcomes by attempt id: what was confirmed is what was shown."""
    told = [[attempt_id, asdict(found)] for attempt_id, found in outcomes]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Counts:
    """How many attempts come out how; an attempt is counted once in each line that holds for it."""

    all: int
    higher: int
    lower: int
    newly_passed: int
    passes_kept: int
    passes_lost: int


def count(outcomes: Sequence[Outcome]) -> Counts:
    """Count outcomes for a report."""
    return Counts(
        all=len(outcomes),
        higher=sum(one.score > one.score_before for one in outcomes),
        lower=sum(one.score < one.score_before for one in outcomes),
        newly_passed=sum(one.passed and not one.passed_before for one in outcomes),
        passes_kept=sum(one.pass_kept for one in outcomes),
        passes_lost=sum(one.passed_before and not one.passed for one in outcomes),
    )
