"""Pages about people: one's own profile, signing out, and the administrator's list of people."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, session, url_for
from flask_limiter import Limiter
from flask_login import user_logged_in, user_logged_out
from flask_security import current_user, password_changed
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager
from werkzeug.wrappers import Response

from quizbank.accounts.forms import PersonForm, ProfileForm
from quizbank.accounts.models import Account, AuditEntry, Role
from quizbank.accounts.operations import (
    AccountRefused,
    change_profile,
    create_account,
    end_sessions,
    give_new_password,
    normalise_email,
    record_audit,
    set_active,
)
from quizbank.accounts.queries import last_check
from quizbank.accounts.roles import ADMINISTRATOR, ROLES
from quizbank.db import db, may_write, utc_now
from quizbank.local_time import day_start, local_date
from quizbank.web.downloads import csv_response
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import refuse
from quizbank.web.lists import asked_day, contains, read_listing, search_words

SIGN_IN_LIMITS = "10 per minute; 60 per hour"
ACCOUNT_LIMITS = "20 per 15 minutes"

accounts_pages = Blueprint("accounts", __name__, url_prefix="/accounts")

SORTS = {"name": Account.name, "email": Account.email, "added": Account.created_at}
TRAIL_SORTS = {"entry": AuditEntry.id, "action": AuditEntry.action, "subject": AuditEntry.subject}


@accounts_pages.route("/profile", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def profile() -> tuple[str, int] | Response:
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        try:
            change_profile(
                db.session.get_one(Account, current_user.id), form.name.data or "", form.profession.data, utc_now()
            )
        except ValueError as error:
            form.name.errors = [str(error)]
        else:
            db.session.commit()
            flash("Saved. Certificates issued from now on carry this name.", "good")
            return redirect(url_for("accounts.profile"))
    return render_template("accounts/profile.html", form=form), 400 if form.is_submitted() else 200


def people_query() -> Select[Account]:
    """Return the people the address asks for: searched by name or e-mail, filtered by role."""
    query = select(Account)
    if words := search_words():
        query = query.where(or_(contains(Account.name, words), contains(Account.email, words)))
    if (role := request.args.get("role")) in ROLES:
        query = query.where(Account.roles.any(Role.name == role))
    return query


@accounts_pages.get("/")
@open_to(ADMINISTRATOR)
def people() -> str:
    listing = read_listing(people_query(), SORTS, "name", filters=["role"])
    return render_template("accounts/people.html", listing=listing, roles=[(name, name.capitalize()) for name in ROLES])


@accounts_pages.get("/people.csv")
@open_to(ADMINISTRATOR)
def people_csv() -> Response:
    people = db.session.scalars(people_query().order_by(Account.id)).all()
    rows = [
        (p.name, p.email, p.profession_label, ", ".join(r.name for r in p.roles), local_date(p.created_at), p.active)
        for p in people
    ]
    return csv_response("people.csv", ("Name", "E-mail", "Profession", "Roles", "Added", "Active"), rows)


@accounts_pages.route("/add", methods=["GET", "POST"])
@open_to(ADMINISTRATOR)
def add() -> tuple[str, int]:
    form = PersonForm()
    if not form.validate_on_submit():
        return render_template("accounts/add.html", form=form), 400 if form.is_submitted() else 200
    try:
        account, password = create_account(
            form.email.data or "",
            form.name.data or "",
            form.profession.data,
            form.roles.data or [],
            utc_now(),
            current_user.id,
        )
    except (AccountRefused, ValueError) as error:
        form.email.errors = [*form.email.errors, str(error)]
        return render_template("accounts/add.html", form=form), 400
    db.session.commit()
    return render_template("accounts/added.html", account=account, password=password, is_new=True), 200


@accounts_pages.post("/<int:account_id>/password")
@open_to(ADMINISTRATOR)
def new_password(account_id: int) -> str:
    account = db.get_or_404(Account, account_id)
    try:
        password = give_new_password(account, current_user.id, utc_now())
    except AccountRefused as error:
        refuse(409, str(error))
    db.session.commit()
    return render_template("accounts/added.html", account=account, password=password, is_new=False)


@accounts_pages.post("/<int:account_id>/active")
@open_to(ADMINISTRATOR)
def change_active(account_id: int) -> Response:
    account = db.get_or_404(Account, account_id)
    if account.id == current_user.id:
        refuse(400, "You cannot close your own account.")
    try:
        set_active(account, request.form.get("active") == "1", current_user.id, utc_now())
    except AccountRefused as error:
        refuse(409, str(error))
    db.session.commit()
    return redirect(url_for("accounts.people"))


def trail_query() -> Select[AuditEntry]:
    """Return the entries of the audit trail the address asks for: searched by subject or person, by kind, by day."""
    query = select(AuditEntry).outerjoin(AuditEntry.actor).options(contains_eager(AuditEntry.actor))
    if words := search_words():
        query = query.where(
            or_(contains(AuditEntry.subject, words), contains(Account.name, words), contains(Account.email, words))
        )
    if action := request.args.get("action"):
        query = query.where(AuditEntry.action == action[:60])
    first, last = asked_day("from"), asked_day("to")
    if first:
        query = query.where(AuditEntry.at >= day_start(first))
    if last:
        query = query.where(AuditEntry.at < day_start(last + timedelta(days=1)))
    return query


@accounts_pages.get("/trail")
@open_to(ADMINISTRATOR)
def trail() -> str:
    actions = db.session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()
    listing = read_listing(trail_query(), TRAIL_SORTS, "-entry", filters=["action", "from", "to"])
    words = {"listing": listing, "actions": [(action, action) for action in actions], "checked": last_check()}
    return render_template("accounts/trail.html", **words)


@accounts_pages.get("/trail.csv")
@open_to(ADMINISTRATOR)
def trail_csv() -> Response:
    """Return the entries the address asks for, with their hashes, so that the chain can be recomputed elsewhere."""
    rows = [
        (e.id, e.at.isoformat(), e.actor.email if e.actor else "", e.action, e.subject,
         as_json(e.facts), as_json({one.name: [one.salt, one.text] for one in e.words}), e.previous_hash, e.hash)
        for e in db.session.scalars(trail_query().order_by(AuditEntry.id))
    ]  # fmt: skip
    header = (
        "Entry",
        "Time (UTC)",
        "Person",
        "Action",
        "Subject",
        "Facts",
        "Words (salt, text)",
        "Hash before",
        "Hash",
    )
    return csv_response("audit-trail.csv", header, rows)


def as_json(facts: dict[str, Any]) -> str:
    """Return facts as they are chained."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def guard_sign_ins(app: Flask, limiter: Limiter) -> None:
    """Make the session cookie the only way in, slow down guessing, and note who came and went."""
    # Flask-Security would also take tokens from addresses, headers and JSON.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    app.extensions["sign_in_limiter"] = limiter  # the limited view holds it only weakly
    # Who may enter is decided by quizbank.web.entrance alone. Flask-Principal would look the person up for every font, too;
    # without a loader whatever asked it would find nobody, and refuse.
    app.extensions["security"].principal.identity_loaders.clear()
    limit_sign_ins(app, limiter)
    audit_sign_ins(app)


def limit_sign_ins(app: Flask, limiter: Limiter) -> None:
    """Slow down guessing: wrong sign-ins count against the address they come from and against the account tried."""
    view = without_write_lock(app.view_functions["security.login"])
    by_address = limiter.limit(SIGN_IN_LIMITS, methods=["POST"], deduct_when=is_wrong_sign_in)
    by_account = limiter.limit(ACCOUNT_LIMITS, key_func=tried_account, methods=["POST"], deduct_when=is_wrong_sign_in)
    app.view_functions["security.login"] = by_account(by_address(view))


def without_write_lock(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return a view that checks a password, which takes long, before it takes SQLite's write lock."""

    @wraps(view)
    def read_first(*args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        g.writing = False
        return view(*args, **kwargs)

    return read_first


def is_wrong_sign_in(response: Response) -> bool:
    """Return whether a sign-in failed: success is a redirect."""
    return response.status_code != 302


def tried_account() -> str:
    """Return the account a sign-in names, however it is spelt, as the key of its limit."""
    typed = request.form.get("email", "")[:254]
    try:
        return "account:" + normalise_email(typed)
    except AccountRefused:
        return "account:" + typed.strip().casefold()


def audit_sign_ins(app: Flask) -> None:
    """Write sign-ins and sign-outs to the audit trail; a sign-out ends the person's sessions everywhere."""
    user_logged_in.connect(note_sign_in, app)
    user_logged_out.connect(note_sign_out, app)
    password_changed.connect(note_password_change, app)


def note_sign_in(_app: Flask, user: Account, **_more: object) -> None:
    if not may_write():
        db.session.commit()
        g.writing = True
    session.pop("csrf_token", None)  # whoever knew the token before the sign-in knows nothing now
    record_audit("signed in", f"account:{user.id}", user.id, utc_now())
    db.session.commit()


def note_password_change(_app: Flask, user: Account, **_more: object) -> None:
    record_audit("password changed", f"account:{user.id}", user.id, utc_now())


def note_sign_out(_app: Flask, user: Account, **_more: object) -> None:
    account = db.session.get(Account, getattr(user, "id", None) or 0)
    if account is not None:
        end_sessions(account)
        record_audit("signed out", f"account:{account.id}", account.id, utc_now())
        db.session.commit()


def audit_denials(response: Response) -> Response:
    """Write to the audit trail that a signed-in person asked for what is not theirs, or that a sign-in failed."""
    if g.get("denied") and current_user.is_authenticated:
        account_id = current_user.id
        db.session.rollback()
        g.writing = True
        record_audit("denied", request.path[:120], account_id, utc_now(), method=request.method)
        db.session.commit()
    if request.endpoint == "security.login" and request.method == "POST" and response.status_code == 200:
        db.session.rollback()
        g.writing = True
        tried = db.session.scalar(select(Account.id).where(Account.email == tried_account().removeprefix("account:")))
        record_audit("sign-in refused", f"account:{tried or 'unknown'}", None, utc_now())
        db.session.commit()
    return response
