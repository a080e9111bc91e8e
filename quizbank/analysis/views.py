"""Pages of analysis: the activities, the report of one, one item of it, an item through its versions, and downloads."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from quizbank.accounts.roles import EDITORS
from quizbank.activities.availability import DRAFT
from quizbank.activities.models import Activity
from quizbank.analysis.charts import Bars, Dot, histogram, pick_bars, scatter, steps_of_ten
from quizbank.analysis.comparison import comparisons
from quizbank.analysis.flags import DEAD_DISTRACTOR, FEWEST, LABELS
from quizbank.analysis.queries import (
    ALL,
    ATTEMPTS,
    FIRST,
    FIRST_ATTEMPTS,
    activities_with_attempts,
    asked_in,
    pairs_of,
    places_of,
    report_of,
    sittings_of,
)
from quizbank.analysis.reporting import ActivityReport, ItemReport
from quizbank.analysis.serialising import REPORT_COLUMNS, report_rows, response_table
from quizbank.analysis.sittings import matrix_from
from quizbank.analysis.tables import ANY_FLAG, NO_FLAG, SORTS, fitting, ordered
from quizbank.analysis.thirds import THIRDS
from quizbank.db import db
from quizbank.documents.passage import passage_around
from quizbank.documents.queries import tree_of
from quizbank.followups.queries import retention_after
from quizbank.items.models import Item, ItemVersion
from quizbank.web.downloads import csv_response
from quizbank.web.entrance import open_to
from quizbank.web.errors import hide
from quizbank.web.lists import Listing, contains, read_listing, search_words

analysis_pages = Blueprint("analysis", __name__, url_prefix="/analysis")

COUNTED = [(FIRST, "First per learner"), (ALL, "All")]
FLAGS = [("", "Any or none"), (ANY_FLAG, "Any flag"), *LABELS.items(), (NO_FLAG, "No flag")]
ACTIVITY_SORTS = {
    "title": Activity.title,
    "attempts": ATTEMPTS,
    "mean": FIRST_ATTEMPTS.c.mean,
    "passed": FIRST_ATTEMPTS.c.passed,
}
MINOR = list(LABELS).index(DEAD_DISTRACTOR)
"""Flags from here on can wait; they stand behind a fold."""


@analysis_pages.get("/")
@open_to(*EDITORS)
def index() -> str:
    query = activities_with_attempts()
    if words := search_words():
        query = query.where(contains(Activity.title, words))
    listing = read_listing(query, ACTIVITY_SORTS, "-attempts")
    return render_template("analysis/index.html", listing=listing, fewest=FEWEST)


def activity_or_404(activity_id: int) -> Activity:
    """Return an activity that has been open to learners."""
    found = db.get_or_404(Activity, activity_id)
    if found.state == DRAFT:
        hide()
    return found


def counted_attempts() -> str:
    """Return which attempts the address asks to count."""
    return ALL if request.args.get("attempts") == ALL else FIRST


@analysis_pages.get("/activity/<int:activity_id>")
@open_to(*EDITORS)
def activity(activity_id: int) -> str:
    found, counted = activity_or_404(activity_id), counted_attempts()
    report = report_of(found, counted)
    flagged = report.flagged
    minor = [one for one in flagged if one.gravity >= MINOR]
    return render_template(
        "analysis/activity.html",
        activity=found,
        grave=[one for one in flagged if one not in minor],
        minor=minor,
        report=report,
        listing=item_listing(report),
        counted=counted,
        kept=kept(counted),
        choices={"attempts": COUNTED, "flag": FLAGS},
        scatter=scatter_of(report, found.id, counted),
        histogram=histogram(report.scores, found.pass_mark),
        steps=steps_of_ten(report.scores),
        comparisons=comparisons(pairs_of(found)) if found.pre_test else (),
        retention=retention_after(found.id) if found.follow_up else (),
        fewest=FEWEST,
    )


def item_listing(report: ActivityReport) -> Listing:
    """Return the items as the address asks for them: searched, filtered and sorted; all on one page."""
    asked = request.args.get("sort", "number")
    sort, descending = asked.removeprefix("-"), asked.startswith("-")
    if sort not in SORTS:
        sort, descending = "number", False
    filters = {name: request.args.get(name, "")[:300] for name in ("flag", "objective")}
    rows = ordered(fitting(report.items, search_words(), **filters), sort, descending)
    return Listing(rows, len(rows), 1, sort, descending, search_words(), filters)


def scatter_of(report: ActivityReport, activity_id: int, counted: str) -> str:
    """Return the picture of all items that have both figures."""
    return scatter([dot_of(one, activity_id, counted) for one in report.items if one.has_both_figures])


def dot_of(one: ItemReport, activity_id: int, counted: str) -> Dot:
    """Return an item's place in the picture; it leads to the item."""
    facility, discrimination = one.statistics.facility or 0.0, one.statistics.discrimination or 0.0
    flags = ", ".join(flag.label for flag in one.flags)
    words = f"Item {one.asked.number}: facility {100 * facility:.0f}%, discrimination {discrimination:.2f}"
    url = url_for("analysis.item", activity_id=activity_id, version_id=one.asked.version_id, **kept(counted))
    tone = one.flags[0].tone if one.flags else ""
    return Dot(str(one.asked.number), facility, discrimination, url, f"{words}{f', {flags}' if flags else ''}", tone)


def kept(counted: str) -> dict[str, Any]:
    """Return which attempts are counted as a link carries it on."""
    return {"attempts": counted} if counted != FIRST else {}


@analysis_pages.get("/activity/<int:activity_id>/item/<int:version_id>")
@open_to(*EDITORS)
def item(activity_id: int, version_id: int) -> str:
    found, counted = activity_or_404(activity_id), counted_attempts()
    report = report_of(found, counted)
    one = next((one for one in report.items if one.asked.version_id == version_id), None)
    if one is None:
        hide()
    version = db.session.get_one(ItemVersion, version_id)
    citation = version.citation
    return render_template(
        "analysis/item.html",
        activity=found,
        report=report,
        one=one,
        version=version,
        passage=passage_around(tree_of(version.item.document), citation["start"], citation["end"]),
        bars=bars_of(one),
        counted=counted,
        kept=kept(counted),
        choices={"attempts": COUNTED},
        thirds=THIRDS,
        fewest=FEWEST,
    )


def bars_of(one: ItemReport) -> str:
    """Return the picture of what each third answered; answers without a letter go by their row in the table."""
    sizes = one.picks.sizes
    rows = [
        Bars(
            (pick.letter or str(place)) + (" ✓" if pick.is_key else ""),
            tuple(count / size if size else 0.0 for count, size in zip(pick.counts, sizes, strict=True)),
            pick.is_key,
        )
        for place, pick in enumerate(one.picks.picks, start=1)
    ]
    return pick_bars(rows, THIRDS)


@analysis_pages.get("/item/<int:item_id>")
@open_to(*EDITORS)
def versions(item_id: int) -> str:
    found = db.get_or_404(Item, item_id)
    counted = counted_attempts()
    rows = []
    for place in places_of(found.id):
        report = report_of(place.activity, counted)
        one = next(one for one in report.items if one.asked.version_id == place.version_id)
        rows.append((place, one))
    words = {"item": found, "rows": rows, "counted": counted, "kept": kept(counted), "choices": {"attempts": COUNTED}}
    return render_template("analysis/versions.html", **words, fewest=FEWEST)


@analysis_pages.get("/activity/<int:activity_id>/items.csv")
@open_to(*EDITORS)
def items_csv(activity_id: int) -> Response:
    found = activity_or_404(activity_id)
    report = report_of(found, counted_attempts())
    return csv_response(f"items of activity {found.id}.csv", REPORT_COLUMNS, report_rows(report.items))


@analysis_pages.get("/activity/<int:activity_id>/responses.csv")
@open_to(*EDITORS)
def responses_csv(activity_id: int) -> Response:
    """Give the responses as ``analysis items`` reads them, without names: a learner is the number of the attempt."""
    found = activity_or_404(activity_id)
    sittings = sittings_of(found.id, counted_attempts())
    asked = asked_in(found, sittings)
    matrix = matrix_from(sittings, [one.version_id for one in asked])
    names = [f"{one.number}. item {one.item_id} version {one.version}" for one in asked]
    learners = [f"attempt {sitting.attempt_id}" for sitting in sittings]
    return csv_response(f"responses of activity {found.id}.csv", *response_table(matrix, names, learners))
