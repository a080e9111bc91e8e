"""Rows of surveys with their versions (never changed), of which activity asks which, and of what was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import Json, Model, UtcDateTime, only_added


class Survey(Model):
    """A survey of the provider's own; what it asks is its last version."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    versions: Mapped[list["SurveyVersion"]] = relationship(back_populates="survey", order_by="SurveyVersion.number")


class SurveyVersion(Model):
    """What a survey asks from a moment on; insert-only, so that answers are read with the questions they were given to."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"), CheckConstraint("number >= 1", name="number_from_one"))

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    survey: Mapped[Survey] = relationship(back_populates="versions")
    made_by: Mapped[Account] = relationship()


only_added(SurveyVersion)


class SurveyChoice(Model):
    """Which survey an activity asks (none = the one that comes with the program); the last row of an activity counts."""

    __tablename__ = "survey_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"), index=True)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    activity: Mapped[Activity] = relationship()
    survey: Mapped[Survey | None] = relationship()


class Evaluation(Model):
    """What a learner thought of an activity, asked once before credit; insert-only.

    ``version_id`` is what was asked: none = the survey that comes with the program.
    """

    __tablename__ = "evaluation"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("survey_version.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    attempt: Mapped[Attempt] = relationship()
    version: Mapped[SurveyVersion | None] = relationship()
