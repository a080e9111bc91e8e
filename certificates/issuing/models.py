"""Rows of certificates: facts frozen at issue, and the PDF's bytes, kept once and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certificates.credits.models import CreditClaim
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.db import Json, Model, UtcDateTime

VALID = "valid"
REVOKED = "revoked"


class Certificate(Model):
    """What was certified; one per claim, decided by the database. ``facts`` are CertificateFacts as JSON."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("state IN ('valid', 'revoked', 'superseded')", name="state_known"),
        CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", name="revoked_at_with_state"),
        CheckConstraint("(state = 'revoked') = (reason IS NOT NULL)", name="reason_with_state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("credit_claim.id"), unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    serial: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    design: Mapped[str] = mapped_column(String(60))
    design_fingerprint: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default=VALID)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)

    claim: Mapped[CreditClaim] = relationship()
    learner: Mapped[Account] = relationship()
    activity: Mapped[Activity] = relationship()


class CertificateFile(Model):
    """The PDF as it was first rendered, with its SHA-256; insert-only."""

    __tablename__ = "certificate_file"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    rendered_at: Mapped[datetime] = mapped_column(UtcDateTime)
