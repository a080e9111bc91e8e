"""The only writers of surveys, of which activity asks which, and of evaluations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from certificates.surveys.models import Evaluation, Survey, SurveyChoice, SurveyVersion
from certificates.surveys.queries import asked_by, evaluation_of, ids_ever_used
from certificates.surveys.questions import (
    FIRST,
    TEXT,
    Question,
    Row,
    problems,
    questions_from_json,
    questions_of,
    questions_to_json,
)
from quizbank.accounts.operations import record_audit
from quizbank.attempts.models import Attempt
from quizbank.db import db

MAX_NAME = 100


class SurveyRefused(ValueError):
    """A survey cannot be kept as asked; ``problems`` says why, a sentence each."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(" ".join(found))
        self.problems = tuple(found)


class EvaluationRefused(ValueError):
    """An evaluation cannot be given; the message says why."""


def create_survey(name: str, actor_id: int, now: datetime) -> Survey:
    """Create a survey that asks what the shipped one does, to be changed; raises SurveyRefused."""
    name = " ".join(name.split())[:MAX_NAME]
    if not name:
        raise SurveyRefused(["Give the survey a name."])
    survey = Survey(name=name, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(survey)
            db.session.flush()
    except IntegrityError:
        raise SurveyRefused(["There is a survey of this name already."]) from None
    add_version(survey, 1, FIRST, actor_id, now)
    record_audit("survey.created", f"survey:{survey.id}", actor_id, now, label=name)
    return survey


def change_survey(survey: Survey, seen: int, rows: Sequence[Row], actor_id: int, now: datetime) -> SurveyVersion:
    """Let a survey ask something else from now on, as a new version; the same questions again change nothing.

    ``seen`` is the version that the person began with. Raises SurveyRefused.
    """
    last = survey.versions[-1]
    questions = questions_of(rows, questions_from_json(last.content), ids_ever_used(survey))
    if found := problems(questions):
        raise SurveyRefused(found)
    if questions == questions_from_json(last.content):
        return last
    if seen != last.number:
        raise SurveyRefused(["Someone else changed this survey meanwhile. Open it again to see how it stands."])
    try:
        with db.session.begin_nested():
            version = add_version(survey, seen + 1, questions, actor_id, now)
    except IntegrityError:
        raise SurveyRefused(
            ["Someone else changed this survey just now. Open it again to see how it stands."]
        ) from None
    record_audit("survey.changed", f"survey:{survey.id}", actor_id, now, version=version.number)
    return version


def add_version(
    survey: Survey, number: int, questions: Sequence[Question], actor_id: int, now: datetime
) -> SurveyVersion:
    """Insert a version of a survey."""
    content = questions_to_json(questions)
    version = SurveyVersion(survey_id=survey.id, number=number, content=content, made_at=now, made_by_id=actor_id)
    db.session.add(version)
    db.session.flush()
    db.session.expire(survey, ["versions"])
    return version


def choose_survey(activity_id: int, survey: Survey | None, actor_id: int, now: datetime) -> None:
    """Let an activity ask a survey from now on, none being the shipped one; what was answered before stays as it is."""
    survey_id = survey.id if survey else None
    db.session.add(SurveyChoice(activity_id=activity_id, survey_id=survey_id, chosen_at=now, chosen_by_id=actor_id))
    db.session.flush()
    record_audit("survey.chosen", f"activity:{activity_id}", actor_id, now, survey=survey_id)


def erase_texts(learner_id: int) -> None:
    """Take out of a person's evaluations what was written in free words; agreement and choices stay."""
    query = (
        select(Evaluation).join(Attempt, Attempt.id == Evaluation.attempt_id).where(Attempt.learner_id == learner_id)
    )
    for evaluation in db.session.scalars(query.options(joinedload(Evaluation.version))).all():
        written = {question.id for question in asked_by(evaluation.version).questions if question.kind == TEXT}
        evaluation.answers = {name: "" if name in written else answer for name, answer in evaluation.answers.items()}
    db.session.flush()


def keep_evaluation(
    attempt: Attempt, answers: Mapping[str, Any], now: datetime, version_id: int | None = None
) -> Evaluation:
    """Store the evaluation of a passed attempt, once; raises EvaluationRefused before a pass.

    ``version_id`` is what was asked, none being the shipped survey.
    """
    if not attempt.passed:
        raise EvaluationRefused("The evaluation opens once the activity is passed.")
    if existing := evaluation_of(attempt.id):
        return existing
    try:
        with db.session.begin_nested():
            evaluation = Evaluation(attempt_id=attempt.id, version_id=version_id, answers=dict(answers), at=now)
            db.session.add(evaluation)
            db.session.flush()
            return evaluation
    except IntegrityError:
        if existing := evaluation_of(attempt.id):
            return existing
        raise
