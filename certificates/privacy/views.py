"""Pages about personal data: what is held about oneself, its export, deleting the account; the administrator's deletions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, flash, g, redirect, render_template, send_file, url_for
from flask_security import current_user, verify_password
from sqlalchemy import select
from werkzeug.wrappers import Response

from certificates.issuing.keeping import DAYS_KEPT, READY, WORKING, kept_until, standing
from certificates.privacy.forms import DeleteForm, OrderForm
from certificates.privacy.holdings import FATES, OF_STAFF
from certificates.privacy.jobs import clear_folder, export_path
from certificates.privacy.models import AccountDeletion
from certificates.privacy.operations import (
    DeletionRefused,
    ask_deletion,
    note_wrong_password,
    order_deletion,
    require_deletable,
    take_back,
)
from certificates.privacy.queries import EXPORT, counts_of, exports_of, open_deletion, wrong_passwords
from certificates.privacy.retention import (
    ASKED,
    DAYS_TO_TAKE_BACK,
    WRONG_PASSWORDS,
    YEARS_OF_PROOF,
)
from quizbank.accounts.models import Account
from quizbank.accounts.operations import record_audit
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import read_listing

privacy_pages = Blueprint("privacy", __name__, url_prefix="/privacy")

SORTS = {"asked": AccountDeletion.asked_at, "due": AccountDeletion.due_at, "state": AccountDeletion.state}
STATES = [(ASKED, "Waiting"), ("taken back", "Taken back"), ("done", "Deleted")]


@privacy_pages.app_context_processor
def add_words() -> dict[str, object]:
    """Give templates the figures of the rules."""
    return {"days_to_take_back": DAYS_TO_TAKE_BACK, "years_of_proof": YEARS_OF_PROOF, "fates": FATES}


@privacy_pages.get("/")
@open_to(SIGNED_IN)
def mine() -> str:
    now = utc_now()
    exports = [(job, standing_of(job, now)) for job in exports_of(current_user.id, now - timedelta(days=30))]
    return render_template(
        "privacy/mine.html",
        held=counts_of(current_user.id),
        of_staff=OF_STAFF,
        exports=exports,
        is_working=any(stands == WORKING for _, stands in exports),
        until=kept_until,
        days=DAYS_KEPT,
        deletion=open_deletion(current_user.id),
    )


def standing_of(job: Job, now: datetime) -> str:
    """Return where an export stands."""
    return standing(job.state, job.finished_at, export_path(job.id).exists(), now)


@privacy_pages.post("/export")
@open_to(SIGNED_IN)
def export() -> Response:
    """Queue an export; while one is being written, that is the one."""
    now, account_id = utc_now(), current_user.id
    latest: Sequence[Job] = exports_of(account_id, now - timedelta(days=1))
    if not (latest and standing_of(latest[0], now) == WORKING):
        number = latest[0].id if latest else 0
        enqueue(EXPORT, f"{EXPORT}:{account_id}:{now:%Y-%m-%d}:{number}", {}, now, account_id=account_id)
        record_audit("data.exported", f"account:{account_id}", account_id, now)
        db.session.commit()
    return redirect(url_for("privacy.mine"))


@privacy_pages.get("/exports/<int:job_id>/my-data.zip")
@open_to(SIGNED_IN)
def export_file(job_id: int) -> Response:
    """Give the ZIP while it is kept; the page says what became of it otherwise."""
    job = db.get_or_404(Job, job_id)
    if job.kind != EXPORT or job.account_id != current_user.id:
        hide()
    if standing_of(job, utc_now()) != READY:
        return redirect(url_for("privacy.mine"))
    return send_file(export_path(job_id), mimetype="application/zip", as_attachment=True, download_name="my-data.zip")


@privacy_pages.route("/delete", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def delete() -> Response | tuple[str, int]:
    form = DeleteForm()
    account_id, problem = current_user.id, ""
    if form.validate_on_submit():
        now = utc_now()
        if wrong_passwords(account_id, now) >= WRONG_PASSWORDS:
            refuse(429, "A wrong password was given too often. Nothing was changed; try again in a quarter of an hour.")
        if password_fits(account_id, form.password.data or ""):
            try:
                ask_deletion(db.session.get_one(Account, account_id), account_id, now)
            except DeletionRefused as error:
                db.session.rollback()
                refuse(409, str(error))
            db.session.commit()
            return redirect(url_for("privacy.mine"))
        note_wrong_password(account_id, now)
        db.session.commit()
        form.password.errors = ["This is not your password. Nothing was changed."]
    try:
        require_deletable(db.session.get_one(Account, account_id), utc_now())
    except DeletionRefused as error:
        problem = str(error)
    words = {"held": counts_of(account_id), "problem": problem, "deletion": open_deletion(account_id)}
    return render_template("privacy/delete.html", form=form, **words), 400 if form.is_submitted() else 200


def password_fits(account_id: int, typed: str) -> bool:
    """Return whether a password is the person's; the check takes long, so that nothing is locked meanwhile."""
    kept = db.session.get_one(Account, account_id).password
    db.session.rollback()
    g.writing = False
    fits = bool(verify_password(typed, kept))
    db.session.rollback()
    g.writing = True
    return fits


@privacy_pages.post("/take-back")
@open_to(SIGNED_IN)
def stay() -> Response:
    """Take the own request to be deleted back; when it has been carried out meanwhile, there is nobody to sign in."""
    if take_back(current_user.id, utc_now()):
        db.session.commit()
        flash("Your account stays. Nothing was deleted.", "good")
    return redirect(url_for("privacy.mine"))


@privacy_pages.get("/deletions")
@open_to(ADMINISTRATOR)
def deletions() -> str:
    query = select(AccountDeletion)
    listing = read_listing(query, SORTS, "-asked")
    return render_template("privacy/deletions.html", listing=listing, states=dict(STATES))


@privacy_pages.route("/people/<int:account_id>", methods=["GET", "POST"])
@open_to(ADMINISTRATOR)
def person(account_id: int) -> Response | tuple[str, int]:
    """Show what is held about a person, and delete the account at once when the reason is given."""
    account, form = db.get_or_404(Account, account_id), OrderForm()
    if form.validate_on_submit():
        if account_id == current_user.id:
            refuse(409, "Delete your own account under My data, with your password.")
        try:
            order_deletion(account, current_user.id, form.reason.data or "", utc_now())
        except DeletionRefused as error:
            db.session.rollback()
            form.reason.errors = [str(error)]
        else:
            db.session.commit()
            clear_folder(utc_now())
            flash("The account is deleted. What the law wants proved stays under a pseudonym.", "good")
            return redirect(url_for("privacy.deletions"))
    words = {"account": account, "held": counts_of(account_id), "deletion": open_deletion(account_id)}
    return render_template("privacy/person.html", form=form, **words), 400 if form.is_submitted() else 200
