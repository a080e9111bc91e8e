"""The row of a request to delete an account: who asked, until when it can be taken back, and what became of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certificates.privacy.retention import ASKED
from quizbank.accounts.models import Account
from quizbank.db import Model, UtcDateTime

OPEN = text("state = 'asked'")


class AccountDeletion(Model):
    """A request to delete an account, by its holder or (with a reason) by an administrator; one open at a time."""

    __tablename__ = "account_deletion"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'taken back', 'done')", name="state_known"),
        CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended_at_with_state"),
        CheckConstraint("asked_by_id = account_id OR length(reason) > 0", name="others_give_a_reason"),
        Index("uq_account_deletion_open", "account_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_account_deletion_state_due_at", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default=ASKED)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])
