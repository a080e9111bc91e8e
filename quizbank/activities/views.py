"""Pages for authors: the list of activities, planning one, checking its readiness, publishing and closing it."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from quizbank.accounts.operations import record_audit
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from quizbank.activities.availability import DRAFT
from quizbank.activities.faculty import persons_from_json, persons_to_json
from quizbank.activities.formats import plain_amount
from quizbank.activities.forms import ActivityForm, activity_values
from quizbank.activities.models import Activity
from quizbank.activities.operations import (
    ActivityRefused,
    NotReady,
    change_objectives,
    close_activity,
    hold,
    propose_activity,
    publish_activity,
)
from quizbank.activities.queries import available_versions, plan_of
from quizbank.activities.readiness import Shortcoming, shortcomings
from quizbank.db import db, utc_now
from quizbank.documents.models import READY, StoredDocument
from quizbank.items.queries import published_versions_of
from quizbank.local_time import local_date
from quizbank.web import contains, open_to, read_listing, refuse, search_words

activities_pages = Blueprint("activities", __name__, url_prefix="/activities")

activities_pages.add_app_template_filter(plain_amount, "amount")

SORTS = {
    "title": Activity.title,
    "state": Activity.state,
    "expires": Activity.expires_on,
    "created": Activity.created_at,
}
STATES = [("draft", "Draft"), ("published", "Published"), ("closed", "Closed")]
COPIED = (
    "title", "format", "pass_mark", "max_attempts", "minutes", "credit_type", "maximum_credit",
    "released_on", "reviewed_on", "expires_on",
)  # fmt: skip


@activities_pages.get("/")
@open_to(AUTHOR, ADMINISTRATOR)
def index() -> str:
    query = select(Activity)
    if words := search_words():
        query = query.where(contains(Activity.title, words))
    if state := request.args.get("state"):
        query = query.where(Activity.state == state)
    listing = read_listing(query, SORTS, "-created", filters=["state"])
    return render_template("activities/index.html", listing=listing, states=STATES)


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
    persons = persons_from_json(activity.faculty)
    if request.method == "POST":
        hold(activity)
        if activity.state != DRAFT:
            refuse(409, "This activity was published meanwhile, so it cannot be changed any more.")
    if activity.state != DRAFT:
        return render_template("activities/published.html", activity=activity, faculty=persons)
    available = {source: len(versions) for source, versions in available_versions(activity).items()}
    unused = [source for source in available if source not in {objective.source for objective in activity.objectives}]
    form = ActivityForm() if request.method == "POST" else ActivityForm(data=activity_values(activity, persons, unused))
    if form.validate_on_submit():
        save(activity, form)
        if request.form.get("go") == "publish":
            return publish(activity_id)
        return redirect(url_for("activities.show", activity_id=activity.id))
    words = {"form": form, "activity": activity, "missing": missing_for(activity), "available": available}
    return render_template("activities/plan.html", **words), 400 if request.method == "POST" else 200


def missing_for(activity: Activity) -> list[Shortcoming]:
    """Return everything that keeps an activity from being published."""
    return [*shortcomings(plan_of(activity), local_date(utc_now())), *known_later(activity)]


def known_later(activity: Activity) -> list[Shortcoming]:
    """Return the shortcomings that features above this one find; app.py hands them over."""
    return [found for check in current_app.extensions["before_publish"] for found in check(activity)]


def save(activity: Activity, form: ActivityForm) -> None:
    """Store the form in the draft and say what is still missing for publication."""
    for name in COPIED:
        setattr(activity, name, getattr(form, name).data)
    activity.instructions = form.instructions.data or ""
    activity.cooldown_hours = form.cooldown_hours.data or 0
    activity.references = form.reference_lines()
    activity.commercial_support = form.commercial_support.data or ""
    activity.faculty = persons_to_json(form.persons())
    change_objectives(activity, form.objective_rows())
    record_audit("activity.changed", f"activity:{activity.id}", current_user.id, utc_now())
    db.session.commit()
    flash("Saved.", "good")


@activities_pages.post("/<int:activity_id>/publish")
@open_to(AUTHOR, ADMINISTRATOR)
def publish(activity_id: int) -> Response:
    activity = db.get_or_404(Activity, activity_id)
    try:
        publish_activity(activity, current_user.id, utc_now(), known_later(activity))
    except NotReady:
        db.session.rollback()
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
