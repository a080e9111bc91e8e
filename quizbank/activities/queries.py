"""Reads of activities: what readiness looks at, what is open to learners."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from quizbank.activities.assembly import Need, assemble
from quizbank.activities.availability import PUBLISHED
from quizbank.activities.faculty import persons_from_json
from quizbank.activities.formats import credit_type
from quizbank.activities.models import Activity
from quizbank.activities.readiness import Plan
from quizbank.db import db
from quizbank.items.queries import published_versions_of


def available_versions(activity: Activity) -> Mapping[str, Sequence[int]]:
    """Return the published versions of the activity's document by the objective they were written for."""
    found: dict[str, list[int]] = {}
    for version in published_versions_of(activity.document_id):
        found.setdefault(version.objective, []).append(version.id)
    return found


def needs_of(activity: Activity) -> list[Need]:
    """Return the activity's specification."""
    return [Need(o.id, o.source, o.item_count) for o in activity.objectives]


def plan_of(activity: Activity) -> Plan:
    """Return the facts that readiness looks at; the items counted for an objective are those it would be given."""
    chosen = assemble(needs_of(activity), available_versions(activity))
    given = Counter(objective_id for objective_id, _ in chosen)
    return Plan(
        title=activity.title,
        instructions=activity.instructions,
        pass_mark=activity.pass_mark,
        minutes=activity.minutes,
        credit_type=credit_type(activity.credit_type),
        maximum_credit=activity.maximum_credit,
        released_on=activity.released_on,
        reviewed_on=activity.reviewed_on,
        expires_on=activity.expires_on,
        references=tuple(activity.references),
        faculty=persons_from_json(activity.faculty),
        asked_items=tuple((o.text, o.item_count, given[o.id]) for o in activity.objectives),
    )


def open_activities(today: date) -> Sequence[Activity]:
    """Return what learners can start today, the newest first."""
    query = (
        select(Activity)
        .where(Activity.state == PUBLISHED, Activity.released_on <= today, Activity.expires_on >= today)
        .order_by(Activity.published_at.desc(), Activity.id.desc())
    )
    return db.session.scalars(query).all()
