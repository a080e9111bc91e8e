"""The only writers of attempts: start, save, answer, submit. The database decides every race."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    Boolean,
    Integer,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from quizbank.accounts.operations import record_audit
from quizbank.activities.availability import closed_because
from quizbank.activities.models import Activity
from quizbank.activities.modes import STUDY
from quizbank.attempts import log
from quizbank.attempts.grading import grade_attempt, lay_out
from quizbank.attempts.limits import PRE_TEST, refusal
from quizbank.attempts.log import AttemptState, Marks, slots_to_json
from quizbank.attempts.models import OPEN, SUBMITTED, Attempt, AttemptDraft, AttemptStep
from quizbank.attempts.played import PlayedAttempt
from quizbank.attempts.queries import (
    asked_items,
    attempts_of,
    contents_of,
    drafts_of,
    earlier_of,
    extra_minutes,
    open_attempt,
    state_of,
)
from quizbank.attempts.timing import deadline_of, ended_at, is_over
from quizbank.attempts.turns import Turn
from quizbank.db import db, run
from quizbank.items.content import Response
from quizbank.local_time import local_date, local_time
from quizbank.plans.allowance import FREE
from quizbank.plans.catalogue import ACTIVITIES
from quizbank.plans.operations import PlanRefused, use_benefit

ATTEMPT, DRAFT = cast("Table", Attempt.__table__), cast("Table", AttemptDraft.__table__)
INSERT_STEP = insert(AttemptStep.__table__)  # type: ignore[arg-type]
DELETE_DRAFTS = delete(DRAFT).where(
    DRAFT.c.attempt_id == bindparam("the_attempt"), DRAFT.c.slot.in_(bindparam("slots", expanding=True))
)
ADMIT_WRITE = (
    update(ATTEMPT)
    .where(ATTEMPT.c.id == bindparam("the_attempt"), ATTEMPT.c.state == OPEN)
    .values(revision=ATTEMPT.c.revision + bindparam("steps"), saved_at=bindparam("now"))
    .returning(ATTEMPT.c.revision)
)
ADMIT_SAVE = (
    update(ATTEMPT)
    .where(
        ATTEMPT.c.id == bindparam("the_attempt"),
        ATTEMPT.c.state == OPEN,
        or_(ATTEMPT.c.deadline.is_(None), ATTEMPT.c.deadline > bindparam("now")),
        or_(
            bindparam("has_no_turn", type_=Boolean),
            ATTEMPT.c.saves == bindparam("seen"),
            ATTEMPT.c.writer == bindparam("page"),
        ),
    )
    .values(saves=ATTEMPT.c.saves + 1, writer=bindparam("page"), saved_at=bindparam("now"))
    .returning(*ATTEMPT.c["revision", "id", "saved_at"])
)
ADMIT_ANSWERS = ADMIT_SAVE.values(revision=ATTEMPT.c.revision + bindparam("steps"))
FOUND = select(ATTEMPT.c.state, ATTEMPT.c.deadline).where(ATTEMPT.c.id == bindparam("the_attempt"))
NEWER: dict[str, Any] = {
    "index_elements": [DRAFT.c.attempt_id, DRAFT.c.slot],
    "set_": {name: literal_column(f"excluded.{name}") for name in ("response", "saved_at")},
}
OVERWRITE_DRAFTS = sqlite.insert(DRAFT).on_conflict_do_update(**NEWER)
ADMITTED = ADMIT_SAVE.cte("admitted")
GIVEN = func.jsonb_each(bindparam("responses", type_=postgresql.JSONB)).table_valued("key", "value")
FROM_ADMITTED = select(ADMITTED.c.id, sql_cast(GIVEN.c.key, Integer), GIVEN.c.value, ADMITTED.c.saved_at).select_from(
    ADMITTED.join(GIVEN, true())
)
ADMIT_DRAFTS = (
    postgresql.insert(DRAFT)
    .from_select(["attempt_id", "slot", "response", "saved_at"], FROM_ADMITTED)
    .on_conflict_do_update(**NEWER)
    .returning(DRAFT.c.slot)
)
"""What every save runs, composed once: composing it again would take longer than running it.

ADMIT_DRAFTS is ADMIT_SAVE and OVERWRITE_DRAFTS in one message, as only PostgreSQL can: the row that was admitted is what the
drafts are written from.
"""


Played: TypeAlias = Attempt | PlayedAttempt


class StartRefused(ValueError):
    """No attempt can be started now; the message says why and what to do."""


class AttemptClosed(ValueError):
    """The attempt has been submitted, or its time is up; nothing was stored."""


class StalePage(ValueError):
    """Another page has saved since this one was shown; nothing was stored."""


class AnswerLocked(ValueError):
    """The question was checked, so its answer stands; nothing was stored."""


class NothingToCheck(ValueError):
    """There is no answer to check, or the activity does not let questions be checked; nothing was stored."""


def start_attempt(activity: Activity, learner_id: int, now: datetime, agreed: Decimal = FREE) -> Attempt:
    """Return the learner's open attempt, or start one; raises StartRefused. Safe under parallel requests:

    the unique number keeps the limit, and the unique open attempt makes the loser resume the winner's. ``agreed`` is
    the price the learner accepted for a start beyond what the plan includes.
    """
    earlier = attempts_of(learner_id, activity.id)  # one read: whatever starts after it collides on the number
    going = next((found for found in earlier if found.state == OPEN), None)
    if going and not close_overdue(going, now):
        return going
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
            return insert_attempt(activity, learner_id, next_number(activity, earlier), now)
    except IntegrityError:
        if attempt := open_attempt(learner_id, activity.id):
            return attempt
        raise StartRefused("This attempt was started and finished elsewhere just now. Reload the page.") from None


def next_number(activity: Activity, earlier: Sequence[Attempt]) -> int:
    """Return the number of a learner's next attempt; an activity may begin with a pre-test."""
    if activity.pre_test and not earlier:
        return PRE_TEST
    return max((attempt.number for attempt in earlier), default=PRE_TEST) + 1


def insert_attempt(activity: Activity, learner_id: int, number: int, now: datetime) -> Attempt:
    """Insert an attempt with its first step: the pinned versions and this attempt's own order."""
    counts = number > PRE_TEST
    extra = extra_minutes(activity.id, learner_id) if activity.time_limit else 0
    deadline = deadline_of(now, activity.time_limit, extra) if counts else None
    attempt = Attempt(
        activity_id=activity.id, learner_id=learner_id, number=number, state=OPEN, revision=1, started_at=now,
        deadline=deadline,
    )  # fmt: skip
    db.session.add(attempt)
    db.session.flush()
    seed = secrets.randbits(32)
    slots = slots_to_json(lay_out(asked_items(activity), seed, activity.shuffle_items, activity.shuffle_options))
    payload: dict[str, Any] = {"seed": seed, "pass_mark": activity.pass_mark if counts else None, "slots": slots}
    if deadline:
        payload["deadline"] = deadline.isoformat()
    add_step(attempt.id, 1, log.STARTED, payload, now)
    record_audit("attempt.started", f"attempt:{attempt.id}", learner_id, now)
    return attempt


def add_step(attempt_id: int, sequence: int, kind: str, payload: Mapping[str, Any], now: datetime) -> None:
    """Append one line to an attempt's log."""
    row = {"attempt_id": attempt_id, "sequence": sequence, "kind": kind, "payload": dict(payload), "at": now}
    run(INSERT_STEP, row)


def save_drafts(attempt: Played, responses: Mapping[int, Response], now: datetime, turn: Turn | None = None) -> None:
    """Overwrite the autosaved responses of some slots; raises AttemptClosed or StalePage (see admit_save)."""
    if responses and db.session.get_bind().dialect.name == "postgresql":
        given = {str(slot): dict(response) for slot, response in responses.items()}
        if run(ADMIT_DRAFTS, {**turn_told(attempt, now, turn), "responses": given}).first() is None:
            raise refused_save(attempt, now)
        return
    admit_save(attempt, now, turn)
    drafts = [
        {"attempt_id": attempt.id, "slot": slot, "response": dict(response), "saved_at": now}
        for slot, response in responses.items()
    ]
    if drafts:
        run(OVERWRITE_DRAFTS, drafts)


def keep_answers(
    attempt: Played,
    responses: Mapping[int, Response],
    now: datetime,
    turn: Turn | None = None,
    read: AttemptState | None = None,
) -> None:
    """Write responses the learner moved on from into the log; unchanged ones add no step.

    ``read`` is the state as it was read before; it is read again when the log has grown since.
    Raises AttemptClosed or StalePage (see admit_save), AnswerLocked for a slot that was checked.
    """
    steps = len(unlike(read, responses)) if read else 0
    revision = admit_save(attempt, now, turn, steps)
    state = read if read and read.sequence + steps == revision else state_of(attempt.id)
    if state.checked.keys() & responses.keys():
        raise AnswerLocked("This question has been checked, so its first answer counts. Nothing was changed.")
    changed = unlike(state, responses)
    if len(changed) != steps:
        admit_write(attempt, len(changed) - steps, now)
    add_answers(attempt, changed, state.sequence, now)
    run(DELETE_DRAFTS, {"the_attempt": attempt.id, "slots": list(responses)})


def unlike(state: AttemptState, responses: Mapping[int, Response]) -> dict[int, Response]:
    """Return the responses that differ from those in the log."""
    return {slot: given for slot, given in responses.items() if dict(given) != state.responses.get(slot, {})}


def add_answers(attempt: Played, responses: Mapping[int, Response], last: int, now: datetime) -> None:
    """Append one answered step per response behind the step ``last``; the revision has been raised by as many."""
    for sequence, (slot, response) in enumerate(sorted(responses.items()), start=last + 1):
        add_step(attempt.id, sequence, log.ANSWERED, {"slot": slot, "response": dict(response)}, now)


def admit_save(attempt: Played, now: datetime, turn: Turn | None, steps: int = 0) -> int:
    """Let a page save in an open attempt, raise the revision of its log by the steps that will follow, and return it;

    the row stays locked until the commit.
    Raises AttemptClosed when it was submitted or its time is up, StalePage when the turn is not the page's (see turns),
    however close the race. A program that saves without a page has no turn to miss.
    """
    statement, told = (ADMIT_ANSWERS, {"steps": steps}) if steps else (ADMIT_SAVE, {})
    admitted = run(statement, {**turn_told(attempt, now, turn), **told}).scalar_one_or_none()
    if admitted is None:
        raise refused_save(attempt, now)
    return admitted


def turn_told(attempt: Played, now: datetime, turn: Turn | None) -> dict[str, Any]:
    """Return what ADMIT_SAVE compares the attempt with."""
    page, seen = (turn.page, turn.seen) if turn else ("", 0)
    return {"the_attempt": attempt.id, "now": now, "has_no_turn": turn is None, "page": page, "seen": seen}


def refused_save(attempt: Played, now: datetime) -> AttemptClosed | StalePage:
    """Return why a save was not admitted."""
    found = run(FOUND, {"the_attempt": attempt.id}).one()
    if found.state != OPEN:
        return AttemptClosed("This attempt has been submitted. Nothing was changed.")
    if is_over(found.deadline, now):
        return AttemptClosed("The time is up. What was saved before is submitted; this came too late.")
    return StalePage("Newer answers were saved from another tab or device. Reload this page to go on from those.")


def admit_write(attempt: Played, steps: int, now: datetime) -> int:
    """Raise the revision of an open attempt and return it; the row stays locked until the commit.

    Raises AttemptClosed when it was submitted, however close the race.
    """
    told = {"the_attempt": attempt.id, "now": now, "steps": steps}
    moved = run(ADMIT_WRITE, told).scalar_one_or_none()
    if moved is None:
        raise AttemptClosed("This attempt has been submitted. Nothing was changed.")
    return moved


def submit_attempt(attempt: Attempt, now: datetime) -> Attempt:
    """Close the attempt, grade it once and return it; a second call returns the same result and changes nothing.

    Past its deadline it ended at the deadline, with what was saved by then.
    """
    try:
        admit_write(attempt, 0, now)
    except AttemptClosed:
        db.session.refresh(attempt)
        return attempt
    state = state_of(attempt.id)
    drafts = {slot: given for slot, given in drafts_of(attempt.id).items() if slot not in state.checked}
    if changed := unlike(state, drafts):
        admit_write(attempt, len(changed), now)
        add_answers(attempt, changed, state.sequence, now)
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
    ended = ended_at(state.deadline, now)
    ran_out = {"because": "time", "ended_at": ended.isoformat()} if is_over(state.deadline, now) else {}
    add_step(attempt.id, sequence - 1, log.SUBMITTED, ran_out, now)
    fractions = {str(slot): fraction for slot, fraction in grades.fractions.items()}
    payload = {"fractions": fractions, "score": grades.score, "passed": grades.passed}
    add_step(attempt.id, sequence, log.GRADED, payload, now)
    db.session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id)
        .values(state=SUBMITTED, submitted_at=ended, score=grades.score, passed=grades.passed)
        .execution_options(synchronize_session=False)
    )


def close_overdue(attempt: Attempt, now: datetime) -> bool:
    """Submit an open attempt whose time is up, as whoever comes across it does; return whether it was."""
    moved = db.session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == OPEN, Attempt.deadline <= now)
        .values(revision=Attempt.revision)
        .returning(Attempt.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if moved is not None:
        submit_attempt(attempt, now)
    return moved is not None


def note_marks(attempt: Played, marks: Mapping[int, Marks], now: datetime) -> None:
    """Write flags, strike-outs and confidence that changed into the log of an attempt that a save was admitted to."""
    if not marks:
        return
    known = state_of(attempt.id).marks
    for slot, noted in sorted(marks.items()):
        if noted != known.get(slot, Marks()):
            row = {"flagged": noted.flagged, "struck": list(noted.struck), "confidence": noted.confidence}
            add_step(attempt.id, admit_write(attempt, 1, now), log.MARKED, {"slot": slot, **row}, now)


def check_answer(attempt: Played, slot: int, now: datetime) -> None:
    """Check a slot's answer in study mode: it counts from now on. A second time changes nothing. Raises NothingToCheck.

    The answer was kept just before, in the same transaction.
    """
    state = state_of(attempt.id)
    if slot in state.checked:
        return
    response = state.responses.get(slot, {})
    if attempt.is_pre_test or attempt.activity.mode != STUDY or not response:
        raise NothingToCheck("Answer the question first, then check it.")
    append_try(attempt, state, slot, response, log.CHECKED, now)
    db.session.execute(delete(AttemptDraft).where(AttemptDraft.attempt_id == attempt.id, AttemptDraft.slot == slot))


def practise_answer(attempt: Played, slot: int, response: Response, now: datetime) -> None:
    """Try a checked slot again, in an attempt that a save was admitted to: noted, and counted for nothing.

    Raises NothingToCheck.
    """
    state = state_of(attempt.id)
    if slot not in state.checked or not response:
        raise NothingToCheck("Answer the question first, then check it.")
    append_try(attempt, state, slot, response, log.PRACTISED, now)


def append_try(attempt: Played, state: AttemptState, slot: int, response: Response, kind: str, now: datetime) -> None:
    """Append a checked response with the fraction it earns."""
    asked = next(one for one in state.slots if one.number == slot)
    fraction = contents_of([asked])[asked.version_id].grade(response)
    payload = {"slot": slot, "response": dict(response), "fraction": fraction}
    add_step(attempt.id, admit_write(attempt, 1, now), kind, payload, now)


def rebuild_cache(attempt: Attempt) -> bool:
    """Set an attempt's cached score from the replay of its log; return whether anything differed."""
    state = state_of(attempt.id)
    before = (attempt.score, attempt.passed, attempt.deadline)
    attempt.score, attempt.passed, attempt.deadline = state.score, state.passed, state.deadline
    db.session.flush()
    return before != (state.score, state.passed, state.deadline)


def all_attempt_ids() -> list[int]:
    """Return the ids of all submitted attempts, for rebuilding."""
    return list(db.session.scalars(select(Attempt.id).where(Attempt.state == SUBMITTED).order_by(Attempt.id)))
