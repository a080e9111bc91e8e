"""The only writers of attempts: start, save, answer, submit. The database decides every race."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from quizbank.accounts.operations import record_audit
from quizbank.activities.availability import closed_because
from quizbank.activities.models import Activity
from quizbank.attempts import log
from quizbank.attempts.feedback import Mistyped
from quizbank.attempts.grading import grade_attempt, lay_out
from quizbank.attempts.limits import refusal
from quizbank.attempts.log import AttemptState, slots_to_json
from quizbank.attempts.models import OPEN, SUBMITTED, Attempt, AttemptDraft, AttemptStep
from quizbank.attempts.queries import (
    asked_items,
    attempts_of,
    contents_of,
    drafts_of,
    earlier_of,
    open_attempt,
    state_of,
)
from quizbank.db import db
from quizbank.items.content import InvalidResponse, MistypedResponse, Response
from quizbank.local_time import local_date, local_time
from quizbank.plans.allowance import FREE
from quizbank.plans.catalogue import ACTIVITIES
from quizbank.plans.operations import PlanRefused, use_benefit


class StartRefused(ValueError):
    """No attempt can be started now; the message says why and what to do."""


class AttemptClosed(ValueError):
    """The attempt has been submitted; nothing was stored."""


def start_attempt(activity: Activity, learner_id: int, now: datetime, agreed: Decimal = FREE) -> Attempt:
    """Return the learner's open attempt, or start one; raises StartRefused. Safe under parallel requests:

    the unique number keeps the limit, and the unique open attempt makes the loser resume the winner's. ``agreed`` is
    the price the learner accepted for a start beyond what the plan includes.
    """
    earlier = attempts_of(learner_id, activity.id)  # one read: whatever starts after it collides on the number
    if attempt := next((found for found in earlier if found.state == OPEN), None):
        return attempt
    cooldown = timedelta(hours=activity.cooldown_hours)
    closed = closed_because(activity.term, local_date(now))
    words = refusal(earlier_of(earlier), closed, activity.max_attempts, cooldown, local_time(now))
    if words:
        raise StartRefused(words)
    try:
        use_benefit(learner_id, ACTIVITIES, f"activity:{activity.id}", now, agreed, title=activity.title)
    except PlanRefused as error:
        raise StartRefused(str(error)) from error
    try:
        with db.session.begin_nested():
            return insert_attempt(activity, learner_id, len(earlier) + 1, now)
    except IntegrityError:
        if attempt := open_attempt(learner_id, activity.id):
            return attempt
        raise StartRefused("This attempt was started and finished elsewhere just now. Reload the page.") from None


def insert_attempt(activity: Activity, learner_id: int, number: int, now: datetime) -> Attempt:
    """Insert an attempt with its first step: the pinned versions and this attempt's own order."""
    attempt = Attempt(
        activity_id=activity.id, learner_id=learner_id, number=number, state=OPEN, revision=1, started_at=now
    )
    db.session.add(attempt)
    db.session.flush()
    seed = secrets.randbits(32)
    slots = slots_to_json(lay_out(asked_items(activity), seed))
    payload = {"seed": seed, "pass_mark": activity.pass_mark, "slots": slots}
    add_step(attempt.id, 1, log.STARTED, payload, now)
    record_audit("attempt.started", f"attempt:{attempt.id}", learner_id, now)
    return attempt


def add_step(attempt_id: int, sequence: int, kind: str, payload: Mapping[str, Any], now: datetime) -> None:
    """Append one line to an attempt's log."""
    db.session.add(AttemptStep(attempt_id=attempt_id, sequence=sequence, kind=kind, payload=dict(payload), at=now))
    db.session.flush()


@dataclass(frozen=True)
class Posted:
    """What a page sent, by slot: responses that can be read, and for the others what was given and what to do about it."""

    responses: Mapping[int, Response]
    mistyped: Mapping[int, Mistyped]


def read_responses(state: AttemptState, fields: Mapping[int, Mapping[str, list[str]]]) -> Posted:
    """Return what posted fields mean; raises InvalidResponse for anything that was not asked in this attempt."""
    slots = {slot.number: slot for slot in state.slots}
    if not set(fields) <= set(slots):
        raise InvalidResponse("This answer does not belong to this attempt.")
    contents = contents_of(slots[number] for number in fields)
    responses, mistyped = {}, {}
    for number, given in fields.items():
        content = contents[slots[number].version_id]
        try:
            responses[number] = content.parse(given)
        except MistypedResponse as error:
            mistyped[number] = Mistyped(tuple(given[content.field]), str(error))
    return Posted(responses, mistyped)


def save_drafts(attempt: Attempt, responses: Mapping[int, Response], now: datetime) -> None:
    """Overwrite the autosaved responses of some slots; raises AttemptClosed once submitted."""
    admit_write(attempt, 0, now)
    for slot, response in responses.items():
        db.session.merge(AttemptDraft(attempt_id=attempt.id, slot=slot, response=dict(response), saved_at=now))
    db.session.flush()


def keep_answers(attempt: Attempt, responses: Mapping[int, Response], now: datetime) -> None:
    """Write responses the learner moved on from into the log; unchanged ones add no step. Raises AttemptClosed."""
    admit_write(attempt, 0, now)
    recorded = state_of(attempt.id).responses
    changed = {slot: response for slot, response in responses.items() if dict(response) != recorded.get(slot, {})}
    append_answers(attempt, changed, now)
    db.session.execute(
        delete(AttemptDraft).where(AttemptDraft.attempt_id == attempt.id, AttemptDraft.slot.in_(list(responses)))
    )


def append_answers(attempt: Attempt, responses: Mapping[int, Response], now: datetime) -> None:
    """Append one answered step per response."""
    for slot, response in sorted(responses.items()):
        sequence = admit_write(attempt, 1, now)
        add_step(attempt.id, sequence, log.ANSWERED, {"slot": slot, "response": dict(response)}, now)


def admit_write(attempt: Attempt, steps: int, now: datetime) -> int:
    """Raise the revision of an open attempt and return it; the row stays locked until the commit.

    Raises AttemptClosed when it was submitted, however close the race.
    """
    moved = db.session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == OPEN)
        .values(revision=Attempt.revision + steps, saved_at=now)
        .returning(Attempt.revision)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if moved is None:
        raise AttemptClosed("This attempt has been submitted. Nothing was changed.")
    return moved


def submit_attempt(attempt: Attempt, now: datetime) -> Attempt:
    """Close the attempt, grade it once and return it; a second call returns the same result and changes nothing."""
    try:
        admit_write(attempt, 0, now)
    except AttemptClosed:
        db.session.refresh(attempt)
        return attempt
    recorded = state_of(attempt.id).responses
    append_answers(attempt, {s: r for s, r in drafts_of(attempt.id).items() if dict(r) != recorded.get(s, {})}, now)
    close_and_grade(attempt, now)
    db.session.execute(delete(AttemptDraft).where(AttemptDraft.attempt_id == attempt.id))
    db.session.refresh(attempt)
    record_audit("attempt.submitted", f"attempt:{attempt.id}", attempt.learner_id, now, passed=attempt.passed)
    return attempt


def close_and_grade(attempt: Attempt, now: datetime) -> None:
    """Write the submission and the grades into the log and move the row along."""
    state = state_of(attempt.id)
    grades = grade_attempt(state.slots, contents_of(state.slots), state.responses, state.pass_mark)
    sequence = admit_write(attempt, 2, now)
    add_step(attempt.id, sequence - 1, log.SUBMITTED, {}, now)
    fractions = {str(slot): fraction for slot, fraction in grades.fractions.items()}
    payload = {"fractions": fractions, "score": grades.score, "passed": grades.passed}
    add_step(attempt.id, sequence, log.GRADED, payload, now)
    db.session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id)
        .values(state=SUBMITTED, submitted_at=now, score=grades.score, passed=grades.passed)
        .execution_options(synchronize_session=False)
    )


def rebuild_cache(attempt: Attempt) -> bool:
    """Set an attempt's cached score from the replay of its log; return whether anything differed."""
    state = state_of(attempt.id)
    before = (attempt.score, attempt.passed)
    attempt.score, attempt.passed = state.score, state.passed
    db.session.flush()
    return before != (state.score, state.passed)


def all_attempt_ids() -> list[int]:
    """Return the ids of all submitted attempts, for rebuilding."""
    return list(db.session.scalars(select(Attempt.id).where(Attempt.state == SUBMITTED).order_by(Attempt.id)))
