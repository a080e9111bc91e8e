"""Pages for authors: the list of activities, planning one, checking its readiness, publishing and closing it."""

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from quizbank.activities.availability import DRAFT, expiry_warning
from quizbank.activities.credit_types import credit_types_at
from quizbank.activities.faculty import persons_from_json
from quizbank.activities.formats import plain_amount
from quizbank.activities.forms import ActivityForm, activity_values, differences
from quizbank.activities.models import Activity
from quizbank.activities.modes import FEEDBACK, MODES
from quizbank.activities.operations import (
    ActivityRefused,
    DraftChanged,
    NotReady,
    close_activity,
    propose_activity,
    publish_activity,
    save_draft,
)
from quizbank.activities.queries import available_versions, credit_types, expiring_activities, offers_of, plan_of
from quizbank.activities.readiness import Line, Shortcoming, checklist
from quizbank.db import db, utc_now
from quizbank.documents.models import READY, StoredDocument
from quizbank.items.queries import published_versions_of
from quizbank.local_time import local_date
from quizbank.web.entrance import open_to
from quizbank.web.errors import refuse
from quizbank.web.lists import contains, read_listing, search_words

activities_pages = Blueprint("activities", __name__, url_prefix="/activities")

activities_pages.add_app_template_filter(plain_amount, "amount")
activities_pages.add_app_template_filter(offers_of, "offers")


@activities_pages.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Read the credit types, so that a damaged file stops the start."""
    credit_types_at(state.app.config["CREDIT_TYPES_FILE"])


SORTS = {
    "title": Activity.title,
    "state": Activity.state,
    "expires": Activity.expires_on,
    "created": Activity.created_at,
}
STATES = [("draft", "Draft"), ("published", "Published"), ("closed", "Closed")]


@activities_pages.get("/")
@open_to(AUTHOR, ADMINISTRATOR)
def index() -> str:
    query = select(Activity).options(selectinload(Activity.credits))
    if words := search_words():
        query = query.where(contains(Activity.title, words))
    if state := request.args.get("state"):
        query = query.where(Activity.state == state)
    listing = read_listing(query, SORTS, "-created", filters=["state"])
    today = local_date(utc_now())
    warnings = {activity.id: expiry_warning(activity.term, today) for activity in listing.rows}
    shown = {"listing": listing, "states": STATES, "warnings": warnings, "expiring": expiring_activities(today)}
    return render_template("activities/index.html", **shown)


@activities_pages.post("/propose/<int:document_id>")
@open_to(AUTHOR, ADMINISTRATOR)
def propose(document_id: int) -> Response:
    row = db.get_or_404(StoredDocument, document_id)
    if row.state != READY:
        refuse(409, "The document is still being read. Wait until its items are there.")
    if not published_versions_of(document_id):
        refuse(409, "Approve at least one item of this document first: an activity asks approved items only.")
    activity = propose_activity(row, current_user.id, utc_now())
    db.session.commit()
    return redirect(url_for("activities.show", activity_id=activity.id))


@activities_pages.route("/<int:activity_id>", methods=["GET", "POST"])
@open_to(AUTHOR, ADMINISTRATOR)
def show(activity_id: int) -> str | Response | tuple[str, int]:
    activity = db.get_or_404(Activity, activity_id)
    if activity.state != DRAFT:
        if request.method == "POST":
            refuse(409, "This activity was published meanwhile, so it cannot be changed any more.")
        persons = persons_from_json(activity.faculty)
        words = {"activity": activity, "faculty": persons, "modes": MODES, "feedback": FEEDBACK}
        return render_template("activities/published.html", **words)
    if request.method == "GET":
        return plan_page(activity, stored_form(activity))
    form = known(ActivityForm())
    return save(activity, form) if form.validate() else (plan_page(activity, form), 400)


def known(form: ActivityForm) -> ActivityForm:
    """Return a form that knows the credit types that there are here."""
    return form.know({kind.name: kind for kind in credit_types().types})


def stored_form(activity: Activity) -> ActivityForm:
    """Return the form as the draft stands."""
    used = {objective.source for objective in activity.objectives}
    unused = [source for source in available_versions(activity) if source not in used]
    kinds = [kind.name for kind in credit_types().to_offer()]
    values = activity_values(activity, persons_from_json(activity.faculty), unused, kinds)
    return known(ActivityForm(formdata=None, data=values))


def plan_page(activity: Activity, form: ActivityForm, differing: Sequence[str] = ()) -> str:
    """Return the page with the form; ``differing`` names what someone else saved differently meanwhile."""
    available = {source: len(versions) for source, versions in available_versions(activity).items()}
    lines = lines_for(activity)
    unmet, met = [line for line in lines if line.missing], [line for line in lines if not line.missing]
    words = {"form": form, "activity": activity, "unmet": unmet, "met": met, "available": available}
    return render_template("activities/plan.html", **words, differing=differing)


def save(activity: Activity, form: ActivityForm) -> Response | tuple[str, int]:
    """Store the form in the draft, and publish it if asked to; or say that someone else saved theirs meanwhile."""
    revision = form.revision.data or 0
    try:
        save_draft(
            activity, revision, form.columns(), form.objective_rows(), form.credit_rows(), current_user.id, utc_now()
        )
    except DraftChanged:
        db.session.rollback()
        if differing := differences(form, stored_form(activity)):
            form.replaces(activity.revision)
            return plan_page(activity, form, differing), 409
    except ActivityRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    flash("Saved.", "good")
    if request.form.get("go") == "publish":
        return publish(activity.id)
    db.session.commit()
    return redirect(url_for("activities.show", activity_id=activity.id))


def lines_for(activity: Activity) -> list[Line]:
    """Return the checklist of an activity; what features above this one find makes a line of its own."""
    lines = checklist(plan_of(activity), local_date(utc_now()))
    later = known_later(activity)
    further = [Line(found.field, "Everything can be printed", found.source, (found,)) for found in later]
    return [*lines, *further]


def known_later(activity: Activity) -> list[Shortcoming]:
    """Return the shortcomings that features above this one find; app.py hands them over."""
    return [found for check in current_app.extensions["before_publish"] for found in check(activity)]


@activities_pages.post("/<int:activity_id>/publish")
@open_to(AUTHOR, ADMINISTRATOR)
def publish(activity_id: int) -> Response:
    activity = db.get_or_404(Activity, activity_id)
    try:
        publish_activity(activity, current_user.id, utc_now(), known_later(activity))
    except NotReady:
        db.session.commit()  # of publishing nothing was written; what was saved just before stays
        flash("Not published yet: see what is missing below.", "caution")
        return redirect(url_for("activities.show", activity_id=activity_id))
    except ActivityRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    flash("Published. Learners find it in the catalogue.", "good")
    return redirect(url_for("activities.show", activity_id=activity_id))


@activities_pages.post("/<int:activity_id>/close")
@open_to(AUTHOR, ADMINISTRATOR)
def close(activity_id: int) -> Response:
    activity = db.get_or_404(Activity, activity_id)
    try:
        close_activity(activity, current_user.id, utc_now())
    except ActivityRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    return redirect(url_for("activities.show", activity_id=activity_id))
