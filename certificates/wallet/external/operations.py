"""The only writers of credit earned elsewhere, and of the topics that a person counts credit for."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError

from certificates.credits.models import CreditClaim
from certificates.issuing.models import VALID
from certificates.issuing.queries import certificate_with_serial
from certificates.wallet.entries import OTHER, TypedCredit, topic_name
from certificates.wallet.external.reading import Stated, belongs_to, proof_to_json
from certificates.wallet.licenses.operations import require_room
from certificates.wallet.models import READ, TYPED, ClaimTopics, ExternalCredit, ExternalFile
from certificates.wallet.queries import external_count, names_of
from certificates.wallet.uploads import Upload
from quizbank.accounts.operations import record_audit
from quizbank.accounts.queries import Person
from quizbank.db import db

MAX_EXTERNAL = 3_000
MAX_TOPICS = 20
FIRST_YEAR = 1950
STEP = Decimal("0.01")
MOST = Decimal("999.99")


class ExternalRefused(ValueError):
    """Credit from elsewhere cannot be kept as given; the message says why and what to do."""


def add_external(
    account_id: int, typed: TypedCredit, upload: Upload | None, today: date, now: datetime
) -> ExternalCredit:
    """Keep credit that its owner enters; raises ExternalRefused or UploadRefused."""
    require_place(account_id)
    made = ExternalCredit(account_id=account_id, origin=TYPED, added_at=now)
    set_typed(made, typed, today)
    attach(made, upload, now)
    db.session.add(made)
    db.session.flush()
    record_audit("external_credit.added", f"external_credit:{made.id}", account_id, now, amount=str(made.amount))
    return made


def change_external(
    found: ExternalCredit, typed: TypedCredit, upload: Upload | None, today: date, now: datetime
) -> None:
    """Change credit that its owner entered; a new file takes the place of an earlier one. Raises ExternalRefused."""
    if found.origin == READ:
        raise ExternalRefused("This was read from a certificate, so only its topics can be changed.")
    set_typed(found, typed, today)
    attach(found, upload, now)
    db.session.flush()
    record_audit(
        "external_credit.changed", f"external_credit:{found.id}", found.account_id, now, amount=str(found.amount)
    )


def set_typed(found: ExternalCredit, typed: TypedCredit, today: date) -> None:
    """Set what is kept of credit that its owner enters; raises ExternalRefused."""
    amount, day = typed.amount, typed.completed_on
    if not amount.is_finite() or not STEP <= amount <= MOST or amount != round(amount, 2):
        raise ExternalRefused(f"Credit takes an amount from 0.01 to {MOST} with at most two decimals.")
    if day > today or day.year < FIRST_YEAR:
        raise ExternalRefused("The day of completion cannot be in the future, nor before 1950.")
    if (typed.credit_type == OTHER) != bool(typed.label):
        raise ExternalRefused("Say what the credit is called when it is of another type, and only then.")
    found.title, found.provider = typed.title, typed.provider
    found.credit_type, found.label = typed.credit_type, typed.label
    found.amount, found.completed_on, found.topics = round(amount, 2), day, kept_topics(typed.topics)


def attach(found: ExternalCredit, upload: Upload | None, now: datetime) -> None:
    """Keep the file of credit, in place of an earlier one; raises UploadRefused."""
    if upload is None:
        return
    require_room(found.account_id, upload)
    file = found.file or ExternalFile()
    for column, value in upload.columns.items():
        setattr(file, column, value)
    file.added_at = now
    found.file = file


def add_read(
    person: Person, stated: Stated, is_signed_here: bool, upload: Upload, today: date, now: datetime
) -> ExternalCredit:
    """Keep credit that a certificate proves, once, with its file; raises ExternalRefused or UploadRefused."""
    require_place(person.id)
    issued_here = certificate_with_serial(stated.serial) if is_signed_here else None
    if issued_here is None and is_signed_here:
        raise ExternalRefused(
            "This certificate was signed here, but none such is kept here; it may be a sample, which proves no credit."
        )
    if issued_here is not None and issued_here.learner_id == person.id:
        raise ExternalRefused("This certificate is in your transcript already: it was issued to this account.")
    if issued_here is not None and issued_here.state != VALID:
        raise ExternalRefused(
            f"The signature holds, but this certificate was {issued_here.state}, so it proves no credit."
        )
    if not belongs_to(stated, person.email, names_of(person)):
        raise ExternalRefused(
            f"The signature of {stated.signer} holds, but the certificate bears the name {stated.name}, and your account "
            "has another. If you had that name, put it into your identity, or enter the credit yourself with this file."
        )
    if stated.completed_on > today:
        raise ExternalRefused("The certificate tells a day of completion that has not come yet.")
    made = ExternalCredit(
        account_id=person.id,
        origin=READ,
        title=stated.title,
        provider=stated.provider,
        credit_type=stated.credit_type,
        label=stated.label,
        amount=stated.amount,
        completed_on=stated.completed_on,
        topics=[],
        serial=stated.serial,
        proof=proof_to_json(stated),
        added_at=now,
    )
    attach(made, upload, now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError:
        raise ExternalRefused("You added this certificate before; it is in your transcript.") from None
    record_audit("external_credit.read", f"external_credit:{made.id}", person.id, now, serial=stated.serial)
    return made


def require_place(account_id: int) -> None:
    """Raise ExternalRefused when there is no room for another line."""
    if external_count(account_id) >= MAX_EXTERNAL:
        raise ExternalRefused(f"There is room for {MAX_EXTERNAL:,} lines of credit from elsewhere. Delete some first.")


def set_external_topics(found: ExternalCredit, topics: Sequence[str], now: datetime) -> None:
    """Set the topics of credit from elsewhere, also of what was read; raises ExternalRefused."""
    found.topics = kept_topics(topics)
    db.session.flush()
    record_audit("external_credit.topics", f"external_credit:{found.id}", found.account_id, now)


def delete_external(found: ExternalCredit, now: datetime) -> None:
    """Delete credit from elsewhere with its file."""
    number, account_id, amount = found.id, found.account_id, str(found.amount)
    db.session.delete(found)
    db.session.flush()
    record_audit("external_credit.deleted", f"external_credit:{number}", account_id, now, amount=amount)


def set_claim_topics(claim: CreditClaim, topics: Sequence[str], now: datetime) -> None:
    """Set the topics that the learner counts a claim for; the claim itself never changes. Raises ExternalRefused."""
    kept = kept_topics(topics)
    row = db.session.get(ClaimTopics, claim.id)
    if row is None:
        db.session.add(ClaimTopics(claim_id=claim.id, topics=kept))
    else:
        row.topics = kept
    db.session.flush()
    record_audit("credit.topics", f"credit_claim:{claim.id}", claim.learner_id, now)


def kept_topics(topics: Sequence[str]) -> list[str]:
    """Return topics in the form in which they are compared, each once; raises ExternalRefused."""
    names = list(dict.fromkeys(filter(None, map(topic_name, topics))))
    if len(names) > MAX_TOPICS or any(len(name) > 60 for name in names):
        raise ExternalRefused(f"Credit takes up to {MAX_TOPICS} topics of at most 60 characters each.")
    return names
