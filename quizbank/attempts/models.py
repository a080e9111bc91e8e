"""Rows of attempts, their insert-only steps, and the drafts that autosave overwrites."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.attempts.limits import PRE_TEST
from quizbank.db import Json, Model, UtcDateTime, only_added

OPEN = "open"
SUBMITTED = "submitted"


class Attempt(Model):
    """One sitting. ``score`` and ``passed`` are a cache of the replay (``flask attempts rebuild``).

    ``revision`` is the sequence of the last step; raising it under ``state = 'open'`` is what admits a write.
    ``saves`` counts what pages saved and ``writer`` names the page that saved last: a page that saw fewer saves and is not
    the writer is an old one. ``deadline`` is a cache of the replay, None without a time limit.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("activity_id", "learner_id", "number"),
        CheckConstraint("state IN ('open', 'submitted')", name="state_known"),
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at_with_state"),
        CheckConstraint("(state = 'submitted') = (score IS NOT NULL)", name="score_with_state"),
        CheckConstraint("(score IS NULL) = (passed IS NULL)", name="passed_with_score"),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 100", name="score_in_range"),
        Index(
            "uq_attempt_open",
            "activity_id",
            "learner_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=OPEN)
    revision: Mapped[int] = mapped_column(default=0)
    saves: Mapped[int] = mapped_column(default=0, server_default="0")
    writer: Mapped[str] = mapped_column(String(16), default="", server_default="")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    score: Mapped[float | None]
    passed: Mapped[bool | None]

    activity: Mapped[Activity] = relationship()
    learner: Mapped[Account] = relationship()

    @property
    def is_pre_test(self) -> bool:
        """Return whether it asked what was known before reading; it has no pass mark and counts for nothing."""
        return self.number == PRE_TEST

    @property
    def outcome(self) -> str:
        """Return how it ended, in words for a list."""
        if self.passed is None:
            return "open"
        return "pre-test" if self.is_pre_test else "passed" if self.passed else "not passed"


class AttemptStep(Model):
    """One line of the log; insert-only."""

    __tablename__ = "attempt_step"
    __table_args__ = (UniqueConstraint("attempt_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


only_added(AttemptStep)


class AttemptDraft(Model):
    """The latest autosaved response of one slot; becomes a step when the learner moves on or submits."""

    __tablename__ = "attempt_draft"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    response: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExtraTime(Model):
    """How many minutes more one learner has for every attempt at an activity with a time limit."""

    __tablename__ = "extra_time"
    __table_args__ = (CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes_in_range"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    minutes: Mapped[int]
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    learner: Mapped[Account] = relationship(foreign_keys=[learner_id])
