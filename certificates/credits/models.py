"""Rows of evaluations, one per attempt, and of claims, one per type of credit; both insert-only."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.attempts.models import Attempt
from quizbank.db import Json, Model, UtcDateTime


class Evaluation(Model):
    """What a learner thought of an activity, asked once before credit."""

    __tablename__ = "evaluation"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CreditClaim(Model):
    """Credit claimed for a pass: once per learner, activity and type that the activity offers, decided by the database."""

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
    attested: Mapped[str] = mapped_column(String(300))
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    attempt: Mapped[Attempt] = relationship()
    learner: Mapped[Account] = relationship()
    activity: Mapped[Activity] = relationship()
    credit: Mapped[ActivityCredit] = relationship(viewonly=True)
