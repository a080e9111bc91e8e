"""Reads of attempts: the replayed state, drafts, contents, and what a learner has behind and before them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from quizbank.activities.models import Activity
from quizbank.attempts.limits import Earlier
from quizbank.attempts.log import AttemptState, Slot, Step, replay
from quizbank.attempts.models import OPEN, SUBMITTED, Attempt, AttemptDraft, AttemptStep, ExtraTime
from quizbank.db import db
from quizbank.items.content import ItemContent, Response
from quizbank.items.models import ItemVersion
from quizbank.items.queries import content_of
from quizbank.jobs.models import Job


def steps_of(attempt_id: int) -> list[Step]:
    """Return an attempt's log, plain columns instead of rows of the session: it is read on every page and save."""
    query = select(AttemptStep.sequence, AttemptStep.kind, AttemptStep.payload, AttemptStep.at)
    found = db.session.execute(query.where(AttemptStep.attempt_id == attempt_id).order_by(AttemptStep.sequence))
    return [Step(*row) for row in found]


def state_of(attempt_id: int) -> AttemptState:
    """Return the replay of an attempt's steps."""
    return replay(steps_of(attempt_id))


def drafts_of(attempt_id: int) -> dict[int, Response]:
    """Return the autosaved responses by slot."""
    query = select(AttemptDraft.slot, AttemptDraft.response).where(AttemptDraft.attempt_id == attempt_id)
    return {row.slot: row.response for row in db.session.execute(query)}


def responses_so_far(attempt: Attempt, state: AttemptState) -> Mapping[int, Response]:
    """Return the responses of the log with the newer autosaved ones over them, except where a check has settled them."""
    newer = {slot: given for slot, given in drafts_of(attempt.id).items() if slot not in state.checked}
    return {**state.responses, **newer}


def contents_of(slots: Iterable[Slot]) -> Mapping[int, ItemContent]:
    """Return what each slot's pinned version says, by version id."""
    ids = [slot.version_id for slot in slots]
    versions = db.session.scalars(select(ItemVersion).where(ItemVersion.id.in_(ids)))
    return {version.id: content_of(version) for version in versions}


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
    return [Earlier(a.submitted_at, a.passed) for a in attempts if a.submitted_at is not None and a.passed is not None]


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
    return [(pinned.version_id, pinned.objective_id, content_of(pinned.version)) for pinned in activity.items]


def extra_minutes(activity_id: int, learner_id: int) -> int:
    """Return the extra time a learner was granted for an activity, 0 when none was."""
    query = select(ExtraTime.minutes).where(ExtraTime.activity_id == activity_id, ExtraTime.learner_id == learner_id)
    return db.session.scalar(query) or 0


def overdue_ids(now: datetime) -> Sequence[int]:
    """Return the open attempts whose time is up, the one waiting longest first."""
    query = select(Attempt.id).where(Attempt.state == OPEN, Attempt.deadline <= now)
    return db.session.scalars(query.order_by(Attempt.deadline)).all()


@dataclass(frozen=True)
class WorkWaiting:
    """What waits for an editor: items to review, activities not published yet, background work that failed."""

    items: int
    activities: int
    jobs: int


def work_waiting() -> WorkWaiting:
    """Count what needs an editor's hand first."""
    return WorkWaiting(
        items=counted(select(ItemVersion).where(ItemVersion.state == "draft")),
        activities=counted(select(Activity).where(Activity.state == "draft")),
        jobs=counted(select(Job).where(Job.state == "failed")),
    )


def counted(query: Select[*tuple[Any, ...]]) -> int:
    """Return how many rows a query finds."""
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
