"""Pages of background work: a job's progress for the person who asked, the list and its buttons for administrators."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from quizbank.accounts.operations import record_audit
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import cancel_job, retry_job
from quizbank.jobs.queries import jobs_query, unattended_jobs
from quizbank.jobs.rules import ENDED, STATES, JobUnchanged, error_words, progress_words
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import read_listing, search_words

jobs_pages = Blueprint("jobs", __name__, url_prefix="/jobs")

SORTS = {"asked": Job.created_at, "kind": Job.kind, "state": Job.state, "tries": Job.tries}
STATE_FILTER = [("state", "State", list(STATES.items()))]


@jobs_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    listing = read_listing(jobs_query(request.args.get("state"), search_words()), SORTS, "-asked", filters=["state"])
    words = {"filters": STATE_FILTER, "states": STATES, "ended": ENDED, "unattended": unattended_jobs(utc_now())}
    return render_template("jobs/index.html", listing=listing, **words)


@jobs_pages.get("/<int:job_id>")
@open_to(SIGNED_IN)
def show(job_id: int) -> dict[str, Any]:
    job = db.get_or_404(Job, job_id)
    if job.account_id != current_user.id and not current_user.has_role(ADMINISTRATOR):
        hide()
    status = {"state": job.state, "done": job.done, "total": job.total, "words": words_of(job)}
    error = error_words(job.state, job.refusal)
    return {**status, "error": error} if error else status


@jobs_pages.app_template_filter("progress_words")
def words_of(job: Job) -> str:
    """Return how far a job is, in words."""
    return progress_words(job.state, job.done, job.total, job.stage)


@jobs_pages.post("/<int:job_id>/retry")
@open_to(ADMINISTRATOR)
def retry(job_id: int) -> Response:
    db.get_or_404(Job, job_id)
    try:
        retry_job(job_id, utc_now())
    except JobUnchanged as error:
        refuse(409, str(error))
    return note(job_id, "job.retried", "The job starts again.")


@jobs_pages.post("/<int:job_id>/cancel")
@open_to(ADMINISTRATOR)
def cancel(job_id: int) -> Response:
    db.get_or_404(Job, job_id)
    try:
        cancel_job(job_id, utc_now())
    except JobUnchanged as error:
        refuse(409, str(error))
    return note(job_id, "job.cancelled", "The job is cancelled.")


def note(job_id: int, action: str, message: str) -> Response:
    """Write what an administrator did to the audit trail, commit, and show the list again."""
    record_audit(action, f"job:{job_id}", current_user.id, utc_now())
    db.session.commit()
    flash(message, "good")
    return redirect(url_for("jobs.index"))
