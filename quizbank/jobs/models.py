"""The row of a background job."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.db import Json, Model, UtcDateTime
from quizbank.jobs.rules import NEW, STATES


class Job(Model):
    """Work to be done once. ``key`` names the fact that causes it; ``tries`` counts claims since the last progress.

    ``stage`` says what is being done, for the person who waits; ``refusal`` is a sentence for that person, ``error`` is for
    administrators.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state_known"),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL AND owner IS NOT NULL)", name="running_leased"),
        CheckConstraint("(lease_until IS NULL) = (owner IS NULL)", name="lease_owned"),
        CheckConstraint("(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)", name="end_dated"),
        CheckConstraint("state <> 'failed' OR error IS NOT NULL OR refusal IS NOT NULL", name="failure_explained"),
        CheckConstraint("tries >= 0 AND done >= 0 AND (total IS NULL OR done <= total)", name="counts_fit"),
        Index("ix_job_state_run_at", "state", "run_at"),
        Index("ix_job_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    args: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(20), default=NEW)
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    owner: Mapped[str | None] = mapped_column(String(120))
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None] = mapped_column()
    stage: Mapped[str | None] = mapped_column(String(100))
    error: Mapped[str | None] = mapped_column(Text)
    refusal: Mapped[str | None] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
