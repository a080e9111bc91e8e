"""The only writers of reports: preparing one, saying that it was sent, discarding it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from certificates.reporting.destinations import DESTINATIONS, Destination
from certificates.reporting.models import DISCARDED, PREPARED, SENT, Report, ReportLine
from certificates.reporting.queries import Narrowing, claims_standing, open_report
from certificates.reporting.records import DELETE, SUBMIT
from certificates.reporting.standing import ACTS
from quizbank.accounts.operations import record_audit
from quizbank.db import db

LINE = cast("Table", ReportLine.__table__)
TOLD = tuple(column.name for column in LINE.c if column.name not in ("id", "report_id", "claim_id", "act"))
"""The columns of a line that tell of the person and the credit."""


class ReportRefused(ValueError):
    """A report cannot be prepared or ended so; the message says why and what to do."""


def prepare_report(destination: Destination, narrowing: Narrowing, actor_id: int, now: datetime) -> Report:
    """Write down what is due at a destination: the records to delete, then those to submit, exactly as told.

    Whatever a check holds back is not in it. Raises ReportRefused when a report there is open, or nothing is due.
    """
    report = Report(
        destination=destination.name,
        year=narrowing.year,
        activity_id=narrowing.activity_id,
        prepared_at=now,
        prepared_by_id=actor_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(report)
            db.session.flush()
    except IntegrityError as error:
        if open_report(destination) is None:
            raise
        words = f"A report to {destination.label} is prepared already. Say that it was sent, or discard it, first."
        raise ReportRefused(words) from error
    add_lines(report, destination, narrowing)
    counted = select(ReportLine.act, func.count()).where(ReportLine.report_id == report.id).group_by(ReportLine.act)
    counts = {row[0]: row[1] for row in db.session.execute(counted)}
    report.deletions, report.submissions = counts.get(DELETE, 0), counts.get(SUBMIT, 0)
    if not counts:
        raise ReportRefused("Nothing is due: everything that can be reported was.")
    db.session.flush()
    tell(report, "report.prepared", actor_id, now)
    return report


def add_lines(report: Report, destination: Destination, narrowing: Narrowing) -> None:
    """Insert the lines of a report, made by the database: deletions first, since the last line is what is on record."""
    due = claims_standing(destination, narrowing)
    deleted, submitted = (due.subquery() for _ in range(2))
    old = select(deleted.c.recorded_id).where(deleted.c.standing.in_(standing_with(DELETE)))
    insert_lines(
        select(literal(report.id), LINE.c.claim_id, literal(DELETE), *(LINE.c[name] for name in TOLD))
        .where(LINE.c.id.in_(old))
        .order_by(LINE.c.claim_id)
    )
    insert_lines(
        select(literal(report.id), submitted.c.claim_id, literal(SUBMIT), *(submitted.c[name] for name in TOLD))
        .where(submitted.c.standing.in_(standing_with(SUBMIT)))
        .order_by(submitted.c.claim_id)
    )


def insert_lines(rows: Any) -> None:
    """Insert what a query gives."""
    db.session.execute(insert(LINE).from_select(["report_id", "claim_id", "act", *TOLD], rows))


def standing_with(act: str) -> Sequence[str]:
    """Return how claims stand about which something is deleted, or submitted."""
    return [name for name, acts in ACTS.items() if act in acts]


def confirm_sent(report: Report, actor_id: int, now: datetime) -> None:
    """Note that a report was handed over: from now on its lines are what is on record there. Twice changes nothing."""
    end_report(report, SENT, actor_id, now)


def discard_report(report: Report, actor_id: int, now: datetime) -> None:
    """Note that a report was not handed over; what it told of is due again. Twice changes nothing."""
    end_report(report, DISCARDED, actor_id, now)


def end_report(report: Report, state: str, actor_id: int, now: datetime) -> None:
    """End an open report, once; raises ReportRefused when it ended otherwise."""
    ended = db.session.execute(
        update(Report)
        .where(Report.id == report.id, Report.state == PREPARED)
        .values(state=state, ended_at=now, ended_by_id=actor_id)
    )
    db.session.refresh(report)
    if ended.rowcount == 1:  # type: ignore[attr-defined]
        tell(report, f"report.{state}", actor_id, now)
    elif report.state != state:
        was = {SENT: "noted as sent", DISCARDED: "discarded"}[report.state]
        raise ReportRefused(f"This report was {was} already, and that stays so.")


def note_download(report: Report, act: str, kind: str, actor_id: int, now: datetime) -> None:
    """Note in the audit trail that a file of a report was taken out."""
    record_audit("report.downloaded", f"report:{report.id}", actor_id, now, act=act, kind=kind)


def note_export(what: str, narrowing: Narrowing, actor_id: int | None, now: datetime) -> None:
    """Note in the audit trail that something was exported that no queue keeps account of."""
    facts = {"year": narrowing.year, "activity": narrowing.activity_id}
    given = {name: value for name, value in facts.items() if value is not None}
    record_audit("report.exported", f"report:{what}", actor_id, now, **given)


def tell(report: Report, action: str, actor_id: int, now: datetime) -> None:
    """Write a line about a report to the audit trail; it names nobody."""
    facts = {
        "destination": report.destination,
        "year": report.year,
        "activity": report.activity_id,
        "deletions": report.deletions,
        "submissions": report.submissions,
    }
    given = {name: value for name, value in facts.items() if value is not None}
    record_audit(action, f"report:{report.id}", actor_id, now, **given)


def destination_of(report: Report) -> Destination:
    """Return where a report goes."""
    return DESTINATIONS[report.destination]
