"""Time and turns on a real database: the server's clock closes attempts, extra time moves it, an old page saves nothing."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import AuditEntry
from quizbank.attempts.extra_time.operations import grant_extra_time
from quizbank.attempts.jobs import CLOSE, attempts_handlers
from quizbank.attempts.models import OPEN, SUBMITTED, Attempt
from quizbank.attempts.operations import (
    AttemptClosed,
    StalePage,
    StartRefused,
    close_overdue,
    keep_answers,
    rebuild_cache,
    save_drafts,
    start_attempt,
    submit_attempt,
)
from quizbank.attempts.queries import extra_minutes, overdue_ids, responses_so_far, state_of
from quizbank.attempts.turns import Turn
from quizbank.db import utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue
from quizbank.jobs.worker import run_pending
from tests.clock import Clock
from tests.factories import make_account, make_activity, make_attempt, responses

Db = scoped_session[Session]
MINE, OTHER = "0" * 16, "f" * 16


@pytest.fixture
def timed(session: Db) -> Attempt:
    """Return an open attempt of 20 minutes, at an activity that may be tried twice."""
    return make_attempt(make_activity(time_limit=20, max_attempts=2, cooldown_hours=1))


def test_without_a_limit_an_attempt_never_runs_out(session: Db, clock: Clock) -> None:
    attempt = make_attempt()
    save_drafts(attempt, responses(attempt, 3), clock.advance(days=300))
    assert (attempt.deadline, overdue_ids(clock.now)) == (None, [])


def test_answer_counts_until_the_deadline_and_is_refused_from_then_on(
    session: Db, timed: Attempt, clock: Clock
) -> None:
    save_drafts(timed, {1: responses(timed, 3)[1]}, clock.advance(minutes=19, seconds=59))
    for write in (save_drafts, keep_answers):
        with pytest.raises(AttemptClosed, match="time is up"):
            write(timed, {2: responses(timed, 3)[2]}, clock.now + timedelta(seconds=1))
    assert set(responses_so_far(timed, state_of(timed.id))) == {1}


def test_time_that_ran_out_submits_what_was_saved_as_of_the_deadline(session: Db, timed: Attempt, clock: Clock) -> None:
    deadline = clock.now + timedelta(minutes=20)
    save_drafts(timed, responses(timed, 3), clock.advance(minutes=10))
    assert not close_overdue(timed, clock.now)
    assert close_overdue(timed, clock.advance(days=2))
    assert (timed.state, timed.submitted_at, timed.score) == (SUBMITTED, deadline, 100)
    state = state_of(timed.id)
    assert (state.submitted_at, state.ran_out) == (deadline, True)
    assert not close_overdue(timed, clock.now)


def test_submitting_late_is_submitting_at_the_deadline(session: Db, timed: Attempt, clock: Clock) -> None:
    deadline = clock.now + timedelta(minutes=20)
    assert submit_attempt(timed, clock.advance(minutes=25)).submitted_at == deadline


def test_start_closes_what_ran_out_and_keeps_the_limits(session: Db, timed: Attempt, clock: Clock) -> None:
    activity, learner = timed.activity, timed.learner_id
    with pytest.raises(StartRefused, match="The next attempt opens"):
        start_attempt(activity, learner, clock.advance(minutes=30))
    assert timed.state == SUBMITTED
    second = start_attempt(activity, learner, clock.advance(hours=1))
    assert second.number == 2
    with pytest.raises(StartRefused, match="all 2 attempts"):
        start_attempt(activity, learner, clock.advance(days=1))


def test_extra_time_moves_the_deadline_of_an_open_attempt_and_of_every_later_one(
    session: Db, timed: Attempt, clock: Clock
) -> None:
    administrator, began = make_account("administrator"), clock.now
    grant_extra_time(timed.activity, timed.learner_id, 10, administrator.id, clock.advance(minutes=15))
    assert timed.deadline == state_of(timed.id).deadline == began + timedelta(minutes=30)
    save_drafts(timed, responses(timed, 3), clock.advance(minutes=14))
    submit_attempt(timed, clock.now)
    assert "attempt.extra_time" in session.scalars(select(AuditEntry.action)).all()
    other = make_attempt(timed.activity)
    assert other.deadline == began + timedelta(minutes=20)
    grant_extra_time(timed.activity, other.learner_id, 5, administrator.id, clock.now)
    submit_attempt(other, began)
    later = start_attempt(timed.activity, other.learner_id, clock.advance(hours=2))
    assert later.deadline == clock.now + timedelta(minutes=25)


def test_extra_time_may_be_taken_back(session: Db, timed: Attempt, clock: Clock) -> None:
    for minutes in (10, 0):
        grant_extra_time(timed.activity, timed.learner_id, minutes, make_account("administrator").id, clock.now)
    assert timed.deadline == clock.now + timedelta(minutes=20)


def test_extra_time_does_not_bring_back_an_attempt_whose_time_is_up(session: Db, timed: Attempt, clock: Clock) -> None:
    deadline = timed.deadline
    grant_extra_time(timed.activity, timed.learner_id, 60, make_account("administrator").id, clock.advance(minutes=21))
    assert (timed.state, timed.deadline) == (SUBMITTED, deadline)


def test_extra_time_is_kept_for_later_attempts_when_the_open_one_was_submitted_at_that_moment(
    session: Db, timed: Attempt, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit_attempt(timed, clock.now)
    monkeypatch.setattr("quizbank.attempts.operations.open_attempt", lambda *_: timed)
    grant_extra_time(timed.activity, timed.learner_id, 60, make_account("administrator").id, clock.now)
    assert extra_minutes(timed.activity_id, timed.learner_id) == 60


def test_clock_that_jumps_back_closes_nothing_and_loses_nothing(session: Db, timed: Attempt, clock: Clock) -> None:
    save_drafts(timed, responses(timed, 3), clock.advance(hours=-1))
    assert timed.state == OPEN
    assert submit_attempt(timed, clock.now).score == 100


def test_deadline_is_rebuilt_from_the_log(session: Db, timed: Attempt, clock: Clock) -> None:
    submit_attempt(timed, clock.now)
    deadline, timed.deadline = timed.deadline, None
    assert rebuild_cache(timed)
    assert timed.deadline == deadline


def test_daily_work_closes_what_nobody_came_back_to(session: Db) -> None:
    now = utc_now()
    old = make_attempt(make_activity(time_limit=20, now=now - timedelta(days=1)), now=now - timedelta(hours=1))
    running = make_attempt(make_activity(time_limit=20, now=now), now=now)
    job = enqueue(CLOSE, CLOSE, {}, now)
    session.commit()
    run_pending(attempts_handlers)
    session.expire_all()
    assert session.get_one(Job, job.id).state == "done"
    assert (old.state, running.state) == (SUBMITTED, OPEN)


def test_page_left_behind_saves_nothing(session: Db, timed: Attempt, now: datetime) -> None:
    save_drafts(timed, {1: responses(timed, 3)[1]}, now, Turn(MINE, 0))
    for write in (save_drafts, keep_answers):
        with pytest.raises(StalePage, match="another tab or device"):
            write(timed, {1: responses(timed, 0)[1]}, now, Turn(OTHER, 0))
    assert responses_so_far(timed, state_of(timed.id)) == {1: responses(timed, 3)[1]}


def test_page_goes_on_saving_and_hands_over_to_one_that_saw_everything(
    session: Db, timed: Attempt, now: datetime
) -> None:
    for _ in range(3):
        save_drafts(timed, {1: responses(timed, 3)[1]}, now, Turn(MINE, 0))
    session.refresh(timed)
    assert timed.saves == 3
    save_drafts(timed, {1: responses(timed, 0)[1]}, now, Turn(OTHER, 3))
    with pytest.raises(StalePage):
        save_drafts(timed, {1: responses(timed, 3)[1]}, now, Turn(MINE, 0))


def test_save_that_only_holds_marks_is_admitted_too(session: Db, timed: Attempt, now: datetime) -> None:
    save_drafts(timed, {}, now, Turn(MINE, 0))
    session.refresh(timed)
    assert (timed.saves, timed.writer) == (1, MINE)


def test_program_without_a_page_has_no_turn_to_miss(session: Db, timed: Attempt, now: datetime) -> None:
    save_drafts(timed, {1: responses(timed, 0)[1]}, now, Turn(MINE, 0))
    save_drafts(timed, {1: responses(timed, 3)[1]}, now)
    assert responses_so_far(timed, state_of(timed.id)) == {1: responses(timed, 3)[1]}


def test_old_page_of_a_submitted_attempt_is_told_of_the_submission(session: Db, timed: Attempt, now: datetime) -> None:
    submit_attempt(timed, now)
    with pytest.raises(AttemptClosed, match="has been submitted"):
        save_drafts(timed, {}, now, Turn(OTHER, 99))
