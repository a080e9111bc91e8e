"""Reads of outcomes: an activity's results and the records of a year, counted by the database."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, distinct, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from certificates.credits.models import CreditClaim
from certificates.credits.queries import CREDITED
from certificates.issuing.models import REVOKED, Certificate
from certificates.reporting.outcomes.results import Answers, Change, CreditTotal, Group, ObjectiveResult, Results
from certificates.reporting.outcomes.year import Summary, summarise
from certificates.reporting.records import ActivityRecord, Support
from certificates.surveys.queries import answered_versions, chosen_answers
from certificates.surveys.questions import TEXT
from certificates.surveys.results import tallies
from quizbank.accounts.models import Account
from quizbank.accounts.roles import PROFESSIONS
from quizbank.activities.availability import DRAFT
from quizbank.activities.companies import supporters
from quizbank.activities.faculty import persons_from_json
from quizbank.activities.formats import FORMATS
from quizbank.activities.models import Activity
from quizbank.activities.queries import credit_types
from quizbank.analysis.comparison import comparisons
from quizbank.analysis.queries import FIRST, pairs_of, report_of
from quizbank.attempts.models import SUBMITTED, Attempt
from quizbank.db import db
from quizbank.followups.queries import retention_after
from quizbank.local_time import day_end, day_start

Found = Select[*tuple[Any, ...]]
REVOKED_CLAIMS = select(Certificate.claim_id).where(Certificate.state == REVOKED)
STANDS = and_(CreditClaim.id.not_in(REVOKED_CLAIMS), CREDITED > 0)
"""The condition that a claim counts: it was not withdrawn, nor its certificate revoked."""
AMA = "ama_pra_1"


def in_year(year: int) -> list[ColumnElement[bool]]:
    """Return the condition that an attempt was submitted in a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [Attempt.submitted_at >= day_start(first), Attempt.submitted_at < day_end(last)]


def results_of(activity: Activity) -> Results:
    """Return everything an activity came to."""
    return Results(
        activity.title,
        groups_of(activity.id),
        objectives_of(activity),
        (*gains_of(activity), *retakes_of(activity.id), *kept_after(activity.id)),
        evaluation_results(activity.id),
        credit_totals(CreditClaim.activity_id == activity.id),
    )


def groups_of(activity_id: int) -> tuple[Group, ...]:
    """Return the learners of an activity by profession, in the order of the house's list."""
    of_learner = and_(CreditClaim.learner_id == Attempt.learner_id, CreditClaim.activity_id == Attempt.activity_id)
    passed = case((Attempt.passed.is_(True), Attempt.learner_id))
    counts = [func.count(distinct(column)) for column in (Attempt.learner_id, passed, CreditClaim.learner_id)]
    query = (
        select(Account.profession, *counts)
        .select_from(Attempt)
        .join(Account, Account.id == Attempt.learner_id)
        .outerjoin(CreditClaim, and_(of_learner, STANDS))
        .where(Attempt.activity_id == activity_id)
        .group_by(Account.profession)
    )
    places = {name: place for place, name in enumerate(PROFESSIONS)}
    rows = sorted(db.session.execute(query).all(), key=lambda row: places.get(row[0], len(places)))
    return tuple(Group(PROFESSIONS.get(row[0], row[0]), row[1], row[2], row[3]) for row in rows)


def objectives_of(activity: Activity) -> tuple[ObjectiveResult, ...]:
    """Return the outcomes by objective: first attempts, which nothing had prepared."""
    return tuple(ObjectiveResult(one.text, one.items, one.n, one.mean) for one in report_of(activity, FIRST).objectives)


def gains_of(activity: Activity) -> list[Change]:
    """Return what learners knew before reading and at their first attempt, where the activity begins with a pre-test."""
    whole, *_ = comparisons(pairs_of(activity) if activity.pre_test else [])
    label = "Score before reading and at the first attempt, of those who took the pre-test"
    return [Change(label, whole.n, whole.before, whole.after)] if whole.n else []


def retakes_of(activity_id: int) -> list[Change]:
    """Return the first and the last score of those who took an activity more than once."""
    first, last = aliased(Attempt), aliased(Attempt)
    numbers = (
        select(Attempt.learner_id, func.max(Attempt.number).label("number"))
        .where(Attempt.activity_id == activity_id, Attempt.state == SUBMITTED)
        .group_by(Attempt.learner_id)
        .having(func.max(Attempt.number) > 1)
        .subquery()
    )
    query = (
        select(func.count(), func.avg(first.score), func.avg(last.score))
        .select_from(numbers)
        .join(first, and_(first.learner_id == numbers.c.learner_id, first.number == 1))
        .join(last, and_(last.learner_id == numbers.c.learner_id, last.number == numbers.c.number))
        .where(first.activity_id == activity_id, last.activity_id == activity_id)
    )
    count, before, after = db.session.execute(query).one()
    label = "Score at the first and at the last attempt, of those with more than one"
    return [Change(label, count, before, after)] if count else []


def kept_after(activity_id: int) -> list[Change]:
    """Return how much was still known later, where learners were asked again."""
    return [
        Change(f"Answers still right {one.days} days later", one.n, None, 100 * one.mean)
        for one in retention_after(activity_id)
        if one.mean is not None
    ]


def evaluation_results(activity_id: int) -> tuple[Answers, ...]:
    """Return how an activity was evaluated, question by question, texts left out. The one place that reads evaluations."""
    return tuple(
        Answers(tally.question.text, dict(tally.counts))
        for asked, _ in answered_versions(activity_id)
        for tally in tallies(
            [question for question in asked.questions if question.kind != TEXT], chosen_answers(activity_id, asked)
        )
    )


def credit_totals(*conditions: ColumnElement[bool]) -> tuple[CreditTotal, ...]:
    """Return the credit of the claims that stand, by type."""
    query = (
        select(CreditClaim.credit_type, func.count(), func.sum(CREDITED))
        .join(Attempt, Attempt.id == CreditClaim.attempt_id)
        .where(STANDS, *conditions)
        .group_by(CreditClaim.credit_type)
    )
    found = {row[0]: row for row in db.session.execute(query)}
    label = credit_types().named
    return tuple(CreditTotal(label(name).label, found[name][1], Decimal(found[name][2])) for name in sorted(found))


def completed_in(year: int) -> Subquery:
    """Return for each activity how many physicians and others completed it in a year."""
    is_physician = Account.profession == "physician"
    counts = (
        func.count(distinct(case((is_physician, Attempt.learner_id)))).label("physicians"),
        func.count(distinct(case((~is_physician, Attempt.learner_id)))).label("others"),
    )
    return (
        select(Attempt.activity_id, *counts)
        .join(Account, Account.id == Attempt.learner_id)
        .where(Attempt.passed.is_(True), *in_year(year))
        .group_by(Attempt.activity_id)
        .subquery()
    )


def activities_of_year(year: int) -> Found:
    """Return the activities that were open in a year, with how many physicians and others completed them in it."""
    completed = completed_in(year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    counts = [func.coalesce(column, 0) for column in (completed.c.physicians, completed.c.others)]
    return (
        select(Activity, *counts)
        .outerjoin(completed, completed.c.activity_id == Activity.id)
        .where(Activity.state != DRAFT)
        .where(or_(Activity.released_on.is_(None), Activity.released_on <= last))
        .where(or_(Activity.expires_on.is_(None), Activity.expires_on >= first))
    )


def records_of(year: int) -> list[ActivityRecord]:
    """Return the records of the activities that were open in a year."""
    query = (
        activities_of_year(year)
        .options(selectinload(Activity.objectives), selectinload(Activity.credits))
        .order_by(Activity.id)
    )
    return [record_of(*row) for row in db.session.execute(query)]


def record_of(activity: Activity, physicians: int, others: int) -> ActivityRecord:
    """Return the record of an activity."""
    faculty = persons_from_json(activity.faculty)
    credit = next((one for one in activity.credits if one.credit_type == AMA), next(iter(activity.credits), None))
    return ActivityRecord(
        reference=str(activity.id),
        title=activity.title,
        format=activity.format,
        released_on=activity.released_on,
        expires_on=activity.expires_on,
        minutes=activity.minutes,
        credit_type=credit.credit_type if credit else "",
        maximum=credit.maximum if credit else Decimal(0),
        objectives=tuple(objective.text for objective in activity.objectives),
        support=support_of(activity.commercial_support),
        faculty=len(faculty),
        disclosing=sum(bool(person.disclosures) for person in faculty),
        physicians=physicians,
        others=others,
    )


def support_of(text: str) -> tuple[Support, ...]:
    """Return the commercial support that an activity names: a line each, "Company: what was given"."""
    lines: Sequence[tuple[str, str, str]] = [line.partition(":") for line in supporters(text)]
    return tuple(Support(company.strip(), given.strip()) for company, _, given in lines)


def summary_of(year: int) -> Summary:
    """Return the provider's year in figures."""
    return summarise(year, records_of(year), credit_totals(*in_year(year)), FORMATS)
