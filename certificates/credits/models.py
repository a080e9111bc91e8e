"""Rows of claims, one per type of credit, and of their corrections; all insert-only."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.attempts.models import Attempt
from quizbank.db import Model, UtcDateTime


class CreditClaim(Model):
    """Credit claimed for a pass: once per learner, activity and type that the activity offers, decided by the database.

    ``amount`` is what was claimed and never changes; what counts is ``credited``. ``profession`` is the learner's when
    claiming (none for claims older than this column).
    """

    __tablename__ = "credit_claim"
    __table_args__ = (
        UniqueConstraint("learner_id", "activity_id", "credit_type"),
        ForeignKeyConstraint(
            ["activity_id", "credit_type"], ["activity_credit.activity_id", "activity_credit.credit_type"]
        ),
        CheckConstraint("amount > 0", name="amount_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    credit_type: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    profession: Mapped[str | None] = mapped_column(String(40))
    attested: Mapped[str] = mapped_column(String(300))
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    attempt: Mapped[Attempt] = relationship()
    learner: Mapped[Account] = relationship()
    activity: Mapped[Activity] = relationship()
    credit: Mapped[ActivityCredit] = relationship(viewonly=True)
    corrections: Mapped[list["ClaimCorrection"]] = relationship(
        back_populates="claim", order_by="ClaimCorrection.sequence"
    )

    @property
    def credited(self) -> Decimal:
        """Return what counts: the amount of the last correction, 0 when it was withdrawn."""
        return self.corrections[-1].amount if self.corrections else self.amount


class ClaimCorrection(Model):
    """A correction of a claim, linked to it: what it counts from then on (0 = withdrawn), why, and who said so.

    The last one of a claim is what counts; ``sequence`` counts them from 1, so that of two at the same moment one is
    refused.
    """

    __tablename__ = "claim_correction"
    __table_args__ = (
        UniqueConstraint("claim_id", "sequence"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("sequence >= 1", name="sequence_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("credit_claim.id"))
    sequence: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    reason: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    claim: Mapped[CreditClaim] = relationship(back_populates="corrections")
    actor: Mapped[Account] = relationship()
