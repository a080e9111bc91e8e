"""The administrator's page of extra time: who has more minutes at an activity, and a form that gives them."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.attempts.extra_time.forms import ExtraTimeForm
from quizbank.attempts.extra_time.operations import grant_extra_time
from quizbank.attempts.models import ExtraTime
from quizbank.db import db, utc_now
from quizbank.web.entrance import open_to
from quizbank.web.errors import refuse
from quizbank.web.once import once

extra_time_pages = Blueprint("extra_time", __name__, url_prefix="/extra-time")

UNKNOWN = "Nobody has this address here. Look it up under People."


@extra_time_pages.get("/<int:activity_id>")
@open_to(ADMINISTRATOR)
def show(activity_id: int) -> str:
    return page(limited_activity(activity_id), ExtraTimeForm())


@extra_time_pages.post("/<int:activity_id>")
@open_to(ADMINISTRATOR)
@once
def grant(activity_id: int) -> Response | tuple[str, int]:
    activity, form = limited_activity(activity_id), ExtraTimeForm()
    if not form.validate():
        return page(activity, form), 400
    learner = db.session.scalar(select(Account).where(Account.email == (form.email.data or "").strip().casefold()))
    if learner is None:
        form.email.errors = [UNKNOWN]
        return page(activity, form), 400
    grant_extra_time(activity, learner.id, form.minutes.data or 0, current_user.id, utc_now())
    flash(f"{learner.name} has {form.minutes.data} extra minutes. An open attempt has them at its next save.", "good")
    return redirect(url_for("extra_time.show", activity_id=activity_id))


def limited_activity(activity_id: int) -> Activity:
    """Return an activity that has a time limit; refuses one without."""
    activity = db.get_or_404(Activity, activity_id)
    if activity.time_limit is None:
        refuse(409, "This activity has no time limit, so nobody needs extra time for it.")
    return activity


def page(activity: Activity, form: ExtraTimeForm) -> str:
    """Return the page with who has extra time so far."""
    return render_template("extra_time/show.html", activity=activity, form=form, granted=granted_for(activity.id))


def granted_for(activity_id: int) -> Sequence[ExtraTime]:
    """Return the extra time granted for an activity, the newest first."""
    query = select(ExtraTime).where(ExtraTime.activity_id == activity_id, ExtraTime.minutes > 0)
    return db.session.scalars(query.order_by(ExtraTime.granted_at.desc())).all()
