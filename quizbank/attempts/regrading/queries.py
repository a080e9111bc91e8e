"""Reads for regrading: an item's correction, and the attempts that were judged by its earlier versions."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, func, select

from quizbank.activities.models import ActivityItem
from quizbank.attempts.log import AttemptState
from quizbank.attempts.models import OPEN, SUBMITTED, Attempt
from quizbank.attempts.queries import states_of
from quizbank.attempts.regrading.outcomes import Correction
from quizbank.db import db
from quizbank.items.models import PUBLISHED, Item, ItemVersion
from quizbank.items.queries import content_of

AT_ONCE = 200
"""So many logs are read at once."""


def correction_of(item: Item) -> Correction | None:
    """Return what now decides about an item, None when none of its versions is published."""
    published = next((version for version in item.versions if version.state == PUBLISHED), None)
    if published is None:
        return None
    earlier = frozenset(version.id for version in item.versions if version.number < published.number)
    return Correction(published.id, content_of(published), earlier)


def asked_versions(correction: Correction) -> Sequence[ItemVersion]:
    """Return the earlier versions that an activity asks."""
    query = select(ItemVersion).join(ActivityItem, ActivityItem.version_id == ItemVersion.id)
    return db.session.scalars(query.where(ItemVersion.id.in_(correction.earlier)).distinct()).all()


def attempts_asked(correction: Correction, state: str) -> Select[Attempt]:
    """Return a query for the attempts in a state that were asked an earlier version, the first one first."""
    activities = select(ActivityItem.activity_id).where(ActivityItem.version_id.in_(correction.earlier))
    return select(Attempt).where(Attempt.activity_id.in_(activities), Attempt.state == state).order_by(Attempt.id)


def graded_attempts(correction: Correction) -> Iterator[tuple[Attempt, AttemptState]]:
    """Yield the submitted attempts that were asked an earlier version, with the replay of their logs."""
    attempts = db.session.scalars(attempts_asked(correction, SUBMITTED)).all()
    for first in range(0, len(attempts), AT_ONCE):
        part = attempts[first : first + AT_ONCE]
        states = states_of([attempt.id for attempt in part])
        yield from ((attempt, states[attempt.id]) for attempt in part)


def open_count(correction: Correction) -> int:
    """Return how many open attempts are being asked an earlier version; they can be regraded once submitted."""
    return db.session.scalar(select(func.count()).select_from(attempts_asked(correction, OPEN).subquery())) or 0
