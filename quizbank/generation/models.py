"""Rows of generation: reports, suggestions until a person decides, words put right, and which document replaces which."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.db import Json, Model, UtcDateTime
from quizbank.documents.models import StoredDocument

OPEN = "open"
FINISHED = "finished"
REJECTED = "rejected"


class GenerationRun(Model):
    """The report of one generation: items, suggestions, rejected candidates, objectives.

    ``section`` names the section that was written again; it is empty for the first run over the whole document.
    """

    __tablename__ = "generation_run"
    __table_args__ = (UniqueConstraint("document_id", "seed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    seed: Mapped[int]
    section: Mapped[str] = mapped_column(String(600), default="")
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Suggestion(Model):
    """A question that an author may finish. ``report`` is what serialising.item_to_json wrote; it never changes."""

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint("document_id", "origin"),
        CheckConstraint("state IN ('open', 'finished', 'rejected')", name="state_known"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_at_with_state"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(state = 'finished') = (item_id IS NOT NULL)", name="item_with_state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    origin: Mapped[str] = mapped_column(String(80))
    seed: Mapped[int]
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), unique=True)

    document: Mapped[StoredDocument] = relationship()
    decided_by: Mapped[Account | None] = relationship()


class Correction(Model):
    """Words of a document as one person put them right; the stored document keeps its own."""

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("document_id", "original"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    original: Mapped[str] = mapped_column(String(120))
    corrected: Mapped[str] = mapped_column(String(120))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()


class Succession(Model):
    """A document that is the new version of another one."""

    __tablename__ = "succession"
    __table_args__ = (CheckConstraint("document_id <> replaces_id", name="another_document"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    replaces_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)

    document: Mapped[StoredDocument] = relationship(foreign_keys=[document_id])
    replaces: Mapped[StoredDocument] = relationship(foreign_keys=[replaces_id])
