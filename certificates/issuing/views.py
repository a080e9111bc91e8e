"""Pages of certificates: the learner's own, the public verification, the administrator's list, bundles and revocation."""

from datetime import timedelta
from decimal import Decimal

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    stream_with_context,
    url_for,
)
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from certificates.credits.models import CreditClaim
from certificates.issuing.bundle import bundle_chunks
from certificates.issuing.credential import MEDIA_TYPE
from certificates.issuing.facts import from_json
from certificates.issuing.forms import ReissueForm, RevokeForm
from certificates.issuing.jobs import bundle_entries, bundle_path
from certificates.issuing.keeping import BUNDLE, DAYS_KEPT, READY, WORKING, kept_until, standing
from certificates.issuing.models import Certificate, CertificateFile
from certificates.issuing.operations import (
    CertificateErased,
    IssueRefused,
    ensure_file,
    reissue_certificate,
    revoke_certificate,
)
from certificates.issuing.preview import first_page_png
from certificates.issuing.queries import (
    Found,
    bundles_of,
    certificates_matching,
    certificates_of,
    certificates_of_attempt,
    standing_certificate,
    without_file,
)
from certificates.issuing.sharing import linkedin_address
from certificates.issuing.sheets import SHEETS
from certificates.issuing.signing_keys import SigningKeyUnusable
from certificates.issuing.timestamps import StampRefused
from certificates.issuing.verification import public_facts
from quizbank.accounts.names import printable_name
from quizbank.accounts.operations import record_audit
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import db, utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue
from quizbank.local_time import local_date
from quizbank.web.downloads import attachment, csv_response
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import hide, refuse
from quizbank.web.lists import asked_id, read_listing, search_words

issuing_pages = Blueprint("issuing", __name__, url_prefix="/issuing")

RENDERED_AT_ONCE = 100
"""Up to so many certificates are rendered while they are downloaded; more in the background, with progress."""
SORTS = {
    "name": Certificate.name,
    "activity": Activity.title,
    "issued": Certificate.issued_at,
    "state": Certificate.state,
    "serial": Certificate.serial,
}
STATES = [("valid", "Valid"), ("revoked", "Revoked"), ("superseded", "Superseded")]


def own_certificate(certificate_id: int) -> Certificate:
    """Return a certificate that this person holds or administers; anyone else's is not there."""
    certificate = db.get_or_404(Certificate, certificate_id)
    if certificate.learner_id != current_user.id and not current_user.has_role(ADMINISTRATOR):
        hide()
    return certificate


@issuing_pages.get("/mine")
@open_to(SIGNED_IN)
def mine() -> str:
    return render_template(
        "issuing/mine.html", certificates=certificates_of(current_user.id), facts=from_json, told=public_facts
    )


@issuing_pages.get("/attempt/<int:attempt_id>")
@open_to(SIGNED_IN)
def of_attempt(attempt_id: int) -> BaseResponse:
    attempt = db.get_or_404(Attempt, attempt_id)
    if attempt.learner_id != current_user.id:
        hide()
    certificates = certificates_of_attempt(attempt)
    if not certificates:
        refuse(404, "There is no certificate yet. Complete the evaluation and claim your credit first.")
    if len(certificates) > 1:
        return redirect(url_for("credits.claim", attempt_id=attempt.id))
    return redirect(url_for("issuing.show", certificate_id=certificates[0].id))


@issuing_pages.get("/claim/<int:claim_id>")
@open_to(SIGNED_IN)
def of_claim(claim_id: int) -> BaseResponse:
    claim = db.get_or_404(CreditClaim, claim_id)
    if claim.learner_id != current_user.id and not current_user.has_role(ADMINISTRATOR):
        hide()
    certificate = standing_certificate(claim.id)
    if certificate is None:
        refuse(404, "No certificate was issued for this claim.")
    return redirect(url_for("issuing.show", certificate_id=certificate.id))


@issuing_pages.get("/<int:certificate_id>")
@open_to(SIGNED_IN)
def show(certificate_id: int) -> str:
    certificate = own_certificate(certificate_id)
    facts = from_json(certificate.facts)
    forms = {"form": RevokeForm(), "reissue_form": ReissueForm(formdata=None, data={"name": facts.recipient})}
    words = {
        "certificate": certificate,
        "facts": facts,
        "credit": public_facts(facts).credit,
        "sheet": SHEETS[facts.sheet],
        "linkedin": linkedin_address(facts),
    }
    return render_template("issuing/show.html", **words, **forms)


@issuing_pages.get("/<int:certificate_id>/certificate.pdf")
@open_to(SIGNED_IN)
def pdf(certificate_id: int) -> Response:
    certificate = own_certificate(certificate_id)
    name = f"{certificate.serial} {certificate.name}.pdf"
    response = Response(signed_file(certificate).content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = attachment(name)
    return response


@issuing_pages.get("/<int:certificate_id>/preview.png")
@open_to(SIGNED_IN)
def preview(certificate_id: int) -> Response:
    return Response(first_page_png(signed_file(own_certificate(certificate_id)).content), mimetype="image/png")


def signed_file(certificate: Certificate) -> CertificateFile:
    """Return a certificate's PDF; while it cannot be signed the page says that it will be there later."""
    try:
        return ensure_file(certificate, utc_now())
    except CertificateErased as error:
        refuse(404, str(error))
    except (SigningKeyUnusable, StampRefused) as error:
        current_app.logger.error("certificate %s cannot be signed: %s", certificate.id, error)
        refuse(
            503, "Your credit is recorded, but the provider cannot sign certificates just now. Please come back later."
        )


@issuing_pages.post("/<int:certificate_id>/revoke")
@open_to(ADMINISTRATOR)
def revoke(certificate_id: int) -> BaseResponse:
    certificate = db.get_or_404(Certificate, certificate_id)
    try:
        revoke_certificate(certificate, RevokeForm().reason.data or "", current_user.id, utc_now())
    except IssueRefused as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    flash("Revoked. The public page says so from now on.", "good")
    return redirect(url_for("issuing.show", certificate_id=certificate_id))


@issuing_pages.post("/<int:certificate_id>/reissue")
@open_to(ADMINISTRATOR)
def reissue(certificate_id: int) -> BaseResponse:
    certificate, form = db.get_or_404(Certificate, certificate_id), ReissueForm()
    try:
        name = printable_name(form.name.data or "")
        newer = reissue_certificate(certificate, form.reason.data or "", current_user.id, utc_now(), name)
    except ValueError as error:
        db.session.rollback()
        refuse(409, str(error))
    db.session.commit()
    flash("Replaced. This is the new certificate; the old one leads here.", "good")
    return redirect(url_for("issuing.show", certificate_id=newer.id))


@issuing_pages.get("/<int:certificate_id>/credential.jwt")
@open_to(SIGNED_IN)
def credential(certificate_id: int) -> Response:
    certificate = own_certificate(certificate_id)
    token = signed_file(certificate).credential
    if token is None:
        refuse(404, "This certificate was issued before there were credentials. Its PDF counts as before.")
    response = Response(token, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = attachment(f"{certificate.serial}.jwt")
    return response


def wanted() -> Found:
    """Return the certificates that the address asks for."""
    ends = [request.args.get(name, "").strip().upper()[:40] for name in ("after", "until")]
    return certificates_matching(search_words(), request.args.get("state"), asked_id("activity"), *ends)


@issuing_pages.get("/")
@open_to(ADMINISTRATOR)
def index() -> str:
    listing = read_listing(wanted(), SORTS, "-issued", filters=["state", "activity"])
    activities = db.session.execute(select(Activity.id, Activity.title).order_by(Activity.title)).all()
    choices = [(str(activity_id), title) for activity_id, title in activities]
    bundles = [(job, standing_of(job)) for job in bundles_of(current_user.id, utc_now() - timedelta(days=DAYS_KEPT))]
    words = {"listing": listing, "states": STATES, "activities": choices, "bundles": bundles, "until": kept_until}
    words["many"] = RENDERED_AT_ONCE
    return render_template("issuing/index.html", **words)


@issuing_pages.get("/certificates.csv")
@open_to(ADMINISTRATOR)
def certificates_csv() -> Response:
    header = ("Serial", "Name", "E-mail", "Activity", "Credit type", "Credits", "Issued", "State")
    rows = [
        (
            c.serial,
            c.name,
            person.email,
            activity.title,
            claim.credit_type,
            Decimal(c.facts["credits"]),
            local_date(c.issued_at),
            c.state,
        )
        for c, person, activity, claim in db.session.execute(wanted().order_by(Certificate.id))
    ]
    return csv_response("certificates.csv", header, rows)


@issuing_pages.post("/bundle")
@open_to(ADMINISTRATOR)
def bundle() -> BaseResponse:
    """Give every certificate that matches as one ZIP; in the background when many of them must be rendered first.

    They stand in the order of their serials, so that a download that broke off goes on ``after`` the last whole file.
    """
    ids = wanted_ids()
    if without_file(wanted()) > RENDERED_AT_ONCE:
        return bundled_later(ids)
    db.session.commit()
    response = Response(stream_with_context(bundle_chunks(bundle_entries(ids))), mimetype="application/zip")
    response.headers["Content-Disposition"] = attachment("certificates.zip")
    return response


@issuing_pages.post("/bundle/later")
@open_to(ADMINISTRATOR)
def bundle_later() -> BaseResponse:
    """Write the same in the background, with progress: it goes on when the server is started anew."""
    return bundled_later(wanted_ids())


def wanted_ids() -> list[int]:
    """Return which certificates a bundle holds, and note who took them."""
    kept = wanted().where(Certificate.erased_at.is_(None)).order_by(Certificate.serial)
    ids = [*db.session.scalars(kept.with_only_columns(Certificate.id))]
    if not ids:
        refuse(404, "No certificate matches this search, so there is nothing to download.")
    record_audit("certificates.bundled", f"{len(ids)} certificates", current_user.id, utc_now())
    return ids


def bundled_later(ids: list[int]) -> BaseResponse:
    """Queue a bundle and lead to its page."""
    job = queue_bundle(ids)
    db.session.commit()
    return redirect(url_for("issuing.bundle_progress", job_id=job.id))


def queue_bundle(ids: list[int]) -> Job:
    """Queue the writing of a big bundle; the same request within the same minute is the same job."""
    now = utc_now()
    key = f"{BUNDLE}:{current_user.id}:{now:%Y%m%d%H%M}:{hash(tuple(ids)) & 0xFFFFFFFF:x}"
    return enqueue(BUNDLE, key, {"certificate_ids": ids}, now, account_id=current_user.id, total=len(ids))


def own_bundle(job_id: int) -> Job:
    """Return a bundle job that this person asked for."""
    job = db.get_or_404(Job, job_id)
    if job.kind != BUNDLE or job.account_id != current_user.id:
        hide()
    return job


def standing_of(job: Job) -> str:
    """Return where a bundle stands now."""
    return standing(job.state, job.finished_at, bundle_path(job.id).exists(), utc_now())


@issuing_pages.get("/bundles/<int:job_id>")
@open_to(ADMINISTRATOR)
def bundle_progress(job_id: int) -> str:
    job = own_bundle(job_id)
    until = kept_until(job.finished_at) if job.finished_at else None
    return render_template("issuing/bundle.html", job=job, standing=standing_of(job), until=until, days=DAYS_KEPT)


@issuing_pages.get("/bundles/<int:job_id>/certificates.zip")
@open_to(ADMINISTRATOR)
def bundle_file(job_id: int) -> BaseResponse:
    """Give the ZIP while it is kept; its page says what became of it otherwise."""
    job = own_bundle(job_id)
    if standing_of(job) != READY:
        return redirect(url_for("issuing.bundle_progress", job_id=job_id))
    name = "certificates.zip"
    return send_file(bundle_path(job_id), mimetype="application/zip", as_attachment=True, download_name=name)


@issuing_pages.post("/bundles/<int:job_id>/again")
@open_to(ADMINISTRATOR)
def bundle_again(job_id: int) -> BaseResponse:
    """Make a bundle anew that cannot be downloaded any more; asked for twice it is made once."""
    job = own_bundle(job_id)
    if standing_of(job) not in (WORKING, READY):
        now = utc_now()
        record_audit("certificates.bundled", f"{job.total} certificates", current_user.id, now)
        job = enqueue(BUNDLE, f"{BUNDLE}:again:{job_id}", job.args, now, account_id=current_user.id, total=job.total)
        db.session.commit()
    return redirect(url_for("issuing.bundle_progress", job_id=job.id))
