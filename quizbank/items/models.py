"""Rows of the item bank: an item is an identity, its versions hold what is asked, reviews say who signed for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.db import Json, Model, UtcDateTime
from quizbank.documents.models import StoredDocument

DRAFT = "draft"
PUBLISHED = "published"
REJECTED = "rejected"
RETIRED = "retired"


class Item(Model):
    """One question through all its versions."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("document_id", "origin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    origin: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    document: Mapped[StoredDocument] = relationship()
    versions: Mapped[list["ItemVersion"]] = relationship(back_populates="item", order_by="ItemVersion.number")


class ItemVersion(Model):
    """What an item says, frozen once published. ``content`` is read by the item type's dataclass."""

    __tablename__ = "item_version"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint("state IN ('draft', 'published', 'rejected', 'retired')", name="state_known"),
        CheckConstraint("(state = 'draft') = (decided_at IS NULL)", name="decided_at_with_state"),
        Index(
            "uq_item_version_published",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    number: Mapped[int]
    type: Mapped[str] = mapped_column(String(40))
    stem: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    citation: Mapped[dict[str, Any]] = mapped_column(Json)
    objective: Mapped[str] = mapped_column(String(300))
    provenance: Mapped[dict[str, Any]] = mapped_column(Json)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    item: Mapped[Item] = relationship(back_populates="versions")
    created_by: Mapped[Account | None] = relationship()
    reviews: Mapped[list["Review"]] = relationship(back_populates="version", order_by="Review.id")

    @property
    def all_checks_pass(self) -> bool:
        """Return whether every gate check passed."""
        return bool(self.checks) and all(check["passed"] for check in self.checks)

    @property
    def is_stale(self) -> bool:
        """Return whether the words it rests on changed in a new version of the document and nobody has looked since."""
        return bool(self.provenance.get("stale"))


class Review(Model):
    """One person's verdict on one version; insert-only."""

    __tablename__ = "item_review"
    __table_args__ = (CheckConstraint("verdict IN ('approved', 'rejected')", name="verdict_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"), index=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    verdict: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    version: Mapped[ItemVersion] = relationship(back_populates="reviews")
    reviewer: Mapped[Account] = relationship()
