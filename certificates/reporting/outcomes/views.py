"""Pages of outcomes: the activities of a year with their report to PARS, one activity's results, the annual summary."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_security import current_user
from sqlalchemy import func

from certificates.reporting.checks import Problem
from certificates.reporting.destinations import PARS
from certificates.reporting.operations import note_export
from certificates.reporting.outcomes.queries import activities_of_year, record_of, records_of, results_of, summary_of
from certificates.reporting.outcomes.results import HEADER
from certificates.reporting.outcomes.results import lines as result_lines
from certificates.reporting.outcomes.year import lines as summary_lines
from certificates.reporting.pars_activities import WRITERS, activity_problems
from certificates.reporting.queries import Narrowing, years_of_claims
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.availability import DRAFT
from quizbank.activities.formats import FORMATS
from quizbank.activities.models import Activity
from quizbank.activities.queries import offers_of
from quizbank.db import db, utc_now
from quizbank.local_time import local_date
from quizbank.web.downloads import attachment, csv_response
from quizbank.web.entrance import open_to
from quizbank.web.errors import hide
from quizbank.web.lists import contains as contains_words
from quizbank.web.lists import read_listing, search_words

outcomes_pages = Blueprint("outcomes", __name__, url_prefix="/outcomes")

YEARS = range(1990, 2101)
SORTS = {"title": Activity.title, "released": Activity.released_on}


def asked_year() -> int:
    """Return the year that is asked for, else the present one."""
    year = request.values.get("year", type=int)
    return year if year is not None and year in YEARS else local_date(utc_now()).year


def year_choices(year: int) -> list[int]:
    """Return the years to choose from, the latest first: those with completions, the present one and the one shown."""
    return sorted({*years_of_claims(), local_date(utc_now()).year, year}, reverse=True)


@outcomes_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    year = asked_year()
    query = activities_of_year(year)
    if words := search_words():
        query = query.where(contains_words(Activity.title, words))
    listing = read_listing(query, SORTS, "title", filters=["year"])
    problems = problems_of_year(year)
    return render_template(
        "outcomes/index.html",
        year=year,
        years=year_choices(year),
        listing=listing,
        formats=FORMATS,
        offers=offers_of,
        problems=problems,
        ready=ready_count(year, problems),
        kinds=PARS.kinds,
        provider=current_app.config[PARS.setting],
    )


def problems_of_year(year: int) -> list[tuple[Any, list[Problem]]]:
    """Return the activities of a year that cannot be reported, each with what is missing."""
    found = ((one, activity_problems(one)) for one in records_of(year))
    return [(one, problems) for one, problems in found if problems]


def ready_count(year: int, problems: list[Any]) -> int:
    """Return how many activities of a year can be reported."""
    query = activities_of_year(year).order_by(None).with_only_columns(func.count(Activity.id))
    return int(db.session.scalar(query) or 0) - len(problems)


@outcomes_pages.post("/pars/<file_kind>")
@open_to(ADMINISTRATOR)
def pars(file_kind: str) -> Response:
    """Give the activities of a year as PARS takes them; those that lack something are held back and listed on the page."""
    kind, year = PARS.kind(file_kind), asked_year()
    if kind is None:
        hide()
    ready = [one for one in records_of(year) if not activity_problems(one)]
    text = WRITERS[kind.name](ready, current_app.config[PARS.setting], year)
    note_export(f"pars activities {kind.name}", Narrowing(year), current_user.id, utc_now())
    db.session.commit()
    response = Response(text, content_type=f"{kind.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = attachment(f"pars-activities-{year}.{kind.ending}")
    return response


def reported_activity(activity_id: int) -> Activity:
    """Return an activity that is or was open; a draft has no results."""
    activity = db.get_or_404(Activity, activity_id)
    if activity.state == DRAFT:
        hide()
    return activity


@outcomes_pages.get("/activity/<int:activity_id>")
@open_to(ADMINISTRATOR)
def activity(activity_id: int) -> str:
    found = reported_activity(activity_id)
    return render_template(
        "outcomes/activity.html",
        activity=found,
        record=record_of(found, 0, 0),
        results=results_of(found),
        format=FORMATS.get(found.format, found.format),
        designated=", ".join(offer.words for offer in offers_of(found)) or "none",
    )


@outcomes_pages.get("/activity/<int:activity_id>/results.csv")
@open_to(ADMINISTRATOR)
def activity_csv(activity_id: int) -> Response:
    found = reported_activity(activity_id)
    return csv_response(f"activity-{activity_id}.csv", HEADER, result_lines(results_of(found)))


@outcomes_pages.get("/summary")
@open_to(ADMINISTRATOR)
def summary() -> str:
    year = asked_year()
    return render_template("outcomes/summary.html", year=year, years=year_choices(year), summary=summary_of(year))


@outcomes_pages.get("/summary.csv")
@open_to(ADMINISTRATOR)
def summary_csv() -> Response:
    year = asked_year()
    return csv_response(f"summary-{year}.csv", HEADER, summary_lines(summary_of(year)))
