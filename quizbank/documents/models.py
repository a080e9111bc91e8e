"""Rows of uploaded documents: the file as it came, and the tree once it has been read."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.db import Json, Model, UtcDateTime

READING = "reading"
READY = "ready"
REFUSED = "refused"


class StoredDocument(Model):
    """An uploaded or pasted document. ``tree`` is what serialising.document_to_json wrote, once state is ready."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("state IN ('reading', 'ready', 'refused')", name="state_known"),
        CheckConstraint("(state = 'reading') = (read_at IS NULL)", name="read_at_with_state"),
        CheckConstraint("(state = 'refused') = (problem IS NOT NULL)", name="problem_with_state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default=READING)
    problem: Mapped[str | None] = mapped_column(Text)
    tree: Mapped[dict[str, Any] | None] = deferred(mapped_column(Json))
    words: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
