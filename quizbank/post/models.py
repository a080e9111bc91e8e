"""Rows of messages to people, and of which messages a person wants."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.db import Model, UtcDateTime
from quizbank.post.rules import STATES, WAITING


class Message(Model):
    """One message to one person, written in the transaction of what it tells of. ``key`` names the event, told once.

    ``address`` is that of the moment it was written. ``due_at`` is when it is tried next, ``begun_at`` when its handing
    over began, ``tries`` how often it did. ``is_doubtful``: it may have arrived twice. ``refusal`` is the server's last word,
    or why there was none.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state_known"),
        CheckConstraint("(state = 'sending') = (begun_at IS NOT NULL)", name="begun_while_sending"),
        CheckConstraint("(state IN ('sent', 'refused')) = (ended_at IS NOT NULL)", name="end_dated"),
        CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name="refusal_explained"),
        CheckConstraint("tries >= 0", name="tries_counted"),
        Index("ix_message_state_due_at", "state", "due_at"),
        Index("ix_message_about_state", "about", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(120))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    address: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    is_doubtful: Mapped[bool] = mapped_column(default=False)
    refusal: Mapped[str | None] = mapped_column(Text)

    account: Mapped[Account] = relationship()


class PostChoice(Model):
    """Which messages a person wants; without a row all of them."""

    __tablename__ = "post_choice"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    record: Mapped[bool] = mapped_column(default=True)
    reminder: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
