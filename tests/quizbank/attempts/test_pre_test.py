"""An activity that begins with its questions: what was known before counts for nothing and shows nothing."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from quizbank.activities.modes import STUDY
from quizbank.attempts.extra_time.operations import grant_extra_time
from quizbank.attempts.limits import PRE_TEST
from quizbank.attempts.models import Attempt
from quizbank.attempts.operations import NothingToCheck, StartRefused, check_answer, keep_answers, submit_attempt
from quizbank.attempts.queries import passed_of, played_attempt, state_of
from quizbank.db import utc_now
from tests.clock import Clock
from tests.factories import make_account, make_activity, make_attempt, responses, sign_in

Db = scoped_session[Session]


@pytest.fixture
def before(session: Db) -> Attempt:
    """Return an open pre-test of an activity in study mode with a time limit, that may be tried once."""
    return make_attempt(make_activity(pre_test=True, mode=STUDY, time_limit=20, max_attempts=1, cooldown_hours=48))


def hand_in(attempt: Attempt, right: int, clock: Clock) -> Attempt:
    keep_answers(attempt, responses(attempt, right), clock.now)
    return submit_attempt(attempt, clock.now)


def test_it_comes_first_and_is_never_passed(before: Attempt, clock: Clock) -> None:
    assert (before.number, before.is_pre_test) == (PRE_TEST, True)
    hand_in(before, 3, clock)
    assert (before.score, before.passed, before.outcome) == (100.0, False, "pre-test")
    assert state_of(before.id).pass_mark is None
    assert passed_of(before.learner_id) == []


def test_it_takes_no_attempt_and_no_pause_from_those_that_count(before: Attempt, clock: Clock) -> None:
    hand_in(before, 1, clock)
    counting = make_attempt(before.activity, before.learner, now=clock.advance(minutes=1))
    assert (counting.number, counting.is_pre_test) == (1, False)
    hand_in(counting, 0, clock)
    with pytest.raises(StartRefused, match="your only attempt"):
        make_attempt(before.activity, before.learner, now=clock.advance(days=3))


def test_it_is_started_once_however_often_it_is_pressed(before: Attempt, clock: Clock) -> None:
    assert make_attempt(before.activity, before.learner, now=clock.now).id == before.id


def test_its_time_is_not_limited_even_with_extra_time(before: Attempt, clock: Clock) -> None:
    grant_extra_time(before.activity, before.learner_id, 10, make_account("administrator").id, clock.now)
    assert (before.deadline, state_of(before.id).deadline) == (None, None)


def test_nothing_can_be_checked_in_it_even_in_study_mode(before: Attempt, clock: Clock) -> None:
    keep_answers(before, {1: responses(before, 3)[1]}, clock.now)
    with pytest.raises(NothingToCheck):
        check_answer(before, 1, clock.now)
    played = played_attempt(before.id)
    assert played is not None
    assert (played.is_pre_test, played.activity.mode) == (True, "exam")


def test_pages_tell_what_it_is_and_show_no_answer(app: Flask, session: Db) -> None:
    activity, learner = make_activity(pre_test=True, mode=STUDY, now=utc_now()), make_account()
    client = sign_in(app.test_client(), learner)
    page = f"/attempts/activity/{activity.id}"
    assert "Start the pre-test" in client.get(page).text
    here = client.post(f"/attempts/start/{activity.id}").location
    question = client.get(here).text
    assert "it counts for nothing" in question
    assert "Check" not in question
    client.post(f"{here}/submit")
    shown = client.get(f"{here}/result").text
    assert "Your pre-test is handed in" in shown
    stems = [pinned.version.content["stem"] for pinned in activity.items]
    assert not any(stem in shown for stem in stems)
    again = client.get(page).text
    assert "Start the questions" in again
    assert "0.0%" not in again


def test_administrator_sees_it_as_what_it_is(app: Flask, before: Attempt, clock: Clock) -> None:
    hand_in(before, 3, clock)
    client = sign_in(app.test_client(), make_account("administrator"))
    assert "Pre-test" in client.get("/attempts/").text
    assert "Pre-test" not in client.get("/attempts/?result=failed").text
    assert client.get("/attempts/attempts.csv").text.rstrip().endswith("pre-test")
