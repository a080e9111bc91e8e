"""Pages of identity: what boards know the person by, and consent to reporting. Each person has one's own only."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from certificates.wallet.identifiers import IdentifierRefused, checked_birthday, checked_npi
from certificates.wallet.identity.forms import BoardForm, IdentityForm
from certificates.wallet.identity.operations import (
    CONSENT_WORDS,
    keep_board,
    remove_board,
    save_identity,
    set_consent,
)
from certificates.wallet.models import BoardIdentifier
from certificates.wallet.operations import wait_for_turn
from certificates.wallet.queries import identity_of
from quizbank.accounts.names import NameRefused, printable_name
from quizbank.db import db, utc_now
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide
from quizbank.web.once import once

identity_pages = Blueprint("identity", __name__, url_prefix="/wallet/identity")
identity_pages.before_request(wait_for_turn)


@identity_pages.get("/")
@open_to(SIGNED_IN)
def show() -> str:
    return page(kept_form(), BoardForm(formdata=None))


def kept_form() -> IdentityForm:
    """Return the form with what is kept."""
    found = identity_of(current_user.id)
    names = ("given_name", "family_name", "npi")
    kept = {name: getattr(found, name) for name in names} if found else {}
    month, _, day = (found.birthday if found else "").partition("-")
    return IdentityForm(formdata=None, data={**kept, "month": month, "day": day})


def page(form: IdentityForm, board_form: BoardForm) -> str:
    """Return the page, with its forms as they were filled in."""
    found = identity_of(current_user.id)
    words = {"identity": found, "form": form, "board_form": board_form, "consent_words": CONSENT_WORDS}
    return render_template("identity/show.html", **words)


@identity_pages.post("/")
@open_to(SIGNED_IN)
@once
def save() -> Response | tuple[str, int]:
    form = IdentityForm()
    if form.validate() and is_in_order(form):
        given, family = form.given_name.data or "", form.family_name.data or ""
        save_identity(current_user.id, given, family, form.npi.data or "", form.birthday(), utc_now())
        flash("Saved.", "good")
        return redirect(url_for("identity.show"))
    return page(form, BoardForm(formdata=None)), 400


def is_in_order(form: IdentityForm) -> bool:
    """Return whether every field can be kept; tells each that cannot why."""
    for name in (form.given_name, form.family_name):
        try:
            printable_name(name.data) if (name.data or "").strip() else None
        except NameRefused as error:
            name.errors = [str(error)]
    try:
        checked_npi(form.npi.data or "")
    except IdentifierRefused as error:
        form.npi.errors = [str(error)]
    try:
        checked_birthday(form.birthday())
    except IdentifierRefused as error:
        is_half = bool(form.month.data) != bool(form.day.data)
        form.day.errors = ["Choose both month and day, or neither." if is_half else str(error)]
    return not any(field.errors for field in form)


@identity_pages.post("/boards")
@open_to(SIGNED_IN)
@once
def add_board() -> Response | tuple[str, int]:
    form = BoardForm()
    if form.validate():
        try:
            keep_board(current_user.id, form.board.data, form.number.data, utc_now())
        except IdentifierRefused as error:
            db.session.rollback()
            form.board.errors = [str(error)]
        else:
            flash("Saved.", "good")
            return redirect(url_for("identity.show"))
    return page(kept_form(), form), 400


def own_board(board_id: int) -> BoardIdentifier:
    """Return a board of the person's own; anyone else's is not there."""
    board = db.get_or_404(BoardIdentifier, board_id)
    mine = identity_of(current_user.id)
    if mine is None or board.identity_id != mine.id:
        hide()
    return board


@identity_pages.route("/boards/<int:board_id>/remove", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def remove(board_id: int) -> str | Response:
    board, mine = own_board(board_id), identity_of(current_user.id)
    if request.method == "GET" or mine is None:
        return render_template("identity/remove.html", board=board)
    remove_board(mine, board, utc_now())
    flash("Removed.", "good")
    return redirect(url_for("identity.show"))


@identity_pages.post("/consent")
@open_to(SIGNED_IN)
@once
def consent() -> Response:
    """Give consent to reporting, or withdraw it."""
    is_given = request.form.get("given") == "yes"
    set_consent(current_user.id, is_given, utc_now())
    flash("Your consent is recorded." if is_given else "Your consent is withdrawn. Nothing more is reported.", "good")
    return redirect(url_for("identity.show"))
