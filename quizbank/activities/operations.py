"""The only writers of activities: proposing one from a document, changing its draft, publishing, closing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from quizbank.accounts.operations import record_audit
from quizbank.activities.assembly import assemble
from quizbank.activities.availability import CLOSED, DRAFT, PUBLISHED, warning_step
from quizbank.activities.credit_types import type_to_json
from quizbank.activities.formats import credit_for_minutes
from quizbank.activities.learning_time import LEAST_MINUTES, estimated_minutes
from quizbank.activities.letters import expiry_letter
from quizbank.activities.models import Activity, ActivityCredit, ActivityItem, Objective
from quizbank.activities.queries import (
    available_versions,
    credit_types,
    expiring_activities,
    keepers_of,
    kind_of,
    needs_of,
    plan_of,
)
from quizbank.activities.readiness import Shortcoming, shortcomings
from quizbank.db import db
from quizbank.documents.models import StoredDocument
from quizbank.documents.queries import tree_of
from quizbank.documents.tree import Document
from quizbank.local_time import local_date
from quizbank.post.operations import write_messages
from quizbank.post.queries import address_of

MOST_WARNED = 1_000
"""Activities of which warnings are written on one day."""

DEFAULT_INSTRUCTIONS = (
    "Read the document, answer the questions and reach the pass mark. "
    "Then complete the short evaluation and claim your credit."
)


class NotReady(ValueError):
    """The activity cannot be published yet; ``missing`` says why."""

    def __init__(self, missing: Sequence[Shortcoming]) -> None:
        super().__init__(" ".join(shortcoming.words for shortcoming in missing))
        self.missing = tuple(missing)


class ActivityRefused(ValueError):
    """The activity cannot be changed as asked; the message says why."""


class DraftChanged(ActivityRefused):
    """The draft was saved by someone else since it was shown; nothing was changed."""


def propose_activity(row: StoredDocument, account_id: int, now: datetime) -> Activity:
    """Create a draft activity from a document: title, objectives, times and references as found in it."""
    today = local_date(now)
    activity = Activity(
        document_id=row.id,
        title=row.title,
        instructions=DEFAULT_INSTRUCTIONS,
        released_on=today,
        reviewed_on=today,
        expires_on=today + timedelta(days=2 * 365),
        references=references_in(tree_of(row)),
        created_at=now,
        created_by_id=account_id,
    )
    db.session.add(activity)
    db.session.flush()
    available = available_versions(activity)
    for position, (text, versions) in enumerate(available.items()):
        objective = Objective(position=position, source=text, text=text, item_count=len(versions))
        activity.objectives.append(objective)
    items = sum(len(versions) for versions in available.values())
    activity.minutes = max(LEAST_MINUTES, estimated_minutes(row.words, items))
    kind = credit_types().to_offer()[0]
    fitting = credit_for_minutes(activity.minutes, kind.step, kind.minutes)
    change_credits(activity, [(kind.name, max(kind.minimum, fitting))])
    record_audit("activity.proposed", f"activity:{activity.id}", account_id, now)
    return activity


def references_in(document: Document) -> list[str]:
    """Return the entries of the document's real bibliographies."""
    found: list[str] = []
    for section in document.sections:
        if section.references:
            for block in section.blocks:
                spans = [(e.start, e.end) for e in block.entries] or [(block.start, block.end)]
                found += [document.quote(start, end) for start, end in spans]
    return found[:100]


def save_draft(
    activity: Activity,
    revision: int,
    values: Mapping[str, Any],
    objectives: Sequence[tuple[str, str, int]],
    credits: Sequence[tuple[str, Decimal]],
    account_id: int,
    now: datetime,
) -> None:
    """Store what a form says of a draft, unless someone saved it after ``revision`` was shown.

    ``values`` are columns; for ``objectives`` and ``credits`` see change_objectives and change_credits. Raises
    DraftChanged, or ActivityRefused when it is no draft any more.
    """
    moved = db.session.execute(
        update(Activity)
        .where(Activity.id == activity.id, Activity.state == DRAFT, Activity.revision == revision)
        .values({**values, "revision": revision + 1})
        .returning(Activity.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    db.session.refresh(activity)
    if moved is None:
        require_draft(activity)
        raise DraftChanged("Someone else saved this draft after you opened it.")
    change_objectives(activity, objectives)
    change_credits(activity, credits)
    record_audit("activity.changed", f"activity:{activity.id}", account_id, now)


def change_objectives(activity: Activity, rows: Sequence[tuple[str, str, int]]) -> None:
    """Set the objectives from (source, text, item count); a new one has no source and so no items yet."""
    require_draft(activity)
    activity.objectives = [
        Objective(position=position, source=source or text, text=text, item_count=count)
        for position, (source, text, count) in enumerate(rows)
    ]
    db.session.flush()


def change_credits(activity: Activity, rows: Sequence[tuple[str, Decimal]]) -> None:
    """Set what credit a draft offers, from (type, maximum)."""
    require_draft(activity)
    kept = {credit.credit_type: credit for credit in activity.credits}
    activity.credits = [kept.get(name) or ActivityCredit(credit_type=name) for name, _ in rows]
    for position, (credit, (_, maximum)) in enumerate(zip(activity.credits, rows, strict=True)):
        credit.position, credit.maximum = position, maximum
    db.session.flush()


def hold(activity: Activity) -> None:
    """Read the activity anew and keep others from changing it until the commit (SQLite has one writer anyway)."""
    db.session.flush()
    db.session.refresh(activity, with_for_update={"key_share": True})


def require_draft(activity: Activity) -> None:
    """Raise ActivityRefused when learners may have seen the activity already."""
    if activity.state != DRAFT:
        raise ActivityRefused(
            "A published activity does not change under its learners. Close it and propose a new one."
        )


def publish_activity(activity: Activity, account_id: int, now: datetime, more: Sequence[Shortcoming] = ()) -> None:
    """Pin the item versions, designate the credit and open the activity; raises NotReady with everything missing.

    From now on the credit is what it is at this moment, its terms and wording too. ``more`` is what keeps it from being
    published for reasons that later features know.
    """
    hold(activity)
    missing = [*shortcomings(plan_of(activity), local_date(now)), *more]
    if missing:
        raise NotReady(missing)
    moved = db.session.execute(
        update(Activity)
        .where(Activity.id == activity.id, Activity.state == DRAFT)
        .values(state=PUBLISHED, published_at=now, designated_at=now)
        .returning(Activity.id)
    ).scalar_one_or_none()
    if moved is None:
        raise ActivityRefused("This activity has been published already.")
    chosen = assemble(needs_of(activity), available_versions(activity))
    for credit in activity.credits:
        credit.terms, credit.designated_at = type_to_json(kind_of(credit)), now
    for position, (objective_id, version_id) in enumerate(chosen):
        pinned = ActivityItem(objective_id=objective_id, version_id=version_id, position=position)
        pinned.activity_id = activity.id
        db.session.add(pinned)
    db.session.flush()
    db.session.refresh(activity)
    designated = {credit.credit_type: str(credit.maximum) for credit in activity.credits}
    record_audit("activity.published", f"activity:{activity.id}", account_id, now, credit=designated)


def close_activity(activity: Activity, account_id: int, now: datetime) -> None:
    """Take an activity out of the catalogue; what was earned stays."""
    hold(activity)
    if activity.state != PUBLISHED:
        raise ActivityRefused("Only a published activity can be closed.")
    activity.state = CLOSED
    db.session.flush()
    record_audit("activity.closed", f"activity:{activity.id}", account_id, now)


def warn_of_expiry(today: date, now: datetime) -> None:
    """Tell those who may act of every activity that expires soon, once for each step of warning."""
    for activity in expiring_activities(today, MOST_WARNED):
        step, ends = warning_step(activity.term, today), activity.expires_on
        if step is not None and ends is not None:
            told, page = (activity.id, activity.title, ends, step), address_of(f"/activities/{activity.id}")
            write_messages([(one, expiry_letter(*told, one, page)) for one in keepers_of(activity)], now)
