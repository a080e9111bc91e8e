"""What the player reads: an attempt in one go, and the state of its log without folding again what is folded."""

from collections.abc import Callable
from datetime import datetime

from flask_sqlalchemy.session import Session
from sqlalchemy import delete, event, update
from sqlalchemy.orm import scoped_session

from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.operations import keep_answers
from quizbank.attempts.played import PlayedAttempt
from quizbank.attempts.queries import played_attempt, state_before_writing, state_of
from quizbank.db import db
from quizbank.items.content import Response
from tests.factories import make_account, make_activity, make_attempt
from tests.fences import lift_fences

Db = scoped_session[Session]


def played(attempt_id: int) -> PlayedAttempt:
    found = played_attempt(attempt_id)
    assert found is not None
    return found


def answered(attempt: Attempt, slot: int, now: datetime, option: int = 0) -> Response:
    """Answer a slot and return the response."""
    response = {"choice": [state_of(attempt.id).slots[slot - 1].order[option]]}
    keep_answers(attempt, {slot: response}, now)
    db.session.commit()
    return response


def statements(ask: Callable[[], object]) -> int:
    """Return how many statements the database is sent by a call."""
    sent: list[str] = []

    def note(*told: object) -> None:
        sent.append(str(told[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    ask()
    event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in sent if not one.startswith("BEGIN")])


def test_attempt_is_played_by_the_rules_of_its_activity(session: Db, now: datetime) -> None:
    activity = make_activity(items=3, now=now, mode="study", layout="page")
    attempt = make_attempt(activity, make_account(), now=now)
    found = played(attempt.id)
    assert (found.learner_id, found.state, found.revision) == (attempt.learner_id, "open", 1)
    assert (found.activity.title, found.activity.mode, found.activity.layout) == (activity.title, "study", "page")
    assert played_attempt(attempt.id + 1) is None


def test_state_follows_the_log_and_reads_only_what_is_new(session: Db, now: datetime) -> None:
    attempt = make_attempt(make_activity(items=3, now=now), make_account(), now=now)
    session.commit()
    assert state_before_writing(played(attempt.id)) == state_of(attempt.id)
    given = answered(attempt, 2, now)
    read = played(attempt.id)
    assert statements(lambda: state_before_writing(read)) == 1
    assert state_before_writing(read).responses == {2: given}
    assert statements(lambda: state_before_writing(read)) == 0
    assert state_before_writing(read) == state_of(attempt.id)


def test_steps_that_are_taken_back_are_never_in_the_state(session: Db, now: datetime) -> None:
    attempt = make_attempt(make_activity(items=3, now=now), make_account(), now=now)
    session.commit()
    state_before_writing(played(attempt.id))
    order = state_of(attempt.id).slots[0].order
    keep_answers(attempt, {1: {"choice": [order[0]]}}, now)
    session.rollback()
    given = answered(attempt, 1, now, option=1)
    assert state_before_writing(played(attempt.id)).responses == {1: given}


def test_log_shorter_than_what_was_folded_is_read_from_its_start(session: Db, now: datetime) -> None:
    attempt = make_attempt(make_activity(items=3, now=now), make_account(), now=now)
    session.commit()
    begun = state_of(attempt.id)
    answered(attempt, 1, now)
    state_before_writing(played(attempt.id))
    lift_fences(session)
    session.execute(delete(AttemptStep).where(AttemptStep.sequence > 1))
    session.execute(update(Attempt).values(revision=1))
    session.commit()
    assert state_before_writing(played(attempt.id)) == begun
