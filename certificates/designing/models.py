"""Rows of pictures that certificates carry, and of what was chosen for whose certificates; both insert-only.

A picture is only ever withdrawn from being chosen: certificates name it by its hash for as long as they are kept.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.db import Json, Model, UtcDateTime

LOGO = "logo"
SIGNATURE = "signature"


class Picture(Model):
    """A logo or a signature: a clean PNG under its SHA-256 and kind."""

    __tablename__ = "certificate_picture"
    __table_args__ = (CheckConstraint("kind IN ('logo', 'signature')", name="kind_known"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Choice(Model):
    """What was chosen for an activity, or for all that have no choice of their own (no activity); the latest counts.

    Without ``content`` the activity follows the provider's choice again.
    """

    __tablename__ = "certificate_design_choice"
    __table_args__ = (CheckConstraint("activity_id IS NOT NULL OR content IS NOT NULL", name="provider_chooses"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    content: Mapped[dict[str, Any] | None] = mapped_column(Json)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    activity: Mapped[Activity | None] = relationship()
    chosen_by: Mapped[Account] = relationship()
