"""Rows of certificates: facts frozen at issue, the PDF's bytes, kept once and never changed, and the log of events."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certificates.credits.models import CreditClaim
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.db import Json, Model, UtcDateTime, only_added

VALID = "valid"
REVOKED = "revoked"
SUPERSEDED = "superseded"
STANDING = text("state <> 'superseded'")


class Certificate(Model):
    """What was certified; one per claim that is not superseded, decided by the database.

    ``facts`` are CertificateFacts and ``evidence`` Evidence as JSON (none for certificates older than evidence).
    ``changed_at`` and ``reason`` tell when and why it was revoked or superseded; ``replaces`` is what it corrects.
    ``erased_at`` tells when everything personal was taken out of it, long after its holder's account was deleted.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("state IN ('valid', 'revoked', 'superseded')", name="state_known"),
        CheckConstraint("(state = 'valid') = (changed_at IS NULL)", name="changed_at_with_state"),
        CheckConstraint("(state = 'valid') = (reason IS NULL)", name="reason_with_state"),
        CheckConstraint("replaces_id <> id", name="replaces_another"),
        Index(
            "uq_certificate_standing_claim", "claim_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("credit_claim.id"), index=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    serial: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    evidence: Mapped[dict[str, Any] | None] = mapped_column(Json)
    design: Mapped[str] = mapped_column(String(60))
    design_fingerprint: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default=VALID, index=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    claim: Mapped[CreditClaim] = relationship()
    learner: Mapped[Account] = relationship()
    activity: Mapped[Activity] = relationship()
    replaces: Mapped["Certificate | None"] = relationship(remote_side=[id], back_populates="replaced_by")
    replaced_by: Mapped["Certificate | None"] = relationship(back_populates="replaces")


class CertificateFile(Model):
    """The PDF as it was first rendered, with its SHA-256, the credential inside and what rendered it; insert-only.

    When its certificate is erased, the hash stays and the content is empty.
    """

    __tablename__ = "certificate_file"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    credential: Mapped[str | None] = mapped_column(Text)
    renderer: Mapped[str | None] = mapped_column(String(80))
    rendered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LogEntry(Model):
    """One event of the public log; insert-only, numbered from 0 without gaps.

    ``leaf`` is the text of the event, ``hashes`` the hashes (hex, one after the other) of the subtrees that it completes
    in the Merkle tree, ``checkpoint`` the signed note of the log that ends with it (none when no key was at hand).
    """

    __tablename__ = "log_entry"
    __table_args__ = (CheckConstraint("number >= 0", name="number_from_zero"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    leaf: Mapped[str] = mapped_column(Text)
    hashes: Mapped[str] = mapped_column(Text)
    checkpoint: Mapped[str | None] = mapped_column(Text)


only_added(LogEntry)
