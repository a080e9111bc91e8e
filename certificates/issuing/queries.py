"""Reads of certificates: lists as the address asks, one by serial, a stored file, the bundles of a person."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.x509 import Certificate as Certificate509
from cryptography.x509 import load_pem_x509_certificates
from flask import current_app
from sqlalchemy import ColumnClause, Select, func, literal_column, or_, select

from certificates.credits.models import CreditClaim
from certificates.credits.queries import offer_of
from certificates.issuing.auditing import KeptCertificate, LoggedRow
from certificates.issuing.bundle import BundleEntry
from certificates.issuing.credential import Stated
from certificates.issuing.evidence import evidence_from_json
from certificates.issuing.facts import from_json
from certificates.issuing.keeping import BUNDLE
from certificates.issuing.log import hashed_statement, logged_time
from certificates.issuing.merkle import completing_leaf, consistency_proof, inclusion_proof
from certificates.issuing.models import SUPERSEDED, VALID, Certificate, CertificateFile, LogEntry
from certificates.issuing.signing_keys import published_certificates
from certificates.issuing.tokens import is_authority
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.web.lists import contains

Found = Select[Certificate, Account, Activity, CreditClaim]

AT_ONCE = 1_000
"""Entries of the log in memory while all are gone through."""


def certificates_matching(
    words: str, state: str | None, activity_id: int | None, after: str = "", until: str = ""
) -> Found:
    """Return certificates with person, activity and claim: searched by any word of them, filtered by state, activity.

    ``after`` and ``until`` are serials: those later in the alphabet than the first, and not later than the second.
    """
    query = (
        select(Certificate, Account, Activity, CreditClaim)
        .join(Account, Certificate.learner_id == Account.id)
        .join(Activity, Certificate.activity_id == Activity.id)
        .join(CreditClaim, Certificate.claim_id == CreditClaim.id)
    )
    if words:
        columns = (Certificate.name, Account.email, Activity.title, Certificate.serial)
        query = query.where(or_(*(contains(column, words) for column in columns)))
    if state:
        query = query.where(Certificate.state == state)
    if activity_id:
        query = query.where(Certificate.activity_id == activity_id)
    if after:
        query = query.where(Certificate.serial > after)
    if until:
        query = query.where(Certificate.serial <= until)
    return query


def certificates_of_attempt(attempt: Attempt) -> Sequence[Certificate]:
    """Return the certificates that the learner's claims for the attempt's activity led to, none that was superseded."""
    query = (
        select(Certificate)
        .join(CreditClaim)
        .where(
            CreditClaim.learner_id == attempt.learner_id,
            CreditClaim.activity_id == attempt.activity_id,
            Certificate.state != SUPERSEDED,
        )
        .order_by(Certificate.id.desc())
    )
    return db.session.scalars(query).all()


def certificate_with_serial(serial: str) -> Certificate | None:
    """Return the certificate of a normalised serial."""
    return db.session.scalar(select(Certificate).where(Certificate.serial == serial))


def standing_certificate(claim_id: int) -> Certificate | None:
    """Return the certificate of a claim that was not superseded; the database allows one."""
    query = select(Certificate).where(Certificate.claim_id == claim_id, Certificate.state != SUPERSEDED)
    return db.session.scalar(query)


def stored_file(certificate_id: int) -> CertificateFile | None:
    """Return the PDF of a certificate, if it has been rendered."""
    return db.session.get(CertificateFile, certificate_id)


def without_file(found: Found) -> int:
    """Return how many of these certificates have not been rendered yet."""
    files = select(CertificateFile.certificate_id)
    waiting = found.where(Certificate.erased_at.is_(None), Certificate.id.not_in(files))
    return (
        db.session.scalar(select(func.count()).select_from(waiting.with_only_columns(Certificate.id).subquery())) or 0
    )


def kept_entries(ids: Sequence[int]) -> dict[int, BundleEntry]:
    """Return what a bundle holds of each certificate that is rendered and not erased."""
    query = (
        select(Certificate.id, Certificate.facts, Certificate.state, CertificateFile.sha256, CertificateFile.content)
        .join(CertificateFile)
        .where(Certificate.id.in_(ids), Certificate.erased_at.is_(None))
    )
    rows = db.session.execute(query)
    return {one: BundleEntry(from_json(facts), state, sha256, pdf) for one, facts, state, sha256, pdf in rows}


def certificates_of(learner_id: int) -> list[Certificate]:
    """Return a learner's certificates, the latest first."""
    query = select(Certificate).where(Certificate.learner_id == learner_id).order_by(Certificate.issued_at.desc())
    return list(db.session.scalars(query))


def bundles_of(account_id: int, since: datetime) -> Sequence[Job]:
    """Return the bundles that a person asked for since then, the latest first."""
    query = select(Job).where(Job.kind == BUNDLE, Job.account_id == account_id, Job.created_at >= since)
    return db.session.scalars(query.order_by(Job.id.desc())).all()


def credit_resting_on(attempt_ids: Sequence[int]) -> Mapping[int, str]:
    """Return, by attempt, the credit that was claimed for it and the certificate issued, in words."""
    query = (
        select(CreditClaim, Certificate.serial, Certificate.state)
        .outerjoin(Certificate, (Certificate.claim_id == CreditClaim.id) & (Certificate.state != SUPERSEDED))
        .where(CreditClaim.attempt_id.in_(attempt_ids))
        .order_by(CreditClaim.id)
    )
    told: dict[int, list[str]] = {}
    for claim, serial, state in db.session.execute(query):
        credited = claim.credited
        words = f"{offer_of(claim).kind.phrase(credited)} claimed" if credited else "a withdrawn claim"
        told.setdefault(claim.attempt_id, []).append(f"{words}, certificate {serial} ({state})" if serial else words)
    return {attempt_id: "; ".join(words) for attempt_id, words in told.items()}


def stated_by(certificate: Certificate) -> Stated | None:
    """Return all that the credential of a certificate is made of, None for one that is older than evidence."""
    if certificate.evidence is None:
        return None
    evidence = evidence_from_json(certificate.evidence)
    return Stated(from_json(certificate.facts), evidence, certificate.issued_at, certificate.id)


def statement_hash(certificate: Certificate) -> str:
    """Return the hash under which what a certificate states is logged."""
    frozen = (certificate.facts, certificate.evidence, certificate.design, certificate.design_fingerprint)
    return hashed_statement(*frozen, certificate.issued_at)


def log_size() -> int:
    """Return how many entries the log has."""
    last = db.session.scalar(select(func.max(LogEntry.number)))
    return 0 if last is None else last + 1


def logged_nodes(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return the hashes of subtrees of the log by level and place."""
    numbers = {place: completing_leaf(*place) for place in places}
    query = select(LogEntry.number, LogEntry.hashes).where(LogEntry.number.in_(numbers.values()))
    kept = {number: bytes.fromhex(hashes) for number, hashes in db.session.execute(query)}
    return {place: kept[number][32 * place[0] :][:32] for place, number in numbers.items()}


def logged_node(level: int, place: int) -> bytes:
    """Return the hash of one subtree of the log."""
    return logged_nodes([(level, place)])[level, place]


def entries_of(certificate_id: int) -> Sequence[LogEntry]:
    """Return what the log says about a certificate, in its order."""
    query = select(LogEntry).where(LogEntry.certificate_id == certificate_id).order_by(LogEntry.number)
    return db.session.scalars(query).all()


def latest_checkpoint() -> LogEntry | None:
    """Return the last entry of the log that ends with a signed checkpoint."""
    query = select(LogEntry).where(LogEntry.checkpoint.is_not(None)).order_by(LogEntry.number.desc()).limit(1)
    return db.session.scalar(query)


def fallen_numbers(first: int, end: int) -> list[int]:
    """Return the numbers, from ``first`` up to ``end``, of certificates that are not valid any more."""
    query = select(Certificate.id).where(Certificate.state != VALID, Certificate.id >= first, Certificate.id < end)
    return list(db.session.scalars(query))


def newest_number() -> int:
    """Return the number of the newest certificate, 0 when there is none."""
    return db.session.scalar(select(func.max(Certificate.id))) or 0


def certificate_of_file(sha256: str) -> Certificate | None:
    """Return the certificate whose stored PDF has this SHA-256 (hex)."""
    return db.session.scalar(select(Certificate).join(CertificateFile).where(CertificateFile.sha256 == sha256))


def leaves_from(start: int, most: int) -> Sequence[str]:
    """Return leaves of the log, at most so many, from a number on."""
    query = select(LogEntry.leaf).where(LogEntry.number >= start).order_by(LogEntry.number).limit(most)
    return db.session.scalars(query).all()


def log_proofs(certificate_id: int, since: int | None) -> dict[str, Any]:
    """Return what proves a certificate's events: the signed checkpoint, and for each leaf its way to the root there.

    ``since``: a size of the log that the asker knows; the proof that it is the beginning of the present one is added.
    """
    latest = latest_checkpoint()
    size = latest.number + 1 if latest else 0
    entries = [
        {"number": one.number, "leaf": one.leaf, "inclusion": in_hex(inclusion_proof(one.number, size, logged_node))}
        for one in entries_of(certificate_id)
        if one.number < size
    ]
    proof = None
    if since is not None and since <= size:
        proof = {"old": since, "proof": in_hex(consistency_proof(since, size, logged_node))}
    return {"checkpoint": latest and latest.checkpoint, "size": size, "entries": entries, "consistency": proof}


def log_consistency(old: int) -> dict[str, Any]:
    """Return the proof that the log of ``old`` entries is the beginning of the present one; raises ProofUnusable."""
    latest = latest_checkpoint()
    size = latest.number + 1 if latest else 0
    proof = in_hex(consistency_proof(old, size, logged_node))
    return {"old": old, "size": size, "checkpoint": latest and latest.checkpoint, "proof": proof}


def in_hex(hashes: Iterable[bytes]) -> list[str]:
    """Return hashes as text."""
    return [found.hex() for found in hashes]


def issuer_certificates() -> list[Certificate509]:
    """Return the certificates of every key that ever signed here, the present first; raises SigningKeyUnusable.

    Not those of authorities that issued them: an authority signs for others too.
    """
    pem = published_certificates(Path(current_app.config["SIGNING_KEY"]))
    return [one for one in load_pem_x509_certificates(pem) if not is_authority(one)] if pem else []


def logged_rows() -> Iterator[LoggedRow]:
    """Yield the whole log in its order, a part of it in memory at a time."""
    query = select(LogEntry.number, LogEntry.leaf, LogEntry.hashes, LogEntry.checkpoint).order_by(LogEntry.number)
    last = -1
    while rows := db.session.execute(query.where(LogEntry.number > last).limit(AT_ONCE)).all():
        yield from (LoggedRow(*row) for row in rows)
        last = rows[-1].number


def orphaned_entries() -> Sequence[int]:
    """Return the numbers of log entries whose certificate is not there any more."""
    query = select(LogEntry.number).where(LogEntry.certificate_id.not_in(select(Certificate.id)))
    return db.session.scalars(query.order_by(LogEntry.number)).all()


def kept_certificates() -> Iterator[tuple[KeptCertificate, list[str]]]:
    """Yield every certificate as it is kept, with hashes made just now, and its leaves; one in memory at a time."""
    ids = db.session.scalars(select(Certificate.id).order_by(Certificate.id)).all()
    for certificate_id in ids:
        certificate = db.session.get_one(Certificate, certificate_id)
        yield kept_certificate(certificate), [entry.leaf for entry in entries_of(certificate_id)]
        db.session.expunge_all()


def kept_certificate(certificate: Certificate) -> KeptCertificate:
    """Return what is kept of a certificate."""
    facts = certificate.facts
    return KeptCertificate(
        serials=(certificate.serial, str(facts.get("serial"))),
        names=(certificate.name, str(facts.get("recipient"))),
        state=certificate.state,
        stated=statement_hash(certificate),
        file=hashes_of_file(certificate.id),
        changed_at=logged_time(certificate.changed_at) if certificate.changed_at else None,
        replaced_by=certificate.replaced_by.serial if certificate.replaced_by else None,
        erased_at=logged_time(certificate.erased_at) if certificate.erased_at else None,
    )


def hashes_of_file(certificate_id: int) -> tuple[str, str] | None:
    """Return the hash (hex) of a certificate's PDF, made just now, and the one kept beside it.

    The bytes are taken as they come: SQLite would also give text that somebody put in their place.
    """
    content: ColumnClause[Any] = literal_column("content")
    kept = select(content, CertificateFile.sha256)
    row = db.session.execute(kept.where(CertificateFile.certificate_id == certificate_id)).one_or_none()
    if row is None:
        return None
    stored = row[0].encode() if isinstance(row[0], str) else bytes(row[0])
    return hashlib.sha256(stored).hexdigest(), row[1]
