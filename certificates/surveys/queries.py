"""Reads of surveys: what an activity asks, the surveys there are, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import selectinload

from certificates.surveys.models import Evaluation, Survey, SurveyChoice, SurveyVersion
from certificates.surveys.questions import FIRST, TEXT, Question, questions_from_json
from certificates.surveys.results import Tally, in_order, tally
from quizbank.activities.availability import DRAFT
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import Json, db

SHIPPED_NAME = "The survey that comes with the program"


@dataclass(frozen=True)
class Asked:
    """What is asked: the version (none = the shipped survey) and its questions."""

    version_id: int | None
    name: str
    questions: tuple[Question, ...]


SHIPPED = Asked(None, SHIPPED_NAME, FIRST)


def asked_by(version: SurveyVersion | None) -> Asked:
    """Return what a version asks, none being the shipped survey."""
    if version is None:
        return SHIPPED
    name = f"{version.survey.name}, version {version.number}"
    return Asked(version.id, name, questions_from_json(version.content))


def survey_of(activity_id: int) -> Survey | None:
    """Return the survey that an activity asks, none being the shipped one."""
    query = select(SurveyChoice).where(SurveyChoice.activity_id == activity_id)
    chosen = db.session.scalars(query.order_by(SurveyChoice.id.desc()).limit(1)).first()
    return chosen.survey if chosen else None


def asked_now(activity_id: int) -> Asked:
    """Return what an activity asks now."""
    survey = survey_of(activity_id)
    return asked_by(survey.versions[-1] if survey else None)


def asked_when_shown(activity_id: int, version_id: int | None) -> Asked | None:
    """Return what a page asked that showed this version; None when the activity has another survey meanwhile."""
    survey = survey_of(activity_id)
    if survey is None or version_id is None:
        return SHIPPED if survey is None and version_id is None else None
    return next((asked_by(version) for version in survey.versions if version.id == version_id), None)


def evaluation_of(attempt_id: int) -> Evaluation | None:
    """Return the evaluation of an attempt, if it was given."""
    return db.session.scalar(select(Evaluation).where(Evaluation.attempt_id == attempt_id))


def surveys() -> Sequence[Survey]:
    """Return the provider's own surveys with their versions, by name."""
    return db.session.scalars(select(Survey).options(selectinload(Survey.versions)).order_by(Survey.name)).all()


def answered_counts() -> dict[int | None, int]:
    """Return how many evaluations each survey has, None being the shipped one."""
    query = select(SurveyVersion.survey_id, func.count(Evaluation.id)).outerjoin_from(
        Evaluation, SurveyVersion, Evaluation.version_id == SurveyVersion.id
    )
    return {row[0]: row[1] for row in db.session.execute(query.group_by(SurveyVersion.survey_id))}


def activities_asking() -> list[tuple[Activity, Survey | None, int]]:
    """Return every activity, the latest first, with the survey it asks and how many evaluations it has."""
    rows = db.session.execute(select(SurveyChoice.activity_id, SurveyChoice.survey_id).order_by(SurveyChoice.id))
    latest = {row.activity_id: row.survey_id for row in rows}
    named = {survey.id: survey for survey in surveys()}
    query = select(Attempt.activity_id, func.count(Evaluation.id)).join(Evaluation, Evaluation.attempt_id == Attempt.id)
    counts = {row[0]: row[1] for row in db.session.execute(query.group_by(Attempt.activity_id))}
    activities = db.session.scalars(select(Activity).where(Activity.state != DRAFT).order_by(Activity.id.desc()))
    return [(one, named.get(latest.get(one.id) or 0), counts.get(one.id, 0)) for one in activities]


def answered_versions(activity_id: int) -> list[tuple[Asked, int]]:
    """Return what was asked and answered for an activity, the latest version first, each with its number of answers."""
    query = (
        select(Evaluation.version_id, func.count(Evaluation.id))
        .join(Attempt, Evaluation.attempt_id == Attempt.id)
        .where(Attempt.activity_id == activity_id)
        .group_by(Evaluation.version_id)
    )
    counts = {row[0]: row[1] for row in db.session.execute(query)}
    found = db.session.scalars(select(SurveyVersion).where(SurveyVersion.id.in_([one for one in counts if one])))
    latest = sorted(found, key=lambda version: version.id, reverse=True)
    shipped = [(SHIPPED, counts[None])] if None in counts else []
    return [*((asked_by(version), counts[version.id]) for version in latest), *shipped]


def answers_to(activity_id: int, version_id: int | None) -> list[dict[str, Any]]:
    """Return what was answered to a version for an activity, a set of answers per person and nothing about the person."""
    return list(db.session.scalars(select(Evaluation.answers).where(*given_to(activity_id, version_id))))


def tallied(activity_id: int, asked: Asked, most_texts: int) -> list[Tally]:
    """Return what was answered to each question of a version for an activity, with so many of the texts."""
    chosen = chosen_answers(activity_id, asked)
    return [
        written_texts(activity_id, asked, question, most_texts)
        if question.kind == TEXT
        else tally(question, ((answers.get(question.id), times) for answers, times in chosen))
        for question in asked.questions
    ]


def chosen_answers(activity_id: int, asked: Asked) -> list[tuple[dict[str, Any], int]]:
    """Return what was chosen in answers to a version for an activity, each set with how many gave it; counted by the database.

    Texts are left out: no two people are alike in them.
    """
    texts = [question.id for question in asked.questions if question.kind == TEXT]
    query = select(without(texts).label("chosen"), func.count()).where(*given_to(activity_id, asked.version_id))
    return [(row[0], row[1]) for row in db.session.execute(query.group_by("chosen"))]


def written_texts(activity_id: int, asked: Asked, question: Question, most: int) -> Tally:
    """Return how many wrote something to a question, how many different texts that makes, and the first of them."""
    said = Evaluation.answers[question.id].as_string()
    given = (*given_to(activity_id, asked.version_id), said != "")
    alike = select(said.label("said"), func.count().label("times")).where(*given).group_by("said").subquery()
    in_all = (func.count().over(), func.sum(alike.c.times).over())
    query = select(alike.c.said, alike.c.times, *in_all).order_by(func.lower(alike.c.said), alike.c.said).limit(most)
    rows = db.session.execute(query).all()
    different, people = (rows[0][2], int(rows[0][3])) if rows else (0, 0)
    return Tally(question, people, texts=in_order((row.said, row.times) for row in rows), different=different)


def given_to(activity_id: int, version_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that an evaluation answers this version for this activity."""
    attempts = select(Attempt.id).where(Attempt.activity_id == activity_id)
    return Evaluation.attempt_id.in_(attempts), Evaluation.version_id.is_not_distinct_from(version_id)


def without(names: Sequence[str]) -> ColumnElement[Any]:
    """Return the answers of an evaluation without those to some questions."""
    if not names:
        return Evaluation.answers.expression
    if db.session.get_bind().dialect.name == "sqlite":
        return func.json_remove(Evaluation.answers, *(f'$."{name}"' for name in names), type_=Json)
    return Evaluation.answers.op("-", return_type=Json)(cast(postgresql.array(list(names)), postgresql.ARRAY(Text)))


def ids_ever_used(survey: Survey) -> set[str]:
    """Return the ids of all questions a survey ever had."""
    return {question.id for version in survey.versions for question in questions_from_json(version.content)}
