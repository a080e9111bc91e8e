"""A learner who passed keeps it fresh: a question comes back, its key shows after the answer, the week has an end."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from quizbank.attempts.models import Attempt
from quizbank.db import utc_now
from quizbank.followups.models import FollowupAnswer
from quizbank.followups.portions import A_WEEK
from quizbank.items.queries import contents_by_version
from tests.factories import make_account, make_activity, make_attempt, sign_in
from tests.journeys.conftest import Walk

Db = scoped_session[Session]
ACTION = re.compile(r'action="(/followups/[0-9/]+)"')


@pytest.fixture
def passed(session: Db) -> Attempt:
    """Return an attempt passed a month ago, with more questions than a week has room for."""
    then = utc_now() - timedelta(days=30)
    return make_attempt(make_activity(items=A_WEEK + 2, follow_up=True, now=then), right=A_WEEK + 2, now=then)


@pytest.fixture
def walk(app: Flask, passed: Attempt) -> Walk:
    return Walk(sign_in(app.test_client(), passed.learner))


def count(session: Db) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(FollowupAnswer)) or 0


def test_question_comes_back_and_its_key_shows_only_after_the_answer(walk: Walk, session: Db) -> None:
    assert f"{A_WEEK} questions of activities you passed came back" in walk.see("/")
    page = walk.see("/followups/")
    assert "It runs in the anterior groove." not in page
    assert "Right answer" not in page
    action = ACTION.findall(page)[0]
    choice = re.findall(r'name="choice-1" value="([^"]+)"', page)[0]
    told = walk.send(action, item="1", marks="1", **{"choice-1": choice, "confidence-1": "3"})
    assert "Right answer" in told
    assert "It runs in the anterior groove." in told
    assert "comes back on" in told
    kept = session.scalars(select(FollowupAnswer)).one()
    assert (kept.confidence, kept.response) == (3, {"choice": [choice]})
    assert kept.fraction == contents_by_version([kept.version_id])[kept.version_id].grade(kept.response)


def test_week_ends_after_five_minutes(walk: Walk, session: Db) -> None:
    for _ in range(A_WEEK):
        walk.send(ACTION.findall(walk.see("/followups/"))[0], item="1")
    assert "Nothing is due" in walk.see("/followups/")
    assert "Keep it fresh" not in walk.see("/")


def test_answer_sent_twice_is_kept_once(walk: Walk, session: Db) -> None:
    action = ACTION.findall(walk.see("/followups/"))[0]
    walk.send(action, item="1")
    assert "That question is not due" in walk.send(action, item="1")
    assert count(session) == 1


@pytest.mark.parametrize("fields", [{}, {"item": "2"}, {"item": "1", "choice-1": "zzz"}, {"item": ["1", "1"]}])
def test_answer_that_cannot_come_from_the_page_is_refused(walk: Walk, session: Db, fields: dict[str, object]) -> None:
    walk.send(ACTION.findall(walk.see("/followups/"))[0], status=400, **fields)
    assert count(session) == 0


def test_answers_of_others_and_of_open_attempts_are_not_shown(
    app: Flask, walk: Walk, passed: Attempt, session: Db
) -> None:
    action = ACTION.findall(walk.see("/followups/"))[0]
    seen = walk.go(action, item="1")
    other = Walk(sign_in(app.test_client(), make_account()))
    other.see(seen, status=404)
    other.send(action, status=404, item="1")
    asking_the_same = make_activity(items=0, document=passed.activity.document, now=utc_now())
    make_attempt(asking_the_same, passed.learner, now=utc_now())
    session.commit()
    assert "Right answer" not in walk.see(seen, status=409)
    assert "No follow-up yet" in walk.see("/followups/")


def test_number_that_cannot_be_read_is_asked_again(app: Flask, session: Db) -> None:
    then = utc_now() - timedelta(days=30)
    attempt = make_attempt(make_activity(items=1, type="numeric", follow_up=True, now=then), right=1, now=then)
    walk = Walk(sign_in(app.test_client(), attempt.learner))
    action = ACTION.findall(walk.see("/followups/"))[0]
    told = walk.send(action, status=422, item="1", **{"number-1": "a few"})
    assert "“a few” is no number" in told
    assert count(session) == 0
