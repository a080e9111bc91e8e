"""Reads of reports about learners: how every claim stands with a destination, decided and counted by the database.

The conditions here say in SQL what checks.py and standing.py say in Python, so that 50,000 claims are counted without
loading one; a test compares the two on rows of every kind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Table,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
)

from certificates.credits.models import CreditClaim
from certificates.credits.queries import CREDITED
from certificates.issuing.models import SUPERSEDED, VALID, Certificate
from certificates.reporting.checks import Problem, problems_of
from certificates.reporting.destinations import CE_BROKER, EVERYBODY, PARS, Destination
from certificates.reporting.jurisdictions import SPELLINGS
from certificates.reporting.models import PREPARED, SENT, Report, ReportLine
from certificates.reporting.records import SUBMIT, Learner, Participation, Sitting
from certificates.reporting.standing import CHANGED, HELD, NEW, NOTHING, STANDINGS, SUBMITTED, WITHDRAWN
from certificates.wallet.models import Identity, License, ReportingConsent
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.activities.queries import credit_types
from quizbank.attempts.limits import PRE_TEST
from quizbank.attempts.models import SUBMITTED as SUBMITTED_ATTEMPT
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.local_time import day_end, day_start, local_date
from quizbank.spreadsheets import FORMULA_STARTS
from quizbank.web.lists import contains

Found = Select[*tuple[Any, ...]]
DIGITS = "0123456789"
NPI_PREFIX_SUM = 24
"""What the digits 80840 before an NPI add to its Luhn sum."""
TOLERANCE = 0.000001
"""SQLite keeps amounts as floating-point numbers."""
AT_ONCE = 2_000
"""Lines of a report in memory while a file is written."""
PROFESSION = func.coalesce(CreditClaim.profession, Account.profession)
"""A claim is told with the profession it was made under; older claims do not know it."""
OFFERED = and_(
    ActivityCredit.activity_id == CreditClaim.activity_id, ActivityCredit.credit_type == CreditClaim.credit_type
)
COMPARED: Mapping[str, tuple[str, ...]] = {
    PARS.name: ("given_name", "family_name", "birthday", "npi", "license_state", "license_number", "amount"),
    EVERYBODY.name: ("amount",),
    CE_BROKER.name: ("license_state", "license_number", "profession", "amount"),
}
"""What a destination is told that can change afterwards."""


@dataclass(frozen=True)
class Narrowing:
    """Which claims are asked for: a year of completion, an activity, words of the person's name or e-mail; empty = all."""

    year: int | None = None
    activity_id: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Row:
    """A claim on a page of a report: whose, how it stands and what keeps it back."""

    claim_id: int
    account_id: int
    name: str
    email: str
    participation: Participation
    standing: str
    problems: list[Problem]


def text_given(column: SQLColumnExpression[str]) -> ColumnElement[bool]:
    return func.trim(column) != ""


def is_npi_in_sql(npi: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return checks.is_npi as a condition."""
    luhn: ColumnElement[int] = literal(NPI_PREFIX_SUM)
    for place in range(10):
        digit = func.substr(npi, place + 1, 1).cast(Integer)
        luhn = luhn + (digit * 2 - case((digit > 4, 9), else_=0) if place % 2 == 0 else digit)
    are_digits = and_(func.length(npi) == 10, func.ltrim(npi, DIGITS) == "")
    return case((are_digits, luhn % 10), else_=1) == 0


def is_birthday_in_sql(birthday: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return checks.is_birthday as a condition."""
    month, day = func.substr(birthday, 1, 2), func.substr(birthday, 4, 2)
    last = case((month == "02", "29"), (month.in_(["04", "06", "09", "11"]), "30"), else_="31")
    digits = func.replace(birthday, "-", "")
    return and_(
        func.length(birthday) == 5,
        func.substr(birthday, 3, 1) == "-",
        func.length(digits) == 4,
        func.ltrim(digits, DIGITS) == "",
        month.between("01", "12"),
        day.between("01", last),
    )


def is_on_steps_in_sql() -> ColumnElement[bool]:
    """Return checks.credit_off_steps' opposite as a condition on a claim that counts something and its credit."""
    steps = {kind.name: kind.step for kind in credit_types().types}
    parts = CREDITED * case({name: 1 / step for name, step in steps.items()}, value=CreditClaim.credit_type, else_=0)
    return and_(
        CreditClaim.credit_type.in_(steps),
        ActivityCredit.maximum >= CREDITED,
        func.abs(parts - func.round(parts)) < TOLERANCE,
    )


def kept_apart(query: Found, name: str) -> CTE:
    """Return a query that the database answers once and then joins: mixed into the join it would be asked for every row."""
    return query.cte(name).prefix_with("MATERIALIZED")


def licenses() -> CTE:
    """Return for each person the medical license to report: the newest with a state and a number, else the newest."""
    code = case(SPELLINGS, value=func.upper(func.trim(License.body)), else_="")
    usable = case((and_(code != "", text_given(License.number)), License.id))
    chosen = (
        select(func.coalesce(func.max(usable), func.max(License.id)))
        .where(License.kind == "medical")
        .group_by(License.account_id)
    )
    columns = (License.account_id, License.body, code.label("state"), License.number)
    return kept_apart(select(*columns).where(License.id.in_(chosen)), "chosen_license")


def people(destination: Destination) -> CTE:
    """Return who people are to a destination, one row each, and whether that is all it needs."""
    license_found = licenses()
    latest = select(func.max(ReportingConsent.id)).group_by(ReportingConsent.identity_id)
    consent = select(ReportingConsent.identity_id).where(ReportingConsent.id.in_(latest), ReportingConsent.is_given)
    number, state = func.coalesce(license_found.c.number, ""), func.coalesce(license_found.c.state, "")
    names = (Identity.given_name, Identity.family_name)
    is_licensed = and_(state != "", text_given(number))
    needed = [
        *(text_given(name) for name in names),
        *(func.substr(name, 1, 1).not_in(FORMULA_STARTS) for name in names),
        or_(Identity.npi == "", is_npi_in_sql(Identity.npi)),
        is_licensed if destination.needs_license else or_(is_licensed, Identity.npi != ""),
        is_birthday_in_sql(Identity.birthday) if destination.needs_birthday else true(),
    ]
    query = select(
        Identity.account_id,
        *(getattr(Identity, name) for name in ("given_name", "family_name", "birthday", "npi")),
        func.coalesce(license_found.c.body, "").label("license_body"),
        state.label("license_state"),
        number.label("license_number"),
        case((Identity.id.in_(consent), 1), else_=0).label("is_consenting"),
        case((and_(*needed), 1), else_=0).label("is_known"),
    ).outerjoin(license_found, license_found.c.account_id == Identity.account_id)
    return kept_apart(query, "person")


def records_there(destination: Destination) -> CTE:
    """Return the last line about each claim in the reports that were sent to a destination."""
    latest = (
        select(func.max(ReportLine.id))
        .join(Report, Report.id == ReportLine.report_id)
        .where(Report.destination == destination.name, Report.state == SENT)
        .group_by(ReportLine.claim_id)
    )
    return kept_apart(select(ReportLine).where(ReportLine.id.in_(latest)), "recorded")


def claims_standing(destination: Destination, narrowing: Narrowing) -> Found:
    """Return every claim that concerns a destination, with all that its report tells, and how it stands there.

    The one place that reads claims: what counts is what a claim counts now, for whom it was made, and that its certificate
    was not revoked.
    """
    person, recorded = people(destination), records_there(destination)
    told = {
        "given_name": func.coalesce(person.c.given_name, ""),
        "family_name": func.coalesce(person.c.family_name, ""),
        "birthday": func.coalesce(person.c.birthday, ""),
        "npi": func.coalesce(person.c.npi, ""),
        "license_state": func.coalesce(person.c.license_state, ""),
        "license_number": func.coalesce(person.c.license_number, ""),
        "profession": PROFESSION,
        "amount": CREDITED,
    }
    is_on_record = recorded.c.act == SUBMIT
    is_valid = and_(func.coalesce(Certificate.state, VALID) == VALID, CREDITED > 0)
    is_consenting = func.coalesce(person.c.is_consenting, 0) == 1
    is_complete = and_(person.c.is_known == 1, is_consenting, is_on_steps_in_sql())
    differs = or_(*(recorded.c[name] != told[name] for name in COMPARED[destination.name]))
    standing = case(
        (and_(is_on_record, or_(~is_valid, ~is_consenting)), WITHDRAWN),
        (and_(is_on_record, ~differs), SUBMITTED),
        (~is_valid, NOTHING),
        (is_complete, case((is_on_record, CHANGED), else_=NEW)),
        else_=HELD,
    )
    query: Found = (
        select(
            CreditClaim.id.label("claim_id"),
            CreditClaim.learner_id,
            Account.name,
            Account.email,
            *(column.label(name) for name, column in told.items()),
            func.coalesce(person.c.license_body, "").label("license_body"),
            is_consenting.label("is_consenting"),
            CreditClaim.activity_id,
            Activity.title,
            ActivityCredit.maximum,
            CreditClaim.credit_type,
            Attempt.submitted_at.label("completed_at"),
            standing.label("standing"),
            recorded.c.id.label("recorded_id"),
        )
        .join(Attempt, Attempt.id == CreditClaim.attempt_id)
        .join(Account, Account.id == CreditClaim.learner_id)
        .join(Activity, Activity.id == CreditClaim.activity_id)
        .join(ActivityCredit, OFFERED)
        .outerjoin(Certificate, and_(Certificate.claim_id == CreditClaim.id, Certificate.state != SUPERSEDED))
        .outerjoin(person, person.c.account_id == CreditClaim.learner_id)
        .outerjoin(recorded, recorded.c.claim_id == CreditClaim.id)
        .where(concerned(destination, is_on_record), *narrowed(narrowing))
    )
    return query.where(standing != NOTHING)


def concerned(destination: Destination, is_on_record: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a claim belongs to a destination, or has a record there from before."""
    kinds = CreditClaim.credit_type.in_(destination.credit_types) if destination.credit_types else true()
    people_of = PROFESSION.in_(destination.professions) if destination.professions else true()
    return or_(and_(kinds, people_of), is_on_record)


def narrowed(
    narrowing: Narrowing, activity_id: SQLColumnExpression[int] = CreditClaim.activity_id
) -> list[ColumnElement[bool]]:
    """Return the conditions of the year and the activity asked for."""
    conditions: list[ColumnElement[bool]] = []
    if narrowing.year:
        first, last = date(narrowing.year, 1, 1), date(narrowing.year, 12, 31)
        conditions += [Attempt.submitted_at >= day_start(first), Attempt.submitted_at < day_end(last)]
    if narrowing.activity_id:
        conditions.append(activity_id == narrowing.activity_id)
    if narrowing.words:
        conditions.append(or_(contains(Account.name, narrowing.words), contains(Account.email, narrowing.words)))
    return conditions


def standing_counts(destination: Destination, narrowing: Narrowing) -> dict[str, int]:
    """Return how many claims stand how; every name of STANDINGS is there."""
    found = claims_standing(destination, narrowing).subquery()
    query = select(found.c.standing, func.count()).group_by(found.c.standing)
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    return {name: counts.get(name, 0) for name in STANDINGS}


def row_of(found: Any, destination: Destination) -> Row:
    """Return a claim as a page shows it."""
    participation = participation_of(found)
    problems = problems_of(participation, destination) if found.standing == HELD else []
    return Row(found.claim_id, found.learner_id, found.name, found.email, participation, found.standing, problems)


def participation_of(found: Any) -> Participation:
    """Return what a row of claims_standing tells."""
    learner = Learner(
        given_name=found.given_name,
        family_name=found.family_name,
        birthday=found.birthday,
        npi=found.npi,
        license_state=found.license_state or found.license_body,
        license_number=found.license_number,
        profession=found.profession,
        is_consenting=bool(found.is_consenting),
    )
    completed_on = local_date(found.completed_at)
    reference = str(found.activity_id)
    about = (reference, found.title, completed_on, found.credit_type, found.amount, found.maximum)
    return Participation(learner, *about, step_of(found.credit_type))


def step_of(credit_type: str) -> Decimal | None:
    """Return the smallest part of a credit type that can be claimed, None for a type nobody knows here."""
    kind = credit_types().find(credit_type)
    return kind.step if kind else None


def open_report(destination: Destination) -> Report | None:
    """Return the report to a destination that was prepared and neither sent nor discarded."""
    query = select(Report).where(Report.destination == destination.name, Report.state == PREPARED)
    return db.session.scalar(query)


def recent_reports(most: int) -> list[Report]:
    """Return the latest reports."""
    return list(db.session.scalars(select(Report).order_by(Report.id.desc()).limit(most)))


def lines_of(report_id: int) -> Found:
    """Return the lines of a report, each with the activity it is about."""
    lines = (getattr(ReportLine, column.name) for column in cast("Table", ReportLine.__table__).c)
    about = (CreditClaim.activity_id, CreditClaim.credit_type, Activity.title, ActivityCredit.maximum)
    return (
        select(*lines, *about)
        .join(CreditClaim, CreditClaim.id == ReportLine.claim_id)
        .join(Activity, Activity.id == CreditClaim.activity_id)
        .join(ActivityCredit, OFFERED)
        .where(ReportLine.report_id == report_id)
    )


def participations_in(report_id: int, act: str) -> Iterator[Participation]:
    """Yield what a report tells to submit or to delete, in its order, a part in memory at a time."""
    last = 0
    query = lines_of(report_id).where(ReportLine.act == act).order_by(ReportLine.id)
    while rows := db.session.execute(query.where(ReportLine.id > last).limit(AT_ONCE)).all():
        yield from map(told_by, rows)
        last = rows[-1].id


def told_by(line: Any) -> Participation:
    """Return what a line tells; whoever is in a report had consented."""
    names = (line.given_name, line.family_name, line.birthday, line.npi)
    learner = Learner(*names, line.license_state, line.license_number, line.profession, is_consenting=True)
    completed_on, reference = local_date(line.completed_at), str(line.activity_id)
    about = (reference, line.title, completed_on, line.credit_type, line.amount, line.maximum)
    return Participation(learner, *about, step_of(line.credit_type))


def years_of_claims() -> list[int]:
    """Return the years in which something was completed that was claimed, the latest first."""
    query = select(func.min(Attempt.submitted_at), func.max(Attempt.submitted_at))
    first, last = db.session.execute(query.where(Attempt.passed.is_(True))).one()
    return [] if first is None or last is None else list(range(local_date(last).year, local_date(first).year - 1, -1))


def own_participations(narrowing: Narrowing) -> Iterator[Participation]:
    """Yield every claim that stands, whatever its type and whoever's, the oldest first."""
    query = claims_standing(EVERYBODY, narrowing)
    claim_id = query.selected_columns["claim_id"]
    last = 0
    while rows := db.session.execute(query.where(claim_id > last).order_by(claim_id).limit(AT_ONCE)).all():
        yield from map(participation_of, rows)
        last = rows[-1].claim_id


def reportable(destination: Destination, narrowing: Narrowing) -> tuple[list[Participation], list[Row]]:
    """Return what can be told to a destination as things stand, whether or not it was told, and what is held back."""
    query = claims_standing(destination, narrowing)
    rows = [row_of(row, destination) for row in db.session.execute(query.order_by(query.selected_columns["claim_id"]))]
    told = [row.participation for row in rows if row.standing in (NEW, CHANGED, SUBMITTED)]
    return told, [row for row in rows if row.standing == HELD]


def sittings(narrowing: Narrowing) -> Iterator[Sitting]:
    """Yield the submitted attempts that count, each with what was claimed for it first, the oldest first."""
    first = select(func.min(CreditClaim.id)).group_by(CreditClaim.attempt_id)
    about = (Attempt.id, Attempt.learner_id, Attempt.activity_id, Activity.title, Attempt.started_at)
    query: Found = (
        select(*about, Attempt.submitted_at, Attempt.score, Attempt.passed, CreditClaim.id, CreditClaim.claimed_at)
        .join(Activity, Activity.id == Attempt.activity_id)
        .outerjoin(CreditClaim, and_(CreditClaim.attempt_id == Attempt.id, CreditClaim.id.in_(first)))
        .where(Attempt.state == SUBMITTED_ATTEMPT, Attempt.number > PRE_TEST, *narrowed(narrowing, Attempt.activity_id))
        .order_by(Attempt.id)
    )
    last = 0
    while rows := db.session.execute(query.where(Attempt.id > last).limit(AT_ONCE)).all():
        yield from (Sitting(*row) for row in rows)
        last = rows[-1][0]
