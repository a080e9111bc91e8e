"""Rows of a person's wallet: identity, licenses with their documents, credit earned elsewhere, and rules they follow."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from certificates.credits.models import CreditClaim
from quizbank.accounts.models import Account
from quizbank.db import Json, Model, UtcDateTime

OWNED = "all, delete-orphan"
TYPED = "typed"
READ = "read"
NO_LICENSE = text("license_id IS NULL")


class Identity(Model):
    """Who a person is to boards; one per account. What is not given is empty.

    ``birthday`` is ``MM-DD``; a year is never stored. Names are kept in two parts because reports want them so.
    """

    __tablename__ = "identity"
    __table_args__ = (
        CheckConstraint("npi = '' OR length(npi) = 10", name="npi_length"),
        CheckConstraint("birthday = '' OR length(birthday) = 5", name="birthday_without_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    given_name: Mapped[str] = mapped_column(String(200), default="")
    family_name: Mapped[str] = mapped_column(String(200), default="")
    npi: Mapped[str] = mapped_column(String(10), default="")
    birthday: Mapped[str] = mapped_column(String(5), default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    boards: Mapped[list["BoardIdentifier"]] = relationship(cascade=OWNED, order_by="BoardIdentifier.id")
    consents: Mapped[list["ReportingConsent"]] = relationship(order_by="ReportingConsent.id")

    @property
    def consent(self) -> "ReportingConsent | None":
        """Return the consent to reporting in force, None when it was never given or was withdrawn."""
        return self.consents[-1] if self.consents and self.consents[-1].is_given else None


class BoardIdentifier(Model):
    """The number under which a board knows the person."""

    __tablename__ = "board_identifier"
    __table_args__ = (UniqueConstraint("identity_id", "board"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id"))
    board: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(60))


class ReportingConsent(Model):
    """Consent to reporting given, or withdrawn, in these words; insert-only, the latest counts."""

    __tablename__ = "reporting_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id"), index=True)
    is_given: Mapped[bool]
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class License(Model):
    """A license to practice, to prescribe, or a board's certification. ``expires_on`` None = it does not expire."""

    __tablename__ = "license"
    __table_args__ = (
        CheckConstraint("kind IN ('medical', 'controlled', 'board', 'other')", name="kind_known"),
        CheckConstraint("expires_on IS NULL OR issued_on IS NULL OR issued_on <= expires_on", name="issued_first"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    body: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(60))
    issued_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    documents: Mapped[list["LicenseDocument"]] = relationship(cascade=OWNED, order_by="LicenseDocument.id")
    notices: Mapped[list["LicenseNotice"]] = relationship(cascade=OWNED, order_by="LicenseNotice.id")
    followed: Mapped[list["FollowedRules"]] = relationship(cascade=OWNED, back_populates="license")


class LicenseDocument(Model):
    """A scan or a file of a license, as it came. ``kind`` is what its own bytes say: pdf, png or jpeg."""

    __tablename__ = "license_document"
    __table_args__ = (CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LicenseNotice(Model):
    """A reminder that a license expires, written once for each term of it and number of days (90, 30, 7)."""

    __tablename__ = "license_notice"
    __table_args__ = (UniqueConstraint("license_id", "expires_on", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"))
    expires_on: Mapped[date] = mapped_column(Date)
    days: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    dismissed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExternalCredit(Model):
    """Credit earned elsewhere: entered by its owner, or read from the credential inside a certificate.

    ``credit_type`` is one that this house knows, or "other" with the person's own ``label``. ``proof`` is what a reading
    found (proof_from_json); what was read is never edited, only its topics. ``serial`` keeps a certificate from being
    counted twice.
    """

    __tablename__ = "external_credit"
    __table_args__ = (
        UniqueConstraint("account_id", "serial"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("origin IN ('typed', 'read')", name="origin_known"),
        CheckConstraint("(origin = 'read') = (serial IS NOT NULL)", name="serial_when_read"),
        CheckConstraint("(credit_type = 'other') = (label <> '')", name="label_of_own_type"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    origin: Mapped[str] = mapped_column(String(10), default=TYPED)
    title: Mapped[str] = mapped_column(String(300))
    provider: Mapped[str] = mapped_column(String(200))
    credit_type: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(60), default="")
    amount: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    completed_on: Mapped[date] = mapped_column(Date)
    topics: Mapped[list[str]] = mapped_column(Json, default=list)
    serial: Mapped[str | None] = mapped_column(String(120))
    proof: Mapped[dict[str, Any] | None] = mapped_column(Json)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    file: Mapped["ExternalFile | None"] = relationship(cascade=OWNED)


class ExternalFile(Model):
    """The certificate of credit earned elsewhere, as it came. ``kind`` is what its own bytes say: pdf, png or jpeg."""

    __tablename__ = "external_file"
    __table_args__ = (CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name="kind_known"),)

    credit_id: Mapped[int] = mapped_column(ForeignKey("external_credit.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimTopics(Model):
    """The topics that a person counts credit claimed here for."""

    __tablename__ = "claim_topics"

    claim_id: Mapped[int] = mapped_column(ForeignKey("credit_claim.id"), primary_key=True)
    topics: Mapped[list[str]] = mapped_column(Json)

    claim: Mapped[CreditClaim] = relationship()


class FollowedRules(Model):
    """A set of rules that a person says applies to them, with the license it is for and the exemptions they claim.

    ``starts_on`` is the day a cycle began, for rules that count from a day the person knows.
    """

    __tablename__ = "followed_rules"
    __table_args__ = (
        UniqueConstraint("account_id", "rules", "license_id"),
        Index(
            "uq_followed_rules_without_license",
            "account_id",
            "rules",
            unique=True,
            sqlite_where=NO_LICENSE,
            postgresql_where=NO_LICENSE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    rules: Mapped[str] = mapped_column(String(60))
    license_id: Mapped[int | None] = mapped_column(ForeignKey("license.id"), index=True)
    starts_on: Mapped[date | None] = mapped_column(Date)
    exemptions: Mapped[list[str]] = mapped_column(Json, default=list)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    license: Mapped[License | None] = relationship(back_populates="followed")
