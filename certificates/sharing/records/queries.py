"""What can be shared: a person's records go in as rows; what a recipient sees of them, checked just now, comes out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from sqlalchemy import select

from certificates.issuing.bundle import file_name
from certificates.issuing.facts import from_json
from certificates.issuing.inspection import inspect_signature
from certificates.issuing.judging import IssuerUnreadable
from certificates.issuing.merkle import inclusion_proof
from certificates.issuing.models import REVOKED, VALID, Certificate, LogEntry
from certificates.issuing.queries import (
    certificate_with_serial,
    certificates_of,
    in_hex,
    issuer_certificates,
    kept_certificate,
    latest_checkpoint,
    logged_nodes,
    stored_file,
)
from certificates.issuing.tokens import public_key
from certificates.issuing.verification import public_facts
from certificates.sharing.checking import LogProof, certificate_checks, state_check
from certificates.sharing.entries import ENTERED, ENTERED_WORDS, Check, SharedEntry, SharedFile, verdict_of
from certificates.sharing.models import ShareEntry, ShareLink
from certificates.wallet.external.reading import CertificateUnreadable
from certificates.wallet.licenses.kinds import KINDS as LICENSES
from certificates.wallet.models import READ, ExternalCredit, ExternalFile, License, LicenseDocument
from certificates.wallet.queries import licenses_of, read_file
from certificates.wallet.uploads import MIMETYPES, PDF
from quizbank.activities.formats import plain_amount
from quizbank.activities.queries import credit_types
from quizbank.db import db, utc_now
from quizbank.local_time import local_date
from quizbank.time_words import long_day_words

FALLEN = {REVOKED: ("Revoked", "bad")}
EXPIRED = ("Expired", "caution")
REPLACED = ("Replaced", "caution")
CERTIFICATE_LABELS = ("Certificate (PDF)", "Credential (Open Badges)")
ELSEWHERE = Check("neutral", "Whether it was revoked since, its provider's own public page says.")


@dataclass(frozen=True)
class Kind:
    """A kind of record that can be shared; ``name`` is also the record's place in ShareEntry.

    ``owned`` gives a person's records that may be picked and ``words`` what lists call one; ``shown`` gives what a
    recipient sees, entry by entry, and ``files`` what comes with one.
    """

    name: str
    heading: str
    owned: Callable[[int], Sequence[Any]]
    words: Callable[[Any], str]
    shown: Callable[[Sequence[ShareEntry]], Iterator[tuple[int, SharedEntry]]]
    files: Callable[[ShareEntry], list[SharedFile]]

    @property
    def column(self) -> str:
        """Return the column of ShareEntry that holds the record's number."""
        return f"{self.name}_id"

    def offered(self, account_id: int) -> list[tuple[int, str]]:
        """Return number and words of what a person may pick."""
        return [(record.id, self.words(record)) for record in self.owned(account_id)]


def shown_entries(link: ShareLink) -> list[tuple[ShareEntry, SharedEntry]]:
    """Return what the recipient of a link sees, checked just now, in the order in which it was picked."""
    found = dict(pair for kind in KINDS for pair in kind.shown(entries_of_kind(link, kind)))
    return [(entry, found[entry.id]) for entry in link.entries if entry.id in found]


def entries_of_kind(link: ShareLink, kind: Kind) -> list[ShareEntry]:
    """Return a link's entries of one kind."""
    return [entry for entry in link.entries if getattr(entry, kind.column) is not None]


def files_of(entry: ShareEntry) -> list[SharedFile]:
    """Return the files that come with an entry."""
    return next(kind for kind in KINDS if getattr(entry, kind.column) is not None).files(entry)


def picked_words(link: ShareLink) -> list[str]:
    """Return the records of a link as their owner knows them."""
    records = [(kind, getattr(entry, kind.name)) for entry in link.entries for kind in KINDS]
    return [kind.words(record) for kind, record in records if record is not None]


# --- certificates issued here ---------------------------------------------------------------------------------------


def standing_certificates(account_id: int) -> list[Certificate]:
    """Return the certificates of a person that are neither revoked nor replaced."""
    return [one for one in certificates_of(account_id) if one.state == VALID]


def certificate_words(certificate: Certificate) -> str:
    """Return a certificate as a list names it."""
    facts = from_json(certificate.facts)
    return f"{facts.title} ({plain_amount(facts.credits)} {facts.credit_name}, {long_day_words(facts.completed_on)})"


def shown_certificates(entries: Sequence[ShareEntry]) -> Iterator[tuple[int, SharedEntry]]:
    """Yield certificates with everything about them checked just now; raises SigningKeyUnusable."""
    if not entries:
        return
    issuers = issuer_certificates()
    keys = [public_key(one) for one in issuers]
    proofs = proofs_of([entry.certificate_id for entry in entries if entry.certificate_id])
    for entry in entries:
        if certificate := entry.certificate:
            yield entry.id, shown_certificate(certificate, proofs[certificate.id], issuers, keys)


def shown_certificate(
    certificate: Certificate, proof: LogProof, issuers: Sequence[Any], keys: Sequence[EllipticCurvePublicKey]
) -> SharedEntry:
    """Return one certificate as its recipient sees it; one that does not stand shows no more than the public page does."""
    facts, file = from_json(certificate.facts), stored_file(certificate.id)
    finding = inspect_signature(file.content, issuers) if file else None
    changed = local_date(certificate.changed_at) if certificate.changed_at else None
    checks = certificate_checks(kept_certificate(certificate), changed, finding, proof, keys)
    told = public_facts(facts)
    shown = [
        ("Name", told.recipient),
        ("Credit", told.credit),
        ("Completed", long_day_words(told.completed_on)),
        ("Provider", told.provider),
    ]
    stands = certificate.state == VALID
    return SharedEntry(
        kind="Certificate",
        title=facts.title,
        verdict=verdict_of(checks) if stands else FALLEN.get(certificate.state, REPLACED),
        facts=(*(shown if stands else ()), ("Serial", certificate.serial)),
        checks=checks,
        address=facts.verify_url,
        files=(CERTIFICATE_LABELS[: 1 + bool(file.credential)] if file and stands else ()),
        proof={"serial": certificate.serial, "state": certificate.state, "log": proof.for_machines()},
    )


def proofs_of(certificate_ids: Sequence[int]) -> Mapping[int, LogProof]:
    """Return what the log proves of many certificates; the hashes they need are read at once, not one by one."""
    latest = latest_checkpoint()
    size = latest.number + 1 if latest else 0
    query = select(LogEntry).where(LogEntry.certificate_id.in_(certificate_ids)).order_by(LogEntry.number)
    rows = db.session.scalars(query).all()
    nodes = logged_nodes(places_beside([row.number for row in rows if row.number < size], size))
    checkpoint = latest.checkpoint if latest else None
    found = {}
    for one in certificate_ids:
        own = [row for row in rows if row.certificate_id == one]
        entries = [proved_entry(row, size, nodes) for row in own if row.number < size]
        found[one] = LogProof(checkpoint, entries, [row.leaf for row in own])
    return found


def places_beside(numbers: Sequence[int], size: int) -> set[tuple[int, int]]:
    """Return level and place of every hash that the proofs of these leaves are made of."""
    wanted: set[tuple[int, int]] = set()

    def noted(level: int, place: int) -> bytes:
        wanted.add((level, place))
        return b""

    for number in numbers:
        inclusion_proof(number, size, noted)
    return wanted


def proved_entry(row: LogEntry, size: int, nodes: Mapping[tuple[int, int], bytes]) -> dict[str, Any]:
    """Return a leaf with its way to the root, as the public page gives it."""
    way = inclusion_proof(row.number, size, lambda *place: nodes[place])
    return {"number": row.number, "leaf": row.leaf, "inclusion": in_hex(way)}


def certificate_files(entry: ShareEntry) -> list[SharedFile]:
    """Return the PDF of a certificate that stands, and its credential."""
    certificate = entry.certificate
    file = stored_file(certificate.id) if certificate and certificate.state == VALID else None
    if certificate is None or file is None:
        return []
    name = file_name(certificate.serial, certificate.name)
    found = [SharedFile("certificates", name, MIMETYPES[PDF], file.content)]
    if file.credential:
        credential = f"{name.removesuffix('.pdf')}.jwt"
        found.append(SharedFile("credentials", credential, "application/vc+jwt", file.credential.encode()))
    return found


# --- credit from elsewhere ------------------------------------------------------------------------------------------


def credits_of(account_id: int) -> Sequence[ExternalCredit]:
    """Return a person's credit from elsewhere, the latest first."""
    query = select(ExternalCredit).where(ExternalCredit.account_id == account_id)
    return db.session.scalars(query.order_by(ExternalCredit.completed_on.desc(), ExternalCredit.id.desc())).all()


def credit_title(credit: ExternalCredit) -> str:
    """Return credit from elsewhere as a list names it."""
    return f"{credit.title}, {credit.provider} ({credit_words(credit)})"


def credit_words(credit: ExternalCredit) -> str:
    """Return how much credit, of which type."""
    return f"{plain_amount(credit.amount)} {credit_label(credit.credit_type, credit.label)}"


def credit_label(credit_type: str, label: str) -> str:
    """Return what credit is called: in its owner's words, or by its type."""
    return label or credit_types().named(credit_type).label


def shown_credits(entries: Sequence[ShareEntry]) -> Iterator[tuple[int, SharedEntry]]:
    """Yield credit from elsewhere, which is told as what it is: read from a certificate, or entered and not verified."""
    for entry in entries:
        if credit := entry.credit:
            yield entry.id, shown_credit(credit)


def shown_credit(credit: ExternalCredit) -> SharedEntry:
    """Return credit from elsewhere as its recipient sees it; what was read from a certificate is read again."""
    if credit.origin == READ and credit.file:
        return shown_reading(credit, credit.file)
    names = db.session.scalars(select(ExternalFile.name).where(ExternalFile.credit_id == credit.id))
    facts = (
        ("Credit", credit_words(credit)),
        ("Completed", long_day_words(credit.completed_on)),
        ("Provider", credit.provider),
    )
    checks = (Check("neutral", ENTERED_WORDS),)
    return SharedEntry("Credit from elsewhere", credit.title, ENTERED, facts, checks, files=tuple(names))


def shown_reading(credit: ExternalCredit, file: ExternalFile) -> SharedEntry:
    """Return what a certificate of another day or provider states and proves now; its file speaks, not what was kept."""
    try:
        stated, is_ours = read_file(file.content, utc_now())
    except (CertificateUnreadable, IssuerUnreadable) as error:
        return SharedEntry("Certificate", credit.title, ("Does not verify", "bad"), (), (Check("bad", str(error)),))
    facts = (
        ("Name", stated.name),
        ("Credit", f"{plain_amount(stated.amount)} {credit_label(stated.credit_type, stated.label)}"),
        ("Completed", long_day_words(stated.completed_on)),
        ("Provider", stated.provider),
        ("Serial", stated.serial),
    )
    signed = Check("good", f"This certificate was signed by {stated.signer}, and not one byte has changed since.")
    checks = (signed, standing_here(stated.serial) if is_ours else ELSEWHERE)
    verdict = verdict_of(checks) if is_ours else ("Signature holds", "good")
    return SharedEntry("Certificate", stated.title, verdict, facts, checks, stated.address, (file.name,))


def standing_here(serial: str) -> Check:
    """Return the sentence about whether a certificate of our own still stands."""
    found = certificate_with_serial(serial)
    if found is None:
        return Check("bad", "This provider keeps no certificate with this serial.")
    return state_check(found.state, local_date(found.changed_at) if found.changed_at else None)


def credit_files(entry: ShareEntry) -> list[SharedFile]:
    """Return the certificate of credit from elsewhere, as it was uploaded."""
    file = entry.credit.file if entry.credit else None
    return [SharedFile("entered", file.name, MIMETYPES[file.kind], file.content)] if file else []


# --- licenses -------------------------------------------------------------------------------------------------------


def license_words(held: License) -> str:
    """Return a license as a list names it."""
    return f"{LICENSES[held.kind]}, {held.body} ({held.number})"


def shown_licenses(entries: Sequence[ShareEntry]) -> Iterator[tuple[int, SharedEntry]]:
    """Yield licenses, which are told as what they are: entered, and not verified here."""
    for entry in entries:
        if held := entry.license:
            yield entry.id, shown_license(held)


def shown_license(held: License) -> SharedEntry:
    """Return a license as its recipient sees it."""
    names = select(LicenseDocument.name).where(LicenseDocument.license_id == held.id).order_by(LicenseDocument.id)
    days = [("Issued", held.issued_on), ("Last day", held.expires_on)]
    entered = Check("neutral", f"{ENTERED_WORDS} Last changed {long_day_words(local_date(held.changed_at))}.")
    ended = held.expires_on if held.expires_on and held.expires_on < local_date(utc_now()) else None
    return SharedEntry(
        kind=LICENSES[held.kind],
        title=held.body,
        verdict=EXPIRED if ended else ENTERED,
        facts=(("Number", held.number), *((term, long_day_words(day)) for term, day in days if day)),
        checks=(Check("caution", f"It expired on {long_day_words(ended)}."), entered) if ended else (entered,),
        files=tuple(db.session.scalars(names)),
    )


def license_files(entry: ShareEntry) -> list[SharedFile]:
    """Return the documents of a license, as they were uploaded."""
    documents = entry.license.documents if entry.license else []
    return [SharedFile("entered", one.name, MIMETYPES[one.kind], one.content) for one in documents]


KINDS = (
    Kind(
        "certificate",
        "Certificates issued here",
        standing_certificates,
        certificate_words,
        shown_certificates,
        certificate_files,
    ),
    Kind("credit", "Credit from elsewhere", credits_of, credit_title, shown_credits, credit_files),
    Kind("license", "Licenses", licenses_of, license_words, shown_licenses, license_files),
)
"""Every kind of record that can be shared, in the order in which they are offered."""
