"""Rows of rule files: every version that was ever in force, with its text; insert-only, the last of a kind rules."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.db import Model, UtcDateTime, only_added


class RuleFileVersion(Model):
    """A text that rules from a moment on, until the next version; empty = what comes with the program."""

    __tablename__ = "rule_file_version"
    __table_args__ = (UniqueConstraint("kind", "number"), CheckConstraint("number >= 1", name="number_from_one"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[Account] = relationship()


only_added(RuleFileVersion)
