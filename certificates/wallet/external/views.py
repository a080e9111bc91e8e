"""Pages of credit earned elsewhere, and of the topics that credit counts for. Each person has one's own only."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from certificates.credits.models import CreditClaim
from certificates.issuing.signing_keys import SigningKeyUnusable
from certificates.wallet.entries import OTHER, TypedCredit
from certificates.wallet.external.forms import CertificateForm, ExternalForm, TopicsForm
from certificates.wallet.external.operations import (
    ExternalRefused,
    add_external,
    add_read,
    change_external,
    delete_external,
    set_claim_topics,
    set_external_topics,
)
from certificates.wallet.external.reading import CertificateUnreadable
from certificates.wallet.models import READ, ClaimTopics, ExternalCredit
from certificates.wallet.operations import wait_for_turn
from certificates.wallet.queries import own_row, read_file, rules_here, type_labels
from certificates.wallet.uploads import MIMETYPES, Upload, UploadRefused, read_upload
from quizbank.db import db, utc_now
from quizbank.local_time import local_date
from quizbank.web.downloads import uploaded_response
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.once import once

external_pages = Blueprint("external", __name__, url_prefix="/wallet/external")
external_pages.before_request(wait_for_turn)


def own_external(external_id: int) -> ExternalCredit:
    """Return credit of the person's own; anyone else's is not there."""
    return own_row(ExternalCredit, external_id)


def offered_topics() -> list[tuple[str, str]]:
    """Return every topic that some rules ask for, by name and label, each once."""
    return list({topic.name: topic.label for rules in rules_here() for topic in rules.topics}.items())


def external_form(kept: Iterable[str] = (), **shown: Any) -> ExternalForm:
    """Return the form, with what is kept when it was not sent."""
    form = ExternalForm(**shown)
    form.offer(offered_topics())
    form.offer_types([*type_labels().items(), (OTHER, "Another type")])
    if not form.is_submitted():
        form.show(kept)
    return form


def given(form: ExternalForm) -> TypedCredit:
    """Return what the form says."""
    label = form.label.data if form.credit_type.data == OTHER else ""
    words = (form.title.data or "", form.provider.data or "", form.credit_type.data, label or "")
    return TypedCredit(*words, form.amount.data, form.completed_on.data, tuple(form.chosen()))


def sent_file(sent: FileStorage | None) -> Upload | None:
    """Return the file that was sent, None when there is none; raises UploadRefused."""
    return read_upload(sent.filename or "", sent.stream) if sent else None


@external_pages.route("/add", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def add() -> BaseResponse | tuple[str, int]:
    form = external_form()
    if form.validate_on_submit():
        try:
            now = utc_now()
            add_external(current_user.id, given(form), sent_file(form.file.data), local_date(now), now)
        except (ExternalRefused, UploadRefused) as error:
            tell(form, error)
        else:
            flash("Your credit is in the transcript, marked as entered by you.", "good")
            return redirect(url_for("wallet.index"))
    return render_template("external/edit.html", form=form, credit=None), 400 if form.is_submitted() else 200


def tell(form: ExternalForm | CertificateForm, error: ValueError) -> None:
    """Undo what was begun, and say at the form what is wrong."""
    db.session.rollback()
    if isinstance(error, ExternalRefused):
        form.form_errors.append(str(error))
    else:
        form.file.errors = [str(error)]


@external_pages.route("/read", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def read() -> BaseResponse | tuple[str, int]:
    """Take credit from a certificate itself, after its signature was checked."""
    form = CertificateForm()
    if form.validate_on_submit():
        try:
            upload, now = sent_file(form.file.data), utc_now()
            if upload is None:
                raise UploadRefused("Choose the PDF of the certificate.")
            stated, is_ours = read_file(upload.content, now)
            made = add_read(current_user, stated, is_ours, upload, local_date(now), now)
        except (ExternalRefused, UploadRefused, CertificateUnreadable) as error:
            tell(form, error)
        except SigningKeyUnusable:
            refuse(503, "Signatures cannot be checked at the moment. Please come back later.")
        else:
            held = f"The signature of {stated.signer} holds, and the certificate bears the name {stated.name}."
            flash(f"{held} Choose what its credit is about, if a board asks for topics.", "good")
            return redirect(url_for("external.edit", external_id=made.id))
    return render_template("external/read.html", form=form), 400 if form.is_submitted() else 200


@external_pages.route("/<int:external_id>/edit", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def edit(external_id: int) -> BaseResponse | tuple[str, int]:
    found = own_external(external_id)
    if found.origin == READ:
        return edit_topics(found)
    shown = ("title", "provider", "credit_type", "label", "amount", "completed_on")
    form = external_form(found.topics, data={name: getattr(found, name) for name in shown})
    if form.validate_on_submit():
        try:
            now = utc_now()
            change_external(found, given(form), sent_file(form.file.data), local_date(now), now)
        except (ExternalRefused, UploadRefused) as error:
            tell(form, error)
        else:
            flash("Saved.", "good")
            return redirect(url_for("wallet.index"))
    return render_template("external/edit.html", form=form, credit=found), 400 if form.is_submitted() else 200


def edit_topics(found: ExternalCredit) -> BaseResponse | tuple[str, int]:
    """Show and change the topics of credit that was read; nothing else of it can be changed."""
    form = topics_form(found.topics)
    if form.validate_on_submit():
        try:
            set_external_topics(found, form.chosen(), utc_now())
        except ExternalRefused as error:
            db.session.rollback()
            form.others.errors = [str(error)]
        else:
            flash("Saved.", "good")
            return redirect(url_for("wallet.index"))
    words = {"form": form, "title": found.title, "credit": found}
    return render_template("external/topics.html", **words), 400 if form.is_submitted() else 200


def topics_form(kept: Iterable[str]) -> TopicsForm:
    """Return the form of topics, with those kept when it was not sent."""
    form = TopicsForm()
    form.offer(offered_topics())
    if not form.is_submitted():
        form.show(kept)
    return form


@external_pages.route("/<int:external_id>/delete", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def delete(external_id: int) -> str | BaseResponse:
    found = own_external(external_id)
    if request.method == "GET":
        return render_template(
            "external/delete.html", credit=found, label=found.label or type_labels().get(found.credit_type)
        )
    delete_external(found, utc_now())
    flash("Deleted from your transcript.", "good")
    return redirect(url_for("wallet.index"))


@external_pages.get("/<int:external_id>/file")
@open_to(SIGNED_IN)
def file(external_id: int) -> Response:
    """Give the file of credit as it is kept; it is never shown inside a page of ours."""
    kept = own_external(external_id).file
    if kept is None:
        refuse(404, "There is no file for this credit. You can add one when you edit it.")
    return uploaded_response(kept.content, MIMETYPES[kept.kind], kept.name)


@external_pages.route("/claims/<int:claim_id>/topics", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@once
def claim_topics(claim_id: int) -> BaseResponse | tuple[str, int]:
    """Say which topics credit claimed here is about; the claim itself never changes."""
    claim = db.get_or_404(CreditClaim, claim_id)
    if claim.learner_id != current_user.id:
        hide()
    kept = db.session.get(ClaimTopics, claim_id)
    form = topics_form(kept.topics if kept else ())
    if form.validate_on_submit():
        try:
            set_claim_topics(claim, form.chosen(), utc_now())
        except ExternalRefused as error:
            db.session.rollback()
            form.others.errors = [str(error)]
        else:
            flash("Saved.", "good")
            return redirect(url_for("wallet.index"))
    words = {"form": form, "title": claim.activity.title, "credit": None}
    return render_template("external/topics.html", **words), 400 if form.is_submitted() else 200
