"""Pages of reports: what is due where, what holds rows back, a prepared report and its files, and exports for own use."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from certificates.reporting.checks import PLACES
from certificates.reporting.destinations import DESTINATIONS, Destination, FileKind
from certificates.reporting.files import file_parts, file_workbook, own_table
from certificates.reporting.forms import SentForm
from certificates.reporting.models import DISCARDED, Report, ReportLine
from certificates.reporting.operations import (
    ReportRefused,
    confirm_sent,
    destination_of,
    discard_report,
    note_download,
    note_export,
    prepare_report,
)
from certificates.reporting.queries import (
    Narrowing,
    claims_standing,
    lines_of,
    open_report,
    own_participations,
    participations_in,
    recent_reports,
    row_of,
    sittings,
    standing_counts,
    told_by,
    years_of_claims,
)
from certificates.reporting.records import DELETE, SUBMIT
from certificates.reporting.standing import ACTS, STANDINGS
from certificates.reporting.xapi import json_array, statements_of
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.availability import DRAFT
from quizbank.activities.models import Activity
from quizbank.db import db, utc_now
from quizbank.web.downloads import attachment
from quizbank.web.entrance import open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import PAGE_SIZE, Listing, asked_id, read_listing, search_words
from quizbank.web.once import once

reporting_pages = Blueprint("reporting", __name__, url_prefix="/reporting")

RECENT = 10
YEARS = range(1990, 2101)


def destination_named(name: str) -> Destination:
    """Return a destination; nothing is there under another name."""
    return DESTINATIONS.get(name) or hide()


def asked_narrowing() -> Narrowing:
    """Return which claims the address asks for; what makes no sense there falls back to all, as in every list."""
    year = request.args.get("year", type=int)
    return Narrowing(year if year in YEARS else None, asked_id("activity"), search_words())


def sent_narrowing() -> Narrowing:
    """Return which claims a form asks for; what makes no sense is refused, lest more is told than was meant."""
    year, activity = (request.form.get(name, "") for name in ("year", "activity"))
    if (year and year not in map(str, YEARS)) or (activity and activity not in dict(activity_choices())):
        refuse(400, "Choose a year and an activity from the lists. Nothing was done.")
    return Narrowing(int(year) if year else None, int(activity) if activity else None)


def activity_choices() -> list[tuple[str, str]]:
    """Return the activities that were ever open, by title."""
    query = select(Activity.id, Activity.title).where(Activity.state != DRAFT).order_by(Activity.title)
    return [(str(row.id), row.title) for row in db.session.execute(query)]


def year_choices() -> list[tuple[str, str]]:
    """Return the years something was completed in."""
    return [(str(year), str(year)) for year in years_of_claims()]


def provider_number(destination: Destination) -> str:
    """Return the number a destination knows the provider by, "" when the settings have none."""
    return str(current_app.config[destination.setting])


@reporting_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    open_reports = {name: open_report(destination) for name, destination in DESTINATIONS.items()}
    return render_template(
        "reporting/index.html",
        destinations=DESTINATIONS.values(),
        open_reports=open_reports,
        recent=recent_reports(RECENT),
        years=year_choices(),
        activities=activity_choices(),
        labels={name: one.label for name, one in DESTINATIONS.items()},
    )


@reporting_pages.get("/<destination>/")
@open_to(ADMINISTRATOR)
def learners(destination: str) -> str:
    """Show how every claim stands with a destination, and why rows are held back."""
    where, narrowing = destination_named(destination), asked_narrowing()
    counts = standing_counts(where, narrowing)
    standing = request.args.get("standing", "")
    standing = standing if standing in STANDINGS else ""
    total = counts[standing] if standing else sum(counts.values())
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    rows = rows_on(where, narrowing, standing, page) if total else []
    filters = {"standing": standing, "year": str(narrowing.year or ""), "activity": str(narrowing.activity_id or "")}
    return render_template(
        "reporting/learners.html",
        destination=where,
        listing=Listing(rows, total, page, "", False, narrowing.words, filters),
        counts=counts,
        due=sum(counts[name] for name in ACTS),
        standings=STANDINGS,
        choices=[(name, words) for name, (words, _) in STANDINGS.items()],
        places=PLACES,
        narrowing=narrowing,
        open_report=open_report(where),
        years=year_choices(),
        activities=activity_choices(),
        provider=provider_number(where),
    )


def rows_on(destination: Destination, narrowing: Narrowing, standing: str, page: int) -> list[Any]:
    """Return one page of claims, the latest first."""
    query = claims_standing(destination, narrowing)
    if standing:
        query = query.where(query.selected_columns["standing"] == standing)
    query = query.order_by(query.selected_columns["claim_id"].desc())
    found = db.session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return [row_of(row, destination) for row in found]


@reporting_pages.post("/<destination>/prepare")
@open_to(ADMINISTRATOR)
@once
def prepare(destination: str) -> BaseResponse:
    where = destination_named(destination)
    try:
        report = prepare_report(where, sent_narrowing(), current_user.id, utc_now())
    except ReportRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    return redirect(url_for("reporting.report", report_id=report.id))


@reporting_pages.get("/reports/<int:report_id>")
@open_to(ADMINISTRATOR)
def report(report_id: int) -> str:
    return report_page(db.get_or_404(Report, report_id), SentForm())


def report_page(found: Report, form: SentForm) -> str:
    """Return the page of a report."""
    listing = read_listing(lines_of(found.id), {"line": ReportLine.id}, "line")
    return render_template(
        "reporting/report.html",
        report=found,
        destination=destination_of(found),
        listing=listing,
        told=told_by,
        form=form,
        acts=[(DELETE, found.deletions), (SUBMIT, found.submissions)],
    )


@reporting_pages.post("/reports/<int:report_id>/<told>/<file_kind>")
@open_to(ADMINISTRATOR)
def file(report_id: int, told: str, file_kind: str) -> Response:
    """Give a file of a report; the audit trail notes who took it out."""
    found = db.get_or_404(Report, report_id)
    destination = destination_of(found)
    kind = destination.kind(file_kind)
    if kind is None or told not in (SUBMIT, DELETE):
        hide()
    if found.state == DISCARDED:
        refuse(409, "This report was discarded, so it must not be handed over. Prepare a new one.")
    note_download(found, told, file_kind, current_user.id, utc_now())
    made_at = found.prepared_at
    db.session.commit()
    name, provider = f"{destination.name}-{report_id}-{told}.{kind.ending}", provider_number(destination)
    learners = participations_in(report_id, told)
    if kind.is_text:
        return download(name, kind, "".join(file_parts(destination, kind, told, learners, provider, made_at)))
    return download(name, kind, file_workbook(destination, told, learners, provider))


def download(name: str, kind: FileKind, content: str | bytes) -> Response:
    """Return a download."""
    coded = "; charset=utf-8" if kind.is_text else ""
    response = Response(content, content_type=kind.media_type + coded)
    response.headers["Content-Disposition"] = attachment(name)
    return response


@reporting_pages.post("/reports/<int:report_id>/sent")
@open_to(ADMINISTRATOR)
@once
def sent(report_id: int) -> BaseResponse | tuple[str, int]:
    found, form = db.get_or_404(Report, report_id), SentForm()
    if not form.validate_on_submit():
        return report_page(found, form), 400
    return ended(confirm_sent, found, "Noted. What it told is on record there from now on.")


@reporting_pages.post("/reports/<int:report_id>/discard")
@open_to(ADMINISTRATOR)
@once
def discard(report_id: int) -> BaseResponse:
    found = db.get_or_404(Report, report_id)
    return ended(discard_report, found, "Discarded. What it told of is due again.")


def ended(end: Any, found: Report, words: str) -> BaseResponse:
    """End a report and lead back to its page."""
    report_id = found.id
    try:
        end(found, current_user.id, utc_now())
    except ReportRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    flash(words, "good")
    return redirect(url_for("reporting.report", report_id=report_id))


@reporting_pages.post("/own.csv")
@open_to(ADMINISTRATOR)
def own() -> Response:
    """Give every claim that stands as a table for the provider's own use; no check holds anything back."""
    return exported("claims", "claims.csv", "text/csv", own_table(own_participations(sent_narrowing())))


@reporting_pages.post("/statements.json")
@open_to(ADMINISTRATOR)
def statements() -> Response:
    """Give every submitted attempt as xAPI statements."""
    site = current_app.config["PUBLIC_URL"]
    found = (one for sitting in sittings(sent_narrowing()) for one in statements_of(sitting, site))
    return exported("xapi", "statements.json", "application/json", json_array(found))


def exported(what: str, name: str, media_type: str, parts: Iterator[str]) -> Response:
    """Return an export, noted in the audit trail."""
    note_export(what, sent_narrowing(), current_user.id, utc_now())
    db.session.commit()
    response = Response("".join(parts), content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = attachment(name)
    return response
