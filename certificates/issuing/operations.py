"""The only writers of certificates and their log: issuing for a claim, keeping the PDF, revoking, replacing."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from flask import current_app, g, has_request_context
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from certificates.credits.models import ClaimCorrection, CreditClaim
from certificates.credits.operations import ClaimRefused
from certificates.credits.queries import offer_of
from certificates.credits.wording import certificate_heading, credit_wording, is_awarded
from certificates.issuing.addresses import Addresses
from certificates.issuing.checkpoint import Checkpoint, signed_note
from certificates.issuing.choice import DesignChoice
from certificates.issuing.confined import render_safely
from certificates.issuing.credential import attached_credential, credential_token
from certificates.issuing.designs import design_fingerprint
from certificates.issuing.evidence import Evidence, evidence_to_json, hashed_identity
from certificates.issuing.facts import (
    ERASED,
    CertificateFacts,
    from_json,
    missing,
    to_json,
    too_long,
    without_person,
)
from certificates.issuing.filling import unprintable
from certificates.issuing.fonts import without_font
from certificates.issuing.log import EventKind, hashed_serial, leaf_of
from certificates.issuing.merkle import completed, frontier, leaf_hash, root
from certificates.issuing.models import REVOKED, SUPERSEDED, VALID, Certificate, CertificateFile, LogEntry
from certificates.issuing.queries import (
    log_size,
    logged_nodes,
    standing_certificate,
    stated_by,
    statement_hash,
    stored_file,
)
from certificates.issuing.rendering import Pictures
from certificates.issuing.serial import new_serial
from certificates.issuing.signing import Seal
from certificates.issuing.signing_keys import Signer, SigningKeyUnusable, keep_first_signer, make_signer, signer_at
from certificates.issuing.telling.operations import tell_issued, tell_replaced, tell_revoked
from certificates.issuing.timestamps import stamp_at
from quizbank.accounts.operations import erase_words, record_audit
from quizbank.accounts.roles import PROFESSIONS
from quizbank.activities.credit_types import Offer
from quizbank.activities.formats import FORMATS
from quizbank.activities.models import Activity
from quizbank.activities.readiness import Shortcoming
from quizbank.db import db, utc_now
from quizbank.jobs.operations import enqueue
from quizbank.local_time import local_date

RENDER = "issuing.render"
LOG_LOCK = 7_309_002
"""Number of PostgreSQL's advisory lock that lets one transaction at a time append to the log."""
MAX_REASON = 1_000


class IssueRefused(ClaimRefused):
    """A certificate cannot be issued or revoked as asked; the message says why. A claim waits until it can."""


class CertificateErased(LookupError):
    """There is no PDF any more: the certificate was erased; the message says so."""


def issue_certificate(claim: CreditClaim, now: datetime) -> Certificate:
    """Freeze what a claim's certificate states and queue its rendering; a second call returns the first certificate."""
    if existing := standing_certificate(claim.id):
        return existing
    try:
        with db.session.begin_nested():
            return insert_certificate(claim, now)
    except IntegrityError:
        existing = standing_certificate(claim.id)
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


def insert_certificate(
    claim: CreditClaim, now: datetime, name: str | None = None, replaces_id: int | None = None
) -> Certificate:
    """Insert a certificate with its frozen facts, its audit line, its log entry and the job that renders it.

    ``name`` is printed instead of the account's; ``replaces_id`` is the certificate that this one corrects.
    """
    if claim.learner.deleted_at is not None:
        raise IssueRefused(
            "The holder's account was deleted, so nothing new is certified. What was issued can be revoked."
        )
    facts = facts_of(claim, new_serial(secrets.token_bytes), now)
    facts = replace(facts, recipient=name) if name else facts
    if gaps := problems_of(facts):
        advice = "Your name can be changed in your profile; then claim again." if without_font(facts.recipient) else ""
        raise IssueRefused(" ".join([*gaps, advice]).strip())
    certificate = Certificate(
        claim_id=claim.id,
        learner_id=claim.learner_id,
        activity_id=claim.activity_id,
        replaces_id=replaces_id,
        serial=facts.serial,
        name=facts.recipient,
        facts=to_json(facts),
        evidence=evidence_to_json(evidence_of(claim, secrets.token_hex(16))),
        design=facts.design,
        design_fingerprint=design_fingerprint(facts.design, facts.sheet),
        issued_at=now,
    )
    db.session.add(certificate)
    db.session.flush()
    record_audit("certificate.issued", f"certificate:{certificate.id}", claim.learner_id, now, serial=facts.serial)
    append_event(certificate, "issued", now, stated=statement_hash(certificate))
    enqueue(RENDER, f"{RENDER}:{certificate.id}", {"certificate_id": certificate.id}, now)
    tell_issued(certificate, now)
    return certificate


def problems_of(facts: CertificateFacts) -> list[str]:
    """Return a sentence for everything that keeps a certificate from being issued."""
    return missing(facts) + too_long(facts) + unprintable(facts)


def facts_of(claim: CreditClaim, serial: str, now: datetime) -> CertificateFacts:
    """Gather what the certificate will state, from the claim, the learner and the activity as they are now."""
    activity, learner, offer = claim.activity, claim.learner, offer_of(claim)
    profession = certified_profession(claim, offer)
    chosen = chosen_design(activity.id)
    return CertificateFacts(
        heading=certificate_heading(profession, offer.kind),
        recipient=learner.name,
        profession=PROFESSIONS.get(profession, profession),
        title=activity.title,
        format=FORMATS[activity.format],
        provider=current_app.config["PROVIDER_NAME"],
        accreditation=current_app.config["ACCREDITATION_STATEMENT"] or None,
        completed_on=local_date(claim.attempt.submitted_at or now),
        issued_on=local_date(now),
        credit_name=offer.kind.label,
        credits=claim.credited,
        unit=offer.kind.unit,
        wording=credit_wording(profession, offer, claim.credited),
        serial=serial,
        verify_url=addresses_here().verify_url(serial),
        design=chosen.design,
        sheet=chosen.sheet,
        logo=chosen.logo,
        signatories=chosen.signatories,
    )


def certified_profession(claim: CreditClaim, offer: Offer) -> str:
    """Return the profession a certificate states: the present one, or where that may not claim, the one that claimed."""
    present = claim.learner.profession
    return present if offer.kind.claimants_of(present) or claim.profession is None else claim.profession


def evidence_of(claim: CreditClaim, salt: str) -> Evidence:
    """Gather what the certificate rests on and does not print."""
    activity, learner, offer = claim.activity, claim.learner, offer_of(claim)
    return Evidence(
        activity=activity.id,
        revision=activity.revision,
        pass_mark=activity.pass_mark,
        designated=offer.maximum,
        is_awarded=is_awarded(certified_profession(claim, offer), offer.kind),
        identity=hashed_identity(learner.email, salt),
        salt=salt,
    )


def addresses_here() -> Addresses:
    """Return the public addresses of this provider; their host comes from the settings, never from a request."""
    return Addresses(current_app.config["PUBLIC_URL"].rstrip("/"))


def append_event(certificate: Certificate, event: EventKind, now: datetime, **details: str) -> None:
    """Append an event to the public log, in the same transaction as what it tells of.

    One transaction at a time appends (SQLite's write lock, PostgreSQL's advisory lock), so numbers have no gaps and the
    log no forks. Called after ``record_audit``, never before it, so that locks are always taken in the same order.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOG_LOCK})
    number = log_size()
    leaf = leaf_of(event, certificate.serial, now, **details)
    known = logged_nodes(frontier(number))
    hashes = completed(number, leaf_hash(leaf.encode()), lambda *place: known[place])
    known |= {(level, (number + 1 >> level) - 1): found for level, found in enumerate(hashes)}
    checkpoint = Checkpoint(addresses_here().log_origin, number + 1, root(number + 1, lambda *place: known[place]))
    entry = LogEntry(number=number, certificate_id=certificate.id, leaf=leaf, hashes="".join(h.hex() for h in hashes))
    entry.checkpoint = signed_if_possible(checkpoint)
    db.session.add(entry)
    db.session.flush()


def signed_if_possible(checkpoint: Checkpoint) -> str | None:
    """Return the signed checkpoint, None while no key is at hand: the next one that is signed covers it."""
    try:
        return signed_note(checkpoint, provider_signer())
    except SigningKeyUnusable:
        return None


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


def chosen_design(activity_id: int) -> DesignChoice:
    """Return how certificates of an activity look (handed over by the application)."""
    choice_for, _ = current_app.extensions["certificate_design"]
    return choice_for(activity_id)


def pictures_of(facts: CertificateFacts) -> Pictures:
    """Return the pictures that a certificate carries (handed over by the application)."""
    _, kept = current_app.extensions["certificate_design"]
    return kept(facts)


def ensure_file(certificate: Certificate, now: datetime) -> CertificateFile:
    """Return a certificate's PDF, rendered and kept on first need; bytes once kept never change. Commits.

    Raises SigningKeyUnusable and StampRefused: a certificate waits until it can be signed, and is never kept unsigned;
    and CertificateErased.
    """
    if certificate.erased_at is not None:
        raise CertificateErased("The record was erased when the time was over for which it had to be kept.")
    if existing := stored_file(certificate.id):
        return existing
    certificate_id, design, facts = certificate.id, certificate.design, from_json(certificate.facts)
    stated, pictures = stated_by(certificate), pictures_of(facts)
    db.session.rollback()  # no transaction stays open while the PDF is laid out
    seal = provider_seal()
    credential = credential_token(stated, seal.signer) if stated else None
    attached = attached_credential(credential) if credential else None
    content = render_safely(facts, design, seal, pictures, attached)
    file = CertificateFile(
        certificate_id=certificate_id,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        credential=credential,
        renderer=renderer(),
        rendered_at=now,
    )
    try:
        keep_file(file, now)
    except IntegrityError:  # another process was faster; what it kept is what counts
        db.session.rollback()
    return db.session.get_one(CertificateFile, certificate_id)


def keep_file(file: CertificateFile, now: datetime) -> None:
    """Keep a rendered PDF and log its hash, in a transaction of its own."""
    if has_request_context():
        g.writing = True  # a download may be the first that needs the file
    db.session.add(file)
    db.session.flush()
    certificate = db.session.get_one(Certificate, file.certificate_id)
    append_event(certificate, "rendered", now, file=file.sha256)
    db.session.commit()


def renderer() -> str:
    """Return what renders certificates, with its version, as it is kept beside each file."""
    return f"WeasyPrint {version('weasyprint')}"


def revoke_certificate(certificate: Certificate, reason: str, actor_id: int, now: datetime) -> None:
    """Revoke a valid certificate with a reason; raises IssueRefused when it is not valid or no reason is given."""
    reason = required_reason(reason, "Say why the certificate is revoked.")
    end_certificate(certificate, REVOKED, reason, now)
    record_audit("certificate.revoked", f"certificate:{certificate.id}", actor_id, now, reason=reason)
    append_event(certificate, "revoked", now)
    tell_revoked(certificate, now)


def reissue_certificate(
    certificate: Certificate, reason: str, actor_id: int, now: datetime, name: str | None = None
) -> Certificate:
    """Replace a valid certificate by a new one for the same claim, which states things as they are now; return that.

    ``name``: printed instead of the account's. Raises IssueRefused, after which the transaction must be undone.
    """
    reason = required_reason(reason, "Say why the certificate is replaced.")
    end_certificate(certificate, SUPERSEDED, reason, now)
    newer = insert_certificate(certificate.claim, now, name, certificate.id)
    subject = f"certificate:{certificate.id}"
    record_audit("certificate.superseded", subject, actor_id, now, reason=reason, by=newer.serial)
    append_event(certificate, "superseded", now, by=hashed_serial(newer.serial))
    tell_replaced(certificate, newer, now)
    return newer


def follow_correction(correction: ClaimCorrection, now: datetime) -> None:
    """Let a claim's certificate follow a correction: replaced by one of the new amount, revoked when it was withdrawn.

    The name stays as it was printed. A certificate that was revoked before stays so; a claim that waits for its
    certificate gets one of the new amount.
    """
    certificate = standing_certificate(correction.claim_id)
    if certificate is None or certificate.state != VALID:
        return
    if correction.amount:
        reissue_certificate(certificate, correction.reason, correction.actor_id, now, certificate.name)
    else:
        revoke_certificate(certificate, correction.reason, correction.actor_id, now)


def required_reason(reason: str, otherwise: str) -> str:
    """Return the reason as it is kept; raises IssueRefused with the words given when there is none."""
    if not reason.strip():
        raise IssueRefused(otherwise)
    return reason.strip()[:MAX_REASON]


def end_certificate(certificate: Certificate, state: str, reason: str, now: datetime) -> None:
    """Move a certificate out of the valid state, once; raises IssueRefused when it is not valid any more."""
    moved = db.session.execute(
        update(Certificate)
        .where(Certificate.id == certificate.id, Certificate.state == VALID)
        .values(state=state, changed_at=now, reason=reason)
        .returning(Certificate.id)
    ).scalar_one_or_none()
    if moved is None:
        raise IssueRefused("This certificate is not valid any more, so it can be neither revoked nor replaced.")


def erase_certificate(certificate: Certificate, now: datetime) -> None:
    """Take everything personal out of a certificate; its leaves in the log and the hash of its PDF stay. Twice: no change.

    For the holder's account was deleted and the record need not be kept any longer; the caller makes sure of both.
    """
    if certificate.erased_at is not None:
        return
    facts = without_person(from_json(certificate.facts))
    certificate.name, certificate.facts, certificate.evidence = facts.recipient, to_json(facts), None
    certificate.reason = None if certificate.state == VALID else ERASED
    certificate.erased_at = now
    if file := stored_file(certificate.id):
        file.content, file.credential = b"", None
    subject = f"certificate:{certificate.id}"
    erase_words([subject], record_audit("certificate.erased", subject, None, now))
    append_event(certificate, "erased", now)


def adopt_certificates(now: datetime) -> int:
    """Write certificates that were issued before the log began into it, and return how many they were.

    Only for those that nothing in the log names. It vouches for them as they stand now, so it is a command, not a job.
    """
    unlogged = select(Certificate).where(Certificate.id.not_in(select(LogEntry.certificate_id)))
    adopted = db.session.scalars(unlogged.order_by(Certificate.id)).all()
    for certificate in adopted:
        record_audit("certificate.adopted", f"certificate:{certificate.id}", None, now, serial=certificate.serial)
        append_event(certificate, "issued", certificate.issued_at, stated=statement_hash(certificate))
        if file := stored_file(certificate.id):
            append_event(certificate, "rendered", file.rendered_at, file=file.sha256)
        if certificate.state == REVOKED and certificate.changed_at:
            append_event(certificate, "revoked", certificate.changed_at)
    return len(adopted)
