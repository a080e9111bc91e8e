"""Reads of analysis: the sittings of an activity, what it asked, its report, and where an item was asked."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from flask import current_app
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased, selectinload

from quizbank.activities.availability import DRAFT
from quizbank.activities.models import Activity, ActivityItem
from quizbank.analysis.comparison import Pair
from quizbank.analysis.reporting import ActivityReport, Asked, report_on
from quizbank.analysis.sittings import Sitting, sitting_of
from quizbank.attempts.feedback import objective_scores
from quizbank.attempts.limits import PRE_TEST
from quizbank.attempts.log import AttemptState, Step
from quizbank.attempts.models import SUBMITTED, Attempt, AttemptStep
from quizbank.attempts.queries import states_of
from quizbank.db import db
from quizbank.items.models import ItemVersion
from quizbank.items.queries import content_of

AT_ONCE = 200
"""So many pairs of logs are read at once."""

FIRST, ALL = "first", "all"
"""Which attempts count: the first of every learner, whose answers nothing has prepared, or all of them."""

FIRST_ATTEMPTS = (
    select(
        Attempt.activity_id,
        func.count().label("n"),
        func.avg(Attempt.score).label("mean"),
        func.avg(case((Attempt.passed.is_(True), 1.0), else_=0.0)).label("passed"),
    )
    .where(Attempt.state == SUBMITTED, Attempt.number == 1)
    .group_by(Attempt.activity_id)
    .subquery()
)
"""Submitted first attempts by activity: how many, their mean score in percent, the part that passed (0-1)."""
ATTEMPTS = func.coalesce(FIRST_ATTEMPTS.c.n, 0).label("attempts")


def counting(activity_id: int, counted: str) -> list[ColumnElement[bool]]:
    """Return the conditions of the attempts that are counted: submitted, and the first of each learner or all."""
    conditions = [Attempt.activity_id == activity_id, Attempt.state == SUBMITTED]
    return [*conditions, Attempt.number == 1] if counted == FIRST else [*conditions, Attempt.number > PRE_TEST]


def sittings_of(activity_id: int, counted: str) -> list[Sitting]:
    """Return the submitted attempts of an activity, the oldest first; ``counted`` is FIRST or ALL."""
    query = (
        select(AttemptStep.attempt_id, AttemptStep.sequence, AttemptStep.kind, AttemptStep.payload, AttemptStep.at)
        .join(Attempt, Attempt.id == AttemptStep.attempt_id)
        .where(*counting(activity_id, counted))
        .order_by(AttemptStep.attempt_id, AttemptStep.sequence)
    )
    return [
        sitting_of(attempt_id, [Step(*row[1:]) for row in rows])
        for attempt_id, rows in groupby(db.session.execute(query), key=lambda row: row.attempt_id)
    ]


def pairs_of(activity: Activity) -> list[Pair]:
    """Return the learners who took the pre-test and then a first attempt that counts, with both scores."""
    before, after = aliased(Attempt), aliased(Attempt)
    query = (
        select(before.id, after.id)
        .join(after, (after.learner_id == before.learner_id) & (after.activity_id == before.activity_id))
        .where(before.activity_id == activity.id, before.number == PRE_TEST, after.number == PRE_TEST + 1)
        .where(before.state == SUBMITTED, after.state == SUBMITTED)
        .order_by(before.id)
    )
    ids = [tuple(row) for row in db.session.execute(query)]
    texts = {objective.id: objective.text for objective in activity.objectives}
    pairs = []
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        states = states_of([one for both in part for one in both])
        pairs += [pair_of(states[first], states[second], texts) for first, second in part]
    return pairs


def pair_of(before: AttemptState, after: AttemptState, texts: Mapping[int, str]) -> Pair:
    """Return one learner's two submitted attempts as scores; ``texts`` are the objectives' by id."""
    found = [objective_scores(state.slots, state.fractions or {}, texts) for state in (before, after)]
    first, second = ({one.text: one.score for one in scores} for scores in found)
    both = {text: (first[text], second[text]) for text in first if text in second}
    return Pair(before.score or 0.0, after.score or 0.0, both)


def asked_in(activity: Activity, sittings: Sequence[Sitting]) -> list[Asked]:
    """Return the item versions of an activity in its order; a corrected key counts where attempts were regraded."""
    judged = {
        one.version_id: one.judged_by for sitting in sittings for one in sitting.given.values() if one.is_corrected
    }
    rows = {row.id: row for row in db.session.scalars(select(ItemVersion).where(ItemVersion.id.in_(judged.values())))}
    found = []
    for number, pinned in enumerate(activity.items, start=1):
        judging = rows.get(judged.get(pinned.version_id, 0))
        found.append(
            Asked(
                number,
                pinned.version_id,
                pinned.version.item_id,
                pinned.version.number,
                content_of(judging or pinned.version),
                pinned.objective.text,
                judging.number if judging else None,
            )
        )
    return found


def report_of(activity: Activity, counted: str) -> ActivityReport:
    """Return the report of an activity, made anew when its attempts changed.

    Logs are insert-only, so the report made last is right as long as there are as many attempts with as many steps;
    reading a log costs about 1.5 ms, and every dot of the picture leads to a page that needs the whole report.
    """
    kept = current_app.extensions.setdefault("analysis_reports", {})
    query = select(func.count(), func.coalesce(func.sum(Attempt.revision), 0)).where(*counting(activity.id, counted))
    seen = tuple(db.session.execute(query).one())
    made_from, report = kept.get((activity.id, counted), (None, None))
    if made_from != seen:
        sittings = sittings_of(activity.id, counted)
        report = report_on(sittings, asked_in(activity, sittings))
        kept[activity.id, counted] = (seen, report)
    return report


def activities_with_attempts() -> Select[Activity, int, float, float]:
    """Return a query for activities that are or were open, with their first attempts: how many, mean score, part passed."""
    return (
        select(Activity, ATTEMPTS, FIRST_ATTEMPTS.c.mean, FIRST_ATTEMPTS.c.passed)
        .outerjoin(FIRST_ATTEMPTS, FIRST_ATTEMPTS.c.activity_id == Activity.id)
        .where(Activity.state != DRAFT)
    )


def places_of(item_id: int) -> Sequence[ActivityItem]:
    """Return where the versions of an item are asked, the newest activity first."""
    query = (
        select(ActivityItem)
        .join(ItemVersion, ItemVersion.id == ActivityItem.version_id)
        .where(ItemVersion.item_id == item_id)
        .options(selectinload(ActivityItem.activity), selectinload(ActivityItem.version))
        .order_by(ActivityItem.activity_id.desc())
    )
    return db.session.scalars(query).all()
