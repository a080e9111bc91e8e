"""Rows of reports about learners and their insert-only lines: what was told to whom."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certificates.credits.models import CreditClaim
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.db import Model, UtcDateTime

PREPARED, SENT, DISCARDED = "prepared", "sent", "discarded"
OPEN = text("state = 'prepared'")


class Report(Model):
    """A report about learners to one destination; at most one is open there, decided by the database.

    ``year`` and ``activity_id`` are what it was narrowed to, None = everything. ``ended_at`` tells when, and ``ended_by``
    who, said that it was sent, or discarded it.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("state IN ('prepared', 'sent', 'discarded')", name="state_known"),
        CheckConstraint("(state = 'prepared') = (ended_at IS NULL)", name="ended_at_with_state"),
        CheckConstraint("deletions >= 0 AND submissions >= 0", name="counts_not_negative"),
        Index("uq_report_open", "destination", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    destination: Mapped[str] = mapped_column(String(20))
    year: Mapped[int | None]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    deletions: Mapped[int] = mapped_column(default=0)
    submissions: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=PREPARED)
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    activity: Mapped[Activity | None] = relationship()
    prepared_by: Mapped[Account] = relationship(foreign_keys=[prepared_by_id])
    ended_by: Mapped[Account | None] = relationship(foreign_keys=[ended_by_id])


class ReportLine(Model):
    """What a report says about one claim, exactly as it was told: a record to submit, or one to delete; insert-only.

    A record that is to be deleted is told as it was submitted, since the other side finds it by that.
    """

    __tablename__ = "report_line"
    __table_args__ = (
        UniqueConstraint("report_id", "claim_id", "act"),
        CheckConstraint("act IN ('submit', 'delete')", name="act_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("credit_claim.id"), index=True)
    act: Mapped[str] = mapped_column(String(10))
    given_name: Mapped[str] = mapped_column(String(200))
    family_name: Mapped[str] = mapped_column(String(200))
    birthday: Mapped[str] = mapped_column(String(5))
    npi: Mapped[str] = mapped_column(String(10))
    license_state: Mapped[str] = mapped_column(String(2))
    license_number: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(40))
    completed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    amount: Mapped[Decimal] = mapped_column(Numeric(6, 2))

    report: Mapped[Report] = relationship()
    claim: Mapped[CreditClaim] = relationship()
