"""Rows of activities, the credit they offer, their objectives, and the item versions they pin once published."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.activities.availability import DRAFT, Term
from quizbank.activities.modes import EITHER, EXAM
from quizbank.db import Json, Model, UtcDateTime
from quizbank.documents.models import StoredDocument
from quizbank.items.models import ItemVersion

MOST = "source"


class Activity(Model):
    """What a learner takes. Credit is designated when it is published, never backwards.

    ``time_limit`` is in minutes, None = none. The three levels of feedback are names of modes.FEEDBACK: for a question
    checked in study mode, for a submitted attempt, and for when no attempt is left.
    ``revision`` counts the saves of a draft: who saves tells which one they began with.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published', 'closed')", name="state_known"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_at_with_state"),
        CheckConstraint("(designated_at IS NULL) = (published_at IS NULL)", name="designated_when_published"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark_in_range"),
        CheckConstraint("max_attempts IS NULL OR max_attempts >= 1", name="max_attempts_positive"),
        CheckConstraint("mode IN ('exam', 'study')", name="mode_known"),
        CheckConstraint("layout IN ('either', 'single', 'page')", name="layout_known"),
        CheckConstraint("time_limit IS NULL OR time_limit BETWEEN 1 AND 1440", name="time_limit_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    format: Mapped[str] = mapped_column(String(40), default="enduring")
    instructions: Mapped[str] = mapped_column(Text, default="")
    pass_mark: Mapped[int] = mapped_column(default=70)
    max_attempts: Mapped[int | None]
    cooldown_hours: Mapped[int] = mapped_column(default=0)
    mode: Mapped[str] = mapped_column(String(10), default=EXAM, server_default=EXAM)
    layout: Mapped[str] = mapped_column(String(10), default=EITHER, server_default=EITHER)
    time_limit: Mapped[int | None]
    shuffle_items: Mapped[bool] = mapped_column(default=True, server_default=true())
    shuffle_options: Mapped[bool] = mapped_column(default=True, server_default=true())
    ask_confidence: Mapped[bool] = mapped_column(default=True, server_default=true())
    follow_up: Mapped[bool] = mapped_column(default=False, server_default=false())
    feedback_checked: Mapped[str] = mapped_column(String(10), default=MOST, server_default=MOST)
    feedback_submitted: Mapped[str] = mapped_column(String(10), default=MOST, server_default=MOST)
    feedback_final: Mapped[str] = mapped_column(String(10), default=MOST, server_default=MOST)
    minutes: Mapped[int] = mapped_column(default=30)
    released_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    faculty: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    references: Mapped[list[str]] = mapped_column(Json, default=list)
    commercial_support: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    designated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    @property
    def term(self) -> Term:
        """Return what decides when it can be started."""
        return Term(self.state, self.released_on, self.expires_on)

    document: Mapped[StoredDocument] = relationship()
    created_by: Mapped[Account] = relationship()
    objectives: Mapped[list["Objective"]] = relationship(
        back_populates="activity", order_by="Objective.position", cascade="all, delete-orphan"
    )
    credits: Mapped[list["ActivityCredit"]] = relationship(
        back_populates="activity", order_by="ActivityCredit.position", cascade="all, delete-orphan"
    )
    items: Mapped[list["ActivityItem"]] = relationship(back_populates="activity", order_by="ActivityItem.position")


class ActivityCredit(Model):
    """A type of credit that an activity offers, and at most how much; frozen once it is designated.

    ``terms`` are the CreditType as it was then, as JSON (none for what was designated before types were data, which all
    were of the shipped types). A claim is for one of these rows, and only for an attempt that began after it.
    """

    __tablename__ = "activity_credit"
    __table_args__ = (
        UniqueConstraint("activity_id", "credit_type"),
        CheckConstraint("maximum > 0", name="maximum_positive"),
        CheckConstraint("terms IS NULL OR designated_at IS NOT NULL", name="frozen_when_designated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    position: Mapped[int]
    credit_type: Mapped[str] = mapped_column(String(40))
    maximum: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    terms: Mapped[dict[str, Any] | None] = mapped_column(Json)
    designated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    activity: Mapped[Activity] = relationship(back_populates="credits")


class Objective(Model):
    """What the activity teaches, and how many items ask for it. ``source`` is the objective as it was proposed."""

    __tablename__ = "objective"
    __table_args__ = (CheckConstraint("item_count >= 0", name="item_count_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    position: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(String(300))
    item_count: Mapped[int]

    activity: Mapped[Activity] = relationship(back_populates="objectives")


class ActivityItem(Model):
    """An item version that the activity asks, pinned at publication."""

    __tablename__ = "activity_item"
    __table_args__ = (UniqueConstraint("activity_id", "version_id"), UniqueConstraint("activity_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("item_version.id"))
    position: Mapped[int]

    activity: Mapped[Activity] = relationship(back_populates="items")
    objective: Mapped[Objective] = relationship()
    version: Mapped[ItemVersion] = relationship()
