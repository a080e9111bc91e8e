"""Reads of share links: a person's own, one by its token or view, what may be picked, and what a recipient is shown."""

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from certificates.issuing.bundle import file_name
from certificates.issuing.facts import from_json
from certificates.issuing.inspection import inspect_signature
from certificates.issuing.merkle import inclusion_proof
from certificates.issuing.models import REVOKED, VALID, Certificate, LogEntry
from certificates.issuing.queries import (
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
from certificates.sharing.checking import LogProof, certificate_checks
from certificates.sharing.entries import (
    ENTERED,
    ENTERED_WORDS,
    MIME_TYPES,
    PDF,
    Check,
    SharedEntry,
    SharedFile,
    verdict_of,
)
from certificates.sharing.links import SHOWN, VIEW_LASTS, hashed, standing
from certificates.sharing.models import ShareAccess, ShareEntry, ShareLink, ShareView
from certificates.wallet.licenses.kinds import KINDS as KINDS_OF_LICENSES
from certificates.wallet.models import READ, ExternalCredit, ExternalFile, License, LicenseDocument
from certificates.wallet.queries import external_credits_of, licenses_of
from quizbank.accounts.models import Account
from quizbank.activities.formats import plain_amount
from quizbank.activities.queries import credit_types
from quizbank.db import db
from quizbank.local_time import local_date
from quizbank.time_words import long_day_words

FALLEN = {REVOKED: ("Revoked", "bad")}
REPLACED = ("Replaced", "caution")
CERTIFICATE_LABELS = ("Certificate (PDF)", "Credential (Open Badges)")


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


@dataclass(frozen=True)
class FoundLink:
    """A link as whoever has its token meets it: what decides whether it opens, and nothing of what it shows."""

    id: int
    passcode: str | None
    revoked_at: datetime | None
    expires_at: datetime
    views: int
    max_views: int
    wrong_tries: int
    is_owner_active: bool

    def standing(self, now: datetime) -> str:
        """Return how the link stands at a moment."""
        views = (self.views, self.max_views)
        return standing(self.revoked_at, self.expires_at, views, self.wrong_tries, self.is_owner_active, now)


def own_links(account_id: int) -> Select[ShareLink, int, datetime | None]:
    """Return a person's links, each with how many records it shows and when it was last looked at."""
    entries = select(func.count(ShareEntry.id)).where(ShareEntry.link_id == ShareLink.id)
    last = select(func.max(ShareAccess.at)).where(ShareAccess.link_id == ShareLink.id, ShareAccess.outcome == SHOWN)
    counted = (entries.scalar_subquery(), last.scalar_subquery())
    query = select(ShareLink, *counted).where(ShareLink.account_id == account_id)
    return query.options(joinedload(ShareLink.account))


def unread_openings(account_id: int) -> Sequence[ShareLink]:
    """Return a person's links that were opened for the first time and whose owner did not take notice yet."""
    query = select(ShareLink).where(
        ShareLink.account_id == account_id, ShareLink.first_opened_at.is_not(None), ShareLink.seen_at.is_(None)
    )
    return db.session.scalars(query.order_by(ShareLink.first_opened_at.desc())).all()


def accesses_of(link_id: int) -> Select[ShareAccess]:
    """Return what came of every try to look at a link."""
    return select(ShareAccess).where(ShareAccess.link_id == link_id)


def link_with_token(token: str) -> FoundLink | None:
    """Return the link of a token. One query for what there is and what there is not, so that both take as long."""
    return found_link(ShareLink.token_hash == hashed(token[:100]))


def link_numbered(link_id: int) -> FoundLink | None:
    """Return a link as it stands in the database now."""
    return found_link(ShareLink.id == link_id)


def found_link(condition: ColumnElement[bool]) -> FoundLink | None:
    """Return the link that fits a condition, as plain values."""
    columns = (ShareLink.id, ShareLink.passcode, ShareLink.revoked_at, ShareLink.expires_at, ShareLink.views)
    more = (ShareLink.max_views, ShareLink.wrong_tries, Account.active)
    row = db.session.execute(select(*columns, *more).join(ShareLink.account).where(condition)).one_or_none()
    return FoundLink(*row) if row else None


def view_by(link_id: int, viewer: str) -> ShareView | None:
    """Return the view that a browser session had of a link."""
    query = select(ShareView).where(ShareView.link_id == link_id, ShareView.viewer_hash == hashed(viewer))
    return db.session.scalar(query)


def view_at(handle: str, viewer: str, now: datetime) -> ShareView | None:
    """Return the view at an address if it is this browser session's and its time is not over."""
    query = select(ShareView).where(ShareView.handle == handle[:20])
    found = db.session.scalar(query.options(joinedload(ShareView.link).joinedload(ShareLink.account)))
    if found is None or not hmac.compare_digest(found.viewer_hash, hashed(viewer)):
        return None
    return found if is_fresh(found, now) else None


def is_fresh(view: ShareView, now: datetime) -> bool:
    """Return whether a view may still be reloaded."""
    return now < view.opened_at + VIEW_LASTS


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
    found = [SharedFile("certificates", name, PDF, file.content)]
    if file.credential:
        credential = f"{name.removesuffix('.pdf')}.jwt"
        found.append(SharedFile("credentials", credential, "application/vc+jwt", file.credential.encode()))
    return found


# --- credit from elsewhere ------------------------------------------------------------------------------------------


def credit_title(credit: ExternalCredit) -> str:
    """Return credit from elsewhere as a list names it."""
    return f"{credit.title}, {credit.provider} ({credit_words(credit)})"


def credit_words(credit: ExternalCredit) -> str:
    """Return how much credit, of which type."""
    return f"{plain_amount(credit.amount)} {credit.label or credit_types().named(credit.credit_type).label}"


def shown_credits(entries: Sequence[ShareEntry]) -> Iterator[tuple[int, SharedEntry]]:
    """Yield credit from elsewhere, which is told as what it is: entered, and not verified here."""
    for entry in entries:
        if credit := entry.credit:
            yield entry.id, shown_credit(credit)


def shown_credit(credit: ExternalCredit) -> SharedEntry:
    """Return credit from elsewhere as its recipient sees it."""
    origin = " It was read from a certificate on the day it was added." if credit.origin == READ else ""
    names = db.session.scalars(select(ExternalFile.name).where(ExternalFile.credit_id == credit.id))
    facts = [
        ("Credit", credit_words(credit)),
        ("Completed", long_day_words(credit.completed_on)),
        ("Provider", credit.provider),
    ]
    return SharedEntry(
        kind="Credit from elsewhere",
        title=credit.title,
        verdict=ENTERED,
        facts=(*facts, *([("Serial", credit.serial)] if credit.serial else [])),
        checks=(Check("neutral", ENTERED_WORDS + origin),),
        files=tuple(names),
    )


def credit_files(entry: ShareEntry) -> list[SharedFile]:
    """Return the certificate of credit from elsewhere, as it was uploaded."""
    file = entry.credit.file if entry.credit else None
    return [SharedFile("entered", file.name, MIME_TYPES[file.kind], file.content)] if file else []


# --- licenses -------------------------------------------------------------------------------------------------------


def license_words(held: License) -> str:
    """Return a license as a list names it."""
    return f"{KINDS_OF_LICENSES[held.kind]}, {held.body} ({held.number})"


def shown_licenses(entries: Sequence[ShareEntry]) -> Iterator[tuple[int, SharedEntry]]:
    """Yield licenses, which are told as what they are: entered, and not verified here."""
    for entry in entries:
        if held := entry.license:
            yield entry.id, shown_license(held)


def shown_license(held: License) -> SharedEntry:
    """Return a license as its recipient sees it."""
    names = select(LicenseDocument.name).where(LicenseDocument.license_id == held.id).order_by(LicenseDocument.id)
    days = [("Issued", held.issued_on), ("Expires", held.expires_on)]
    return SharedEntry(
        kind=KINDS_OF_LICENSES[held.kind],
        title=held.body,
        verdict=ENTERED,
        facts=(("Number", held.number), *((term, long_day_words(day)) for term, day in days if day)),
        checks=(Check("neutral", f"{ENTERED_WORDS} Last changed {long_day_words(local_date(held.changed_at))}."),),
        files=tuple(db.session.scalars(names)),
    )


def license_files(entry: ShareEntry) -> list[SharedFile]:
    """Return the documents of a license, as they were uploaded."""
    documents = entry.license.documents if entry.license else []
    return [SharedFile("entered", one.name, MIME_TYPES[one.kind], one.content) for one in documents]


KINDS = (
    Kind(
        "certificate",
        "Certificates issued here",
        standing_certificates,
        certificate_words,
        shown_certificates,
        certificate_files,
    ),
    Kind("credit", "Credit from elsewhere", external_credits_of, credit_title, shown_credits, credit_files),
    Kind("license", "Licenses", licenses_of, license_words, shown_licenses, license_files),
)
"""Every kind of record that can be shared, in the order in which they are offered."""
