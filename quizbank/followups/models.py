"""Rows of answers to questions that came back; insert-only, apart from attempts and their scores."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.attempts.models import Attempt
from quizbank.db import Json, Model, UtcDateTime
from quizbank.items.models import ItemVersion


class FollowupAnswer(Model):
    """One answer. ``number`` counts the answers to this item since the attempt; ``memory`` is what follows from it."""

    __tablename__ = "followup_answer"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("fraction BETWEEN 0 AND 1", name="fraction_in_range"),
        CheckConstraint("confidence IS NULL OR confidence BETWEEN 1 AND 3", name="confidence_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    number: Mapped[int]
    response: Mapped[dict[str, Any]] = mapped_column(Json)
    fraction: Mapped[float]
    confidence: Mapped[int | None]
    memory: Mapped[dict[str, Any]] = mapped_column(Json)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    attempt: Mapped[Attempt] = relationship()
    version: Mapped[ItemVersion] = relationship()
