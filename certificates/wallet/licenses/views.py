"""Pages of licenses and their documents. Each person has one's own only; anyone else's are not there."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as BaseResponse

from certificates.wallet.licenses.forms import DocumentForm, LicenseForm
from certificates.wallet.licenses.kinds import KINDS, LicenseFacts
from certificates.wallet.licenses.operations import (
    LicenseRefused,
    add_document,
    add_license,
    change_license,
    delete_document,
    delete_license,
    dismiss_reminder,
)
from certificates.wallet.licenses.reminders import left_words, step_at
from certificates.wallet.models import License, LicenseDocument
from certificates.wallet.operations import wait_for_turn
from certificates.wallet.queries import licenses_of, own_row, rules_named
from certificates.wallet.uploads import LABELS, MIMETYPES, UploadRefused, read_upload
from quizbank.db import db, utc_now
from quizbank.local_time import local_date
from quizbank.web.downloads import uploaded_response
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.once import once

licenses_pages = Blueprint("licenses", __name__, url_prefix="/wallet/licenses")
licenses_pages.before_request(wait_for_turn)


def own_license(license_id: int) -> License:
    """Return a license of the person's own; anyone else's is not there."""
    return own_row(License, license_id)


def own_document(license_id: int, license_document_id: int) -> tuple[License, LicenseDocument]:
    """Return a license of the person's own with one of its documents."""
    found = own_license(license_id)
    document = next((one for one in found.documents if one.id == license_document_id), None)
    if document is None:
        hide()
    return found, document


def state_of(found: License, today: date) -> tuple[str, str]:
    """Return how a license stands, in words and as the tone of a badge."""
    if found.expires_on is None:
        return "Does not expire", "neutral"
    left = (found.expires_on - today).days
    step = step_at(found.expires_on, today)
    words = left_words(left) if left < 0 or step is not None else f"{left} days left"
    tone = "good" if step is None else "bad" if step in (0, 7) else "caution"
    return words.capitalize(), tone


@licenses_pages.get("/")
@open_to(SIGNED_IN)
def index() -> str:
    today = local_date(utc_now())
    rows = [(one, state_of(one, today)) for one in licenses_of(current_user.id)]
    return render_template("licenses/index.html", rows=rows, kinds=KINDS)


@licenses_pages.route("/add", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def add() -> BaseResponse | tuple[str, int]:
    form = LicenseForm()
    if form.validate_on_submit():
        try:
            made = add_license(current_user.id, given(form), utc_now())
        except LicenseRefused as error:
            db.session.rollback()
            form.expires_on.errors = [str(error)]
        else:
            flash("Your license is kept. Add its documents here.", "good")
            return redirect(url_for("licenses.show", license_id=made.id))
    return render_template("licenses/edit.html", form=form, license=None), 400 if form.is_submitted() else 200


def given(form: LicenseForm) -> LicenseFacts:
    """Return what the form says."""
    return LicenseFacts(
        form.kind.data, form.body.data or "", form.number.data or "", form.issued_on.data, form.expires_on.data
    )


@licenses_pages.get("/<int:license_id>")
@open_to(SIGNED_IN)
def show(license_id: int) -> str:
    return page(own_license(license_id), DocumentForm(formdata=None))


def page(found: License, form: DocumentForm) -> str:
    """Return the page of a license, with the form for a document as it was sent."""
    words = {
        "license": found,
        "state": state_of(found, local_date(utc_now())),
        "kinds": KINDS,
        "labels": LABELS,
        "form": form,
        "followed": [(one, rules_named(one.rules)) for one in found.followed],
    }
    return render_template("licenses/show.html", **words)


@licenses_pages.route("/<int:license_id>/edit", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def edit(license_id: int) -> BaseResponse | tuple[str, int]:
    found = own_license(license_id)
    form = LicenseForm(obj=found)
    if form.validate_on_submit():
        try:
            change_license(found, given(form), utc_now())
        except LicenseRefused as error:
            db.session.rollback()
            form.expires_on.errors = [str(error)]
        else:
            flash("Saved.", "good")
            return redirect(url_for("licenses.show", license_id=license_id))
    return render_template("licenses/edit.html", form=form, license=found), 400 if form.is_submitted() else 200


@licenses_pages.route("/<int:license_id>/delete", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def delete(license_id: int) -> str | BaseResponse:
    found = own_license(license_id)
    if request.method == "GET":
        return render_template("licenses/delete.html", license=found, kinds=KINDS)
    delete_license(found, utc_now())
    flash("The license and its documents are deleted.", "good")
    return redirect(url_for("licenses.index"))


@licenses_pages.post("/<int:license_id>/dismiss")
@open_to(SIGNED_IN)
@once
def dismiss(license_id: int) -> BaseResponse:
    """Put a reminder away; the next step of reminding shows again."""
    found = own_license(license_id)
    try:
        dismiss_reminder(found, request.form.get("days", -1, type=int), utc_now())
    except LicenseRefused as error:
        refuse(409, str(error))
    return redirect(url_for("wallet.index"))


@licenses_pages.post("/<int:license_id>/documents")
@open_to(SIGNED_IN)
@once
def upload(license_id: int) -> BaseResponse | tuple[str, int]:
    """Keep a document of a license."""
    found, form = own_license(license_id), DocumentForm()
    if form.validate():
        try:
            sent = form.file.data
            add_document(found, read_upload(sent.filename or "", sent.stream), utc_now())
        except UploadRefused as error:
            db.session.rollback()
            form.file.errors = [str(error)]
        else:
            flash("The document is kept.", "good")
            return redirect(url_for("licenses.show", license_id=license_id))
    return page(found, form), 400


@licenses_pages.get("/<int:license_id>/documents/<int:license_document_id>")
@open_to(SIGNED_IN)
def download(license_id: int, license_document_id: int) -> Response:
    """Give a document as it is kept; it is never shown inside a page of ours."""
    _, document = own_document(license_id, license_document_id)
    return uploaded_response(document.content, MIMETYPES[document.kind], document.name)


@licenses_pages.route("/<int:license_id>/documents/<int:license_document_id>/delete", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def remove(license_id: int, license_document_id: int) -> str | BaseResponse:
    found, document = own_document(license_id, license_document_id)
    if request.method == "GET":
        return render_template("licenses/remove.html", license=found, document=document)
    delete_document(found, document, utc_now())
    flash("The document is deleted.", "good")
    return redirect(url_for("licenses.show", license_id=license_id))
