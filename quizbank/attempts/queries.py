"""Reads of attempts: the replayed state, drafts, contents, and what a learner has behind and before them."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, cast

from flask import current_app
from sqlalchemy import Select, Table, bindparam, func, or_, select

from quizbank.accounts.models import Account
from quizbank.accounts.queries import PERSON, found_beside_person, read_with_person
from quizbank.activities.availability import closed_because
from quizbank.activities.models import Activity, Objective
from quizbank.activities.modes import EXAM, STUDY, Level, level
from quizbank.attempts.feedback import (
    NO_MARKS,
    NOTHING_MISTYPED,
    ItemFeedback,
    Mistyped,
    Question,
    Standing,
    item_feedback,
    question,
)
from quizbank.attempts.limits import PRE_TEST, Earlier, attempts_left
from quizbank.attempts.log import NOTHING_YET, AttemptState, Slot, Step, replay
from quizbank.attempts.models import OPEN, SUBMITTED, Attempt, AttemptDraft, AttemptStep, ExtraTime
from quizbank.attempts.played import PlayedActivity, PlayedAttempt
from quizbank.attempts.visibility import OPEN as STILL_OPEN
from quizbank.attempts.visibility import FeedbackRule, Moment, visible
from quizbank.db import LARGEST_ID, db, run
from quizbank.documents.passage import Passage, passage_around
from quizbank.documents.queries import tree_of
from quizbank.items.content import InvalidResponse, ItemContent, MistypedResponse, Response
from quizbank.items.models import ItemVersion
from quizbank.items.queries import contents_by_version
from quizbank.jobs.models import Job
from quizbank.jobs.queries import unattended_jobs
from quizbank.plans.catalogue import ACTIVITIES
from quizbank.plans.queries import admission, catalogue
from quizbank.web.lists import contains

ATTEMPT, ACTIVITY = cast("Table", Attempt.__table__), cast("Table", Activity.__table__)
STEP, DRAFT = cast("Table", AttemptStep.__table__), cast("Table", AttemptDraft.__table__)
OF_ATTEMPT = ("id", "learner_id", "number", "state", "revision", "deadline", "saves", "saved_at")
OF_ACTIVITY = tuple(PlayedActivity.__dataclass_fields__)
OF_PLAYED = (*ATTEMPT.c[OF_ATTEMPT], *ACTIVITY.c[OF_ACTIVITY])
IS_PLAYED = ATTEMPT.c.id == bindparam("attempt_id")
PLAYED = select(*OF_PLAYED).select_from(ATTEMPT.join(ACTIVITY)).where(IS_PLAYED)
PLAYED_WITH_PERSON = PERSON.add_columns(*OF_PLAYED).outerjoin(ATTEMPT.join(ACTIVITY), IS_PLAYED)
STEPS = (
    select(*STEP.c["sequence", "kind", "payload", "at"])
    .where(STEP.c.attempt_id == bindparam("attempt_id"), STEP.c.sequence > bindparam("after"))
    .order_by(STEP.c.sequence)
)
DRAFTS = select(*DRAFT.c["slot", "response"]).where(DRAFT.c.attempt_id == bindparam("attempt_id"))
"""What every page and save reads, as columns and not as rows of the session, and composed once: composing a query again
takes as long as running it.
"""


def expect_attempt(_endpoint: str | None, place: dict[str, Any] | None) -> None:
    """Have the attempt that an address names read together with who is signed in: all pages of attempts need both."""
    attempt_id = (place or {}).get("attempt_id", 0)
    if 0 < attempt_id <= LARGEST_ID:
        read_with_person(PLAYED_WITH_PERSON, {"attempt_id": attempt_id})


def played_attempt(attempt_id: int) -> PlayedAttempt | None:
    """Return an attempt with what its player needs, None when there is none."""
    row = found_beside_person() or run(PLAYED, {"attempt_id": attempt_id}).one_or_none()
    if row is None or row[0] != attempt_id:
        return None
    attempt_id, learner_id, number, state, revision, deadline, saves, saved_at, *of_activity = row
    activity = PlayedActivity(*of_activity)
    attempt = PlayedAttempt(attempt_id, learner_id, number, state, revision, deadline, saves, saved_at, activity)
    return replace(attempt, activity=replace(activity, mode=EXAM)) if attempt.is_pre_test else attempt


def steps_of(attempt_id: int, after: int = 0) -> list[Step]:
    """Return an attempt's log, from the step behind the one with the sequence ``after``."""
    return [Step(*tuple(row)) for row in run(STEPS, {"attempt_id": attempt_id, "after": after})]


def state_of(attempt_id: int) -> AttemptState:
    """Return the replay of an attempt's steps."""
    return replay(steps_of(attempt_id))


def states_of(attempt_ids: Collection[int]) -> Mapping[int, AttemptState]:
    """Return the replay of each attempt's steps, all read at once."""
    columns = STEP.c["attempt_id", "sequence", "kind", "payload", "at"]
    query = select(*columns).where(STEP.c.attempt_id.in_(attempt_ids)).order_by(STEP.c.attempt_id, STEP.c.sequence)
    logs = groupby(db.session.execute(query), key=lambda row: row.attempt_id)
    return {attempt_id: replay([Step(*tuple(row)[1:]) for row in rows]) for attempt_id, rows in logs}


MOST_KEPT = 2_000
"""So many states a process keeps (about 10 kB each); then it begins anew."""


def state_before_writing(attempt: PlayedAttempt) -> AttemptState:
    """Return the replay of an attempt's steps, of which those that this process has folded before are not read again.

    A committed step never changes, so what was folded stays true. One that may still be rolled back must not be kept:
    whoever has written in this transaction asks state_of, and so does grading, which always reads the whole log.
    """
    kept: dict[int, AttemptState] = current_app.extensions.setdefault("attempt_states", {})
    state = kept.get(attempt.id, NOTHING_YET)
    if state.sequence > attempt.revision:
        state = NOTHING_YET  # not the log this was folded from
    if state.sequence < attempt.revision:
        state = replay(steps_of(attempt.id, state.sequence), state)
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[attempt.id] = state
    return state


def drafts_of(attempt_id: int) -> dict[int, Response]:
    """Return the autosaved responses by slot."""
    return {row.slot: row.response for row in run(DRAFTS, {"attempt_id": attempt_id})}


def responses_so_far(attempt: Attempt | PlayedAttempt, state: AttemptState) -> Mapping[int, Response]:
    """Return the responses of the log with the newer autosaved ones over them, except where a check has settled them."""
    newer = {slot: given for slot, given in drafts_of(attempt.id).items() if slot not in state.checked}
    return {**state.responses, **newer}


def contents_of(slots: Iterable[Slot]) -> Mapping[int, ItemContent]:
    """Return what each slot's pinned version says, by version id."""
    return contents_by_version(slot.version_id for slot in slots)


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


def attempts_of(learner_id: int, activity_id: int) -> Sequence[Attempt]:
    """Return a learner's attempts at an activity, the first one first."""
    query = select(Attempt).where(Attempt.learner_id == learner_id, Attempt.activity_id == activity_id)
    return db.session.scalars(query.order_by(Attempt.number)).all()


def open_attempt(learner_id: int, activity_id: int) -> Attempt | None:
    """Return the attempt that is still open, if there is one."""
    query = select(Attempt).where(
        Attempt.learner_id == learner_id, Attempt.activity_id == activity_id, Attempt.state == OPEN
    )
    return db.session.scalars(query).first()


def earlier_of(attempts: Iterable[Attempt]) -> list[Earlier]:
    """Return the submitted ones among attempts, as the rules for starting read them."""
    counting = (attempt for attempt in attempts if not attempt.is_pre_test)
    return [Earlier(a.submitted_at, a.passed) for a in counting if a.submitted_at is not None and a.passed is not None]


def unfinished_of(learner_id: int) -> Sequence[Attempt]:
    """Return a learner's open attempts, the last saved first."""
    query = select(Attempt).where(Attempt.learner_id == learner_id, Attempt.state == OPEN)
    return db.session.scalars(query.order_by(Attempt.saved_at.desc(), Attempt.id.desc())).all()


def passed_of(learner_id: int) -> Sequence[Attempt]:
    """Return the attempts a learner passed, the latest first."""
    query = select(Attempt).where(
        Attempt.learner_id == learner_id, Attempt.state == SUBMITTED, Attempt.passed.is_(True)
    )
    return db.session.scalars(query.order_by(Attempt.submitted_at.desc())).all()


def asked_items(activity: Activity) -> list[tuple[int, int, ItemContent]]:
    """Return (version id, objective id, content) of every item the activity asks."""
    contents = contents_by_version(pinned.version_id for pinned in activity.items)
    return [(pinned.version_id, pinned.objective_id, contents[pinned.version_id]) for pinned in activity.items]


def extra_minutes(activity_id: int, learner_id: int) -> int:
    """Return the extra time a learner was granted for an activity, 0 when none was."""
    query = select(ExtraTime.minutes).where(ExtraTime.activity_id == activity_id, ExtraTime.learner_id == learner_id)
    return db.session.scalar(query) or 0


def overdue_ids(now: datetime) -> Sequence[int]:
    """Return the open attempts whose time is up, the one waiting longest first."""
    query = select(Attempt.id).where(Attempt.state == OPEN, Attempt.deadline <= now)
    return db.session.scalars(query.order_by(Attempt.deadline)).all()


def feedback_rule(activity: Activity | PlayedActivity) -> FeedbackRule:
    """Return what an activity shows in each phase."""
    checked = level(activity.feedback_checked) if activity.mode == STUDY else Level.NOTHING
    return FeedbackRule(checked, level(activity.feedback_submitted), level(activity.feedback_final))


def moment_of(attempt: Attempt, today: date) -> Moment:
    """Return how things stand for a submitted attempt."""
    activity = attempt.activity
    attempts = attempts_of(attempt.learner_id, activity.id)
    earlier = earlier_of(attempts)
    is_over = (
        any(one.passed for one in earlier)
        or attempts_left(earlier, activity.max_attempts) == 0
        or closed_because(activity.term, today) is not None
    )
    return Moment(attempt.state == SUBMITTED, is_over, any(one.state == OPEN for one in attempts))


def standings_of(state: AttemptState, responses: Mapping[int, Response]) -> list[Standing]:
    """Return how far each item of an open attempt is, given the responses so far."""
    contents = contents_of(state.slots)
    return [
        Standing(
            slot.number,
            contents[slot.version_id].is_answered(given := responses.get(slot.number, {})),
            bool(given),
            slot.number in state.checked,
            state.marks.get(slot.number, NO_MARKS).flagged,
        )
        for slot in state.slots
    ]


def progress_of(attempt: Attempt) -> tuple[int, int]:
    """Return (answered, asked) of an open attempt."""
    state = state_of(attempt.id)
    standings = standings_of(state, responses_so_far(attempt, state))
    return sum(one.is_answered for one in standings), len(standings)


def questions_of(
    activity: PlayedActivity,
    state: AttemptState,
    responses: Mapping[int, Response],
    numbers: Container[int],
    mistyped: Mapping[int, Mistyped] = NOTHING_MISTYPED,
) -> list[Question]:
    """Return the items ``numbers`` of an open attempt as they are asked, with what was given so far or just mistyped."""
    slots = [slot for slot in state.slots if slot.number in numbers]
    contents, found = contents_of(slots), []
    for slot in slots:
        number, is_checked = slot.number, slot.number in state.checked
        marks, given = state.marks.get(number, NO_MARKS), responses.get(number, {})
        asked = question(slot, contents[slot.version_id], given, mistyped.get(number), marks, activity.ask_confidence)
        found.append(replace(asked, can_check=activity.mode == STUDY, is_checked=is_checked))
    return found


def every_question(attempt: PlayedAttempt, state: AttemptState) -> list[Question]:
    """Return all items of an open attempt as they are asked, with what was given so far."""
    numbers = {slot.number for slot in state.slots}
    return questions_of(attempt.activity, state, responses_so_far(attempt, state), numbers)


def feedback_on_checked(attempt: PlayedAttempt, state: AttemptState, numbers: Iterable[int]) -> dict[int, ItemFeedback]:
    """Return those of an open attempt's slots that may be seen before submission, as they are reviewed then."""
    shown = visible(feedback_rule(attempt.activity), STILL_OPEN, is_checked=True)
    return feedback_of(state, shown, state.checked.keys() & set(numbers))


def feedback_of(state: AttemptState, shown: Level, numbers: Iterable[int]) -> dict[int, ItemFeedback]:
    """Return the slots ``numbers`` as they are reviewed at a level, by slot; nothing below MARKS.

    Before submission that is the latest try of a checked slot, afterwards what was graded, by the version that judges it.
    """
    numbers = set(numbers)
    wanted = [replace(slot, version_id=state.judging(slot)) for slot in state.slots if slot.number in numbers]
    if shown < Level.MARKS or not wanted:
        return {}
    contents = contents_of(wanted)
    passages = passages_of(wanted) if shown >= Level.SOURCE else {}
    texts = {row.id: row.text for row in db.session.scalars(select(Objective).where(Objective.id.in_(
        [slot.objective_id for slot in wanted]
    )))}  # fmt: skip
    found = {}
    for slot in wanted:
        response, fraction = judged(state, slot.number)
        told = item_feedback(slot, contents[slot.version_id], response, fraction, shown, passages.get(slot.version_id))
        correction = state.corrected.get(slot.number)
        found[slot.number] = replace(
            told,
            objective=texts.get(slot.objective_id, ""),
            confidence=state.marks.get(slot.number, NO_MARKS).confidence,
            correction=correction.reason if correction else "",
        )
    return found


def judged(state: AttemptState, number: int) -> tuple[Response, float]:
    """Return the response of a slot that is shown with its fraction: the graded one, or the latest one checked."""
    if state.fractions is not None:
        return state.responses.get(number, {}), state.fractions[number]
    latest = state.practised.get(number, state.checked[number])
    return latest.response, latest.fraction


def passages_of(slots: Iterable[Slot]) -> Mapping[int, Passage]:
    """Return the passage that each slot's version cites, by version id."""
    ids = [slot.version_id for slot in slots]
    versions = db.session.scalars(select(ItemVersion).where(ItemVersion.id.in_(ids))).all()
    rows = {version.item.document_id: version.item.document for version in versions}
    trees = {document_id: tree_of(row) for document_id, row in rows.items()}
    return {
        version.id: passage_around(trees[version.item.document_id], version.citation["start"], version.citation["end"])
        for version in versions
    }


@dataclass(frozen=True)
class WorkWaiting:
    """What waits for an editor: items to review, activities not published yet, background work that failed or stands."""

    items: int
    activities: int
    jobs: int
    unattended: int


def work_waiting(now: datetime) -> WorkWaiting:
    """Count what needs an editor's hand first."""
    return WorkWaiting(
        items=counted(select(ItemVersion).where(ItemVersion.state == "draft")),
        activities=counted(select(Activity).where(Activity.state == "draft")),
        jobs=counted(select(Job).where(Job.state == "failed")),
        unattended=unattended_jobs(now),
    )


def counted(query: Select[*tuple[Any, ...]]) -> int:
    """Return how many rows a query finds."""
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def attempts_with(words: str, result: str) -> Select[Attempt, Account, Activity]:
    """Return a query for attempts whose person or activity has the words, of one result: open, passed, failed or any."""
    query = select(Attempt, Account, Activity).join(Attempt.learner).join(Attempt.activity)
    if words:
        query = query.where(
            or_(contains(Account.name, words), contains(Account.email, words), contains(Activity.title, words))
        )
    if result == "open":
        query = query.where(Attempt.state == OPEN)
    elif result in ("passed", "failed"):
        query = query.where(Attempt.passed.is_(result == "passed"), Attempt.number > PRE_TEST)
    return query


def plan_words(learner_id: int, activity_id: int, now: datetime) -> dict[str, Any]:
    """Return what the learner's plan says to starting an activity, and the price in words when it costs something."""
    plan = admission(learner_id, ACTIVITIES, f"activity:{activity_id}", now)
    return {"plan": plan, "price": catalogue().money(plan.cost) if plan.cost else ""}
