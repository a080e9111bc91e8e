"""Pages of the check of the audit trail: what the last one found, how far the present one is, and asking for one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from quizbank.accounts.queries import entries_in_all, last_check
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.jobs.rules import ENDED, FAILED
from quizbank.trail.operations import ask_for_check
from quizbank.trail.queries import latest_job
from quizbank.web.entrance import open_to

trail_pages = Blueprint("trail", __name__, url_prefix="/trail")


@trail_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    job = latest_job()
    words = {
        "job": job,
        "is_at_work": job is not None and job.state not in ENDED,
        "has_failed": job is not None and job.state == FAILED and not job.refusal,
        "checked": last_check(),
        "entries": entries_in_all(),
    }
    return render_template("trail/index.html", **words)


@trail_pages.post("/")
@open_to(ADMINISTRATOR)
def check() -> Response:
    ask_for_check(current_user.id, utc_now())
    db.session.commit()
    flash("The check is asked for. It goes on when you leave this page.", "good")
    return redirect(url_for("trail.index"))
