"""The only writers of certificates: issuing one for a claim, keeping its PDF, revoking it."""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from certificates.credits.models import CreditClaim
from certificates.credits.operations import ClaimRefused
from certificates.credits.wording import certificate_heading, credit_wording
from certificates.issuing.designs import design_fingerprint
from certificates.issuing.facts import CertificateFacts, from_json, missing, to_json, too_long
from certificates.issuing.fonts import without_font
from certificates.issuing.models import REVOKED, VALID, Certificate, CertificateFile
from certificates.issuing.queries import stored_file
from certificates.issuing.rendering import render_certificate, unprintable
from certificates.issuing.serial import new_serial
from certificates.issuing.signing import Seal
from certificates.issuing.signing_keys import Signer, keep_first_signer, make_signer, signer_at
from certificates.issuing.timestamps import stamp_at
from quizbank.accounts.operations import record_audit
from quizbank.activities.formats import FORMATS, credit_type
from quizbank.activities.models import Activity
from quizbank.activities.readiness import Shortcoming
from quizbank.db import db, utc_now
from quizbank.jobs.operations import enqueue
from quizbank.local_time import local_date

DESIGN = "classic"
RENDER = "issuing.render"


class IssueRefused(ClaimRefused):
    """A certificate cannot be issued or revoked as asked; the message says why. A claim waits until it can."""


def issue_certificate(claim: CreditClaim, now: datetime) -> Certificate:
    """Freeze what a claim's certificate states and queue its rendering; a second call returns the first certificate."""
    if existing := db.session.scalar(select(Certificate).where(Certificate.claim_id == claim.id)):
        return existing
    try:
        with db.session.begin_nested():
            return insert_certificate(claim, now)
    except IntegrityError:
        existing = db.session.scalar(select(Certificate).where(Certificate.claim_id == claim.id))
        if existing is None:
            raise
        return existing


def unprintable_in(activity: Activity) -> list[Shortcoming]:
    """Return what of an activity no certificate could print; asked before it is published."""
    strange = without_font(activity.title)
    if not strange:
        return []
    words = f"Certificates cannot print these characters of the title: {' '.join(strange[:5])}"
    return [Shortcoming("title", words, "what the fonts of certificates hold")]


def insert_certificate(claim: CreditClaim, now: datetime) -> Certificate:
    """Insert a certificate with its frozen facts, its audit line and the job that renders it."""
    facts = facts_of(claim, new_serial(secrets.token_bytes), now)
    if gaps := missing(facts) + too_long(facts) + unprintable(facts):
        advice = "Your name can be changed in your profile; then claim again." if without_font(facts.recipient) else ""
        raise IssueRefused(" ".join([*gaps, advice]).strip())
    certificate = Certificate(
        claim_id=claim.id,
        learner_id=claim.learner_id,
        activity_id=claim.activity_id,
        serial=facts.serial,
        name=facts.recipient,
        facts=to_json(facts),
        design=DESIGN,
        design_fingerprint=design_fingerprint(DESIGN),
        issued_at=now,
    )
    db.session.add(certificate)
    db.session.flush()
    record_audit("certificate.issued", f"certificate:{certificate.id}", claim.learner_id, now, serial=facts.serial)
    enqueue(RENDER, f"{RENDER}:{certificate.id}", {"certificate_id": certificate.id}, now)
    return certificate


def facts_of(claim: CreditClaim, serial: str, now: datetime) -> CertificateFacts:
    """Gather what the certificate will state, from the claim, the learner and the activity as they are now."""
    activity, learner = claim.activity, claim.learner
    kind = credit_type(claim.credit_type)
    return CertificateFacts(
        heading=certificate_heading(learner.profession, claim.credit_type),
        recipient=learner.name,
        profession=learner.profession_label,
        title=activity.title,
        format=FORMATS[activity.format],
        provider=current_app.config["PROVIDER_NAME"],
        accreditation=current_app.config["ACCREDITATION_STATEMENT"] or None,
        completed_on=local_date(claim.attempt.submitted_at or now),
        issued_on=local_date(now),
        credit_name=kind.label,
        credits=claim.amount,
        unit=kind.unit,
        wording=credit_wording(learner.profession, claim.credit_type, claim.amount, activity.maximum_credit),
        serial=serial,
        verify_url=verification_url(serial),
        design=DESIGN,
        signatory=current_app.config["SIGNATORY"] or None,
        signatory_title=current_app.config["SIGNATORY_TITLE"] or None,
    )


def verification_url(serial: str) -> str:
    """Return the public address that verifies a serial; its host comes from the settings, never from a request."""
    return current_app.config["PUBLIC_URL"].rstrip("/") + f"/verify/{serial}"


def provider_signer() -> Signer:
    """Return who signs for the provider; raises SigningKeyUnusable. In the demo the key is made on first use.

    A token or a remote service would be connected here; nothing else knows where the key is.
    """
    path = Path(current_app.config["SIGNING_KEY"])
    if current_app.config["DEMO"] and not path.exists():
        keep_first_signer(make_signer(current_app.config["PROVIDER_NAME"], utc_now()), path)
    return signer_at(path)


def provider_seal() -> Seal:
    """Return what signs certificates, and dates the signatures when a time-stamp server is set; raises SigningKeyUnusable."""
    server = current_app.config["TIMESTAMP_URL"]
    return Seal(provider_signer(), stamp_at(server) if server else None)


def ensure_file(certificate: Certificate, now: datetime) -> CertificateFile:
    """Return a certificate's PDF, rendered and kept on first need; bytes once kept never change. Commits.

    Raises SigningKeyUnusable and StampRefused: a certificate waits until it can be signed, and is never kept unsigned.
    """
    if existing := stored_file(certificate.id):
        return existing
    certificate_id, design = certificate.id, certificate.design
    facts = from_json(certificate.facts)
    db.session.rollback()  # no transaction stays open while the PDF is laid out
    content = render_certificate(facts, design, provider_seal())
    try:
        db.session.add(
            CertificateFile(
                certificate_id=certificate_id,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
                rendered_at=now,
            )
        )
        db.session.commit()
    except IntegrityError:  # another process was faster; what it kept is what counts
        db.session.rollback()
    return db.session.get_one(CertificateFile, certificate_id)


def revoke_certificate(certificate: Certificate, reason: str, actor_id: int, now: datetime) -> None:
    """Revoke a valid certificate with a reason; raises IssueRefused when it is not valid or no reason is given."""
    if not reason.strip():
        raise IssueRefused("Say why the certificate is revoked.")
    moved = db.session.execute(
        update(Certificate)
        .where(Certificate.id == certificate.id, Certificate.state == VALID)
        .values(state=REVOKED, revoked_at=now, reason=reason.strip()[:1000])
        .returning(Certificate.id)
    ).scalar_one_or_none()
    if moved is None:
        raise IssueRefused("This certificate is not valid any more, so it cannot be revoked.")
    record_audit("certificate.revoked", f"certificate:{certificate.id}", actor_id, now, reason=reason.strip()[:1000])
