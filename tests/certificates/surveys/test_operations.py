"""Surveys on a real database: versions that never change, which activity asks which, and evaluations given once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from certificates.surveys.models import Evaluation, Survey, SurveyVersion
from certificates.surveys.operations import (
    EvaluationRefused,
    SurveyRefused,
    add_version,
    change_survey,
    choose_survey,
    create_survey,
    keep_evaluation,
)
from certificates.surveys.queries import (
    activities_asking,
    answered_counts,
    answered_versions,
    answers_to,
    asked_by,
    asked_now,
    asked_when_shown,
    survey_of,
    tallied,
)
from certificates.surveys.questions import CHOICE, CHOICES, FIRST, LIKERT, TEXT, Row, questions_from_json
from certificates.surveys.results import tallies
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.attempts.models import Attempt
from tests.factories import EVALUATION, make_account, make_activity, make_attempt

Db = scoped_session[Session]
ROWS = [Row("objectives_met", LIKERT, "It met its objectives.", True), Row("", TEXT, "Anything else?", False)]

EVERY_KIND = [
    Row("", LIKERT, "It was good.", True),
    Row("", CHOICE, "Where do you work?", False, "Hospital\nPractice"),
    Row("", CHOICES, "Where else?", False, "Hospital\nPractice"),
    Row("", TEXT, "What was missing?", False),
    Row("", TEXT, "Anything else?", False),
]


@pytest.fixture
def administrator(session: Db) -> Account:
    return make_account(ADMINISTRATOR)


@pytest.fixture
def survey(administrator: Account, now: datetime) -> Survey:
    return create_survey("Ours", administrator.id, now)


@pytest.fixture
def passed(session: Db) -> Attempt:
    return make_attempt(right=3)


def test_new_survey_asks_what_the_shipped_one_does(survey: Survey) -> None:
    (version,) = survey.versions
    assert (version.number, questions_from_json(version.content)) == (1, FIRST)


@pytest.mark.parametrize("name", ["Ours", " Ours ", "", "  "])
def test_name_that_is_taken_or_missing_is_refused(
    survey: Survey, administrator: Account, now: datetime, name: str
) -> None:
    with pytest.raises(SurveyRefused):
        create_survey(name, administrator.id, now)


def test_change_is_a_new_version_and_the_old_one_stays(
    session: Db, survey: Survey, administrator: Account, now: datetime
) -> None:
    change_survey(survey, 1, ROWS, administrator.id, now)
    session.commit()
    session.expire_all()
    old, new = survey.versions
    assert questions_from_json(old.content) == FIRST
    assert [(question.id, question.text) for question in questions_from_json(new.content)] == [
        ("objectives_met", "It met its objectives."),
        ("q1", "Anything else?"),
    ]


def test_same_questions_again_are_no_new_version(survey: Survey, administrator: Account, now: datetime) -> None:
    first = change_survey(survey, 1, ROWS, administrator.id, now)
    same = [replace(ROWS[0]), replace(ROWS[1], id="q1")]
    assert change_survey(survey, 2, same, administrator.id, now) is first


def test_change_of_what_somebody_else_changed_meanwhile_is_refused(
    session: Db, survey: Survey, administrator: Account, now: datetime
) -> None:
    change_survey(survey, 1, ROWS, administrator.id, now)
    with pytest.raises(SurveyRefused, match="Someone else changed"):
        change_survey(survey, 1, ROWS[:1], administrator.id, now)
    with pytest.raises(IntegrityError):
        add_version(survey, 2, FIRST, administrator.id, now)


def test_survey_that_asks_nothing_is_refused(survey: Survey, administrator: Account, now: datetime) -> None:
    with pytest.raises(SurveyRefused, match="at least one question"):
        change_survey(survey, 1, [replace(row, text=" ") for row in ROWS], administrator.id, now)


def test_activity_asks_the_survey_chosen_last(
    session: Db, survey: Survey, administrator: Account, now: datetime
) -> None:
    activity = make_activity()
    assert asked_now(activity.id).questions == FIRST
    choose_survey(activity.id, survey, administrator.id, now)
    change_survey(survey, 1, ROWS, administrator.id, now)
    assert (survey_of(activity.id), len(asked_now(activity.id).questions)) == (survey, 2)
    assert [(one.id, asked, n) for one, asked, n in activities_asking()] == [(activity.id, survey, 0)]
    choose_survey(activity.id, None, administrator.id, now)
    assert (survey_of(activity.id), asked_now(activity.id).version_id) == (None, None)


def test_page_shown_before_a_change_can_still_be_answered_and_one_of_another_survey_cannot(
    session: Db, survey: Survey, administrator: Account, now: datetime
) -> None:
    activity, first = make_activity(), survey.versions[0].id
    assert asked_when_shown(activity.id, None) is not None
    assert asked_when_shown(activity.id, first) is None
    choose_survey(activity.id, survey, administrator.id, now)
    change_survey(survey, 1, ROWS, administrator.id, now)
    shown = asked_when_shown(activity.id, first)
    assert shown is not None
    assert (shown.version_id, shown.questions) == (first, FIRST)
    assert asked_when_shown(activity.id, None) is None
    assert asked_when_shown(activity.id, 10_000) is None


def test_evaluation_is_kept_as_answered(session: Db, passed: Attempt, now: datetime) -> None:
    keep_evaluation(passed, EVALUATION, now)
    session.commit()
    session.expire_all()
    kept = session.scalars(select(Evaluation)).one()
    assert (kept.answers, kept.version_id) == (EVALUATION, None)


def test_second_evaluation_changes_nothing(session: Db, passed: Attempt, now: datetime) -> None:
    keep_evaluation(passed, EVALUATION, now)
    kept = keep_evaluation(passed, {**EVALUATION, "balanced": 1}, now + timedelta(days=1))
    assert (kept.answers, kept.at) == (EVALUATION, now)
    assert session.scalar(select(func.count(Evaluation.id))) == 1


def test_evaluation_opens_with_a_pass(session: Db, now: datetime) -> None:
    for attempt in (make_attempt(), make_attempt(right=0)):
        with pytest.raises(EvaluationRefused, match="once the activity is passed"):
            keep_evaluation(attempt, EVALUATION, now)


def test_answers_are_read_by_the_version_they_were_given_to(
    session: Db, survey: Survey, administrator: Account, now: datetime
) -> None:
    activity = make_activity()
    keep_evaluation(make_attempt(activity, right=3), EVALUATION, now)
    choose_survey(activity.id, survey, administrator.id, now)
    version = change_survey(survey, 1, ROWS, administrator.id, now)
    keep_evaluation(make_attempt(activity, right=3), {"objectives_met": 1, "q1": "No."}, now, version.id)
    assert [(asked.version_id, number) for asked, number in answered_versions(activity.id)] == [
        (version.id, 1),
        (None, 1),
    ]
    assert answers_to(activity.id, None) == [EVALUATION]
    assert answers_to(activity.id, version.id) == [{"objectives_met": 1, "q1": "No."}]
    assert answers_to(make_activity().id, None) == []
    assert answered_counts() == {None: 1, survey.id: 1}


def test_database_counts_answers_as_they_come_to_one_by_one(
    session: Db, survey: Survey, administrator: Account, now: datetime
) -> None:
    activity = make_activity()
    choose_survey(activity.id, survey, administrator.id, now)
    version = change_survey(survey, 1, EVERY_KIND, administrator.id, now)
    asked = asked_by(version)
    likert, one, several, said, also = (question.id for question in asked.questions)
    left, right = (choice.id for choice in asked.questions[1].choices)
    given = [
        {likert: 5, one: left, several: ["c1", "c2"], said: 'It\'s "good"', also: "Yes."},
        {likert: 5, one: left, several: ["c1", "c2"], said: "", also: "Yes."},
        {likert: 1, one: right, several: [], said: "it's", also: ""},
        {likert: 5, several: ["c2"], said: 'It\'s "good"'},
    ]
    for answers in given:
        keep_evaluation(make_attempt(activity, right=3), answers, now, version.id)
    keep_evaluation(make_attempt(right=3), given[0], now, version.id)
    counted = tallied(activity.id, asked, 200)
    assert counted == tallies(asked.questions, [(answers, 1) for answers in answers_to(activity.id, version.id)])
    assert [one.answered for one in counted] == [4, 3, 3, 3, 2]
    assert tallied(activity.id, asked, 1)[3] == replace(counted[3], texts=counted[3].texts[:1])
    assert counted[3].texts == (("it's", 1), ('It\'s "good"', 2))


def test_what_was_answered_keeps_its_version(session: Db, survey: Survey, passed: Attempt, now: datetime) -> None:
    keep_evaluation(passed, EVALUATION, now, survey.versions[0].id)
    session.delete(session.scalars(select(SurveyVersion)).one())
    with pytest.raises(IntegrityError):
        session.flush()


def test_surveys_are_in_the_audit_trail(session: Db, survey: Survey, administrator: Account, now: datetime) -> None:
    change_survey(survey, 1, ROWS, administrator.id, now)
    choose_survey(make_activity().id, survey, administrator.id, now)
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("survey")))
    assert list(actions) == ["survey.created", "survey.changed", "survey.chosen"]
