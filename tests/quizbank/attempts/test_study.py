"""Study mode on a real database: an answer is checked once and counts, further tries are practice; marks are only noted."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.attempts.log import Marks
from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.operations import (
    AnswerLocked,
    NothingToCheck,
    check_answer,
    keep_answers,
    note_marks,
    practise_answer,
    save_drafts,
    submit_attempt,
)
from quizbank.attempts.queries import responses_so_far, state_of
from tests.factories import make_activity, make_attempt, responses

Db = scoped_session[Session]


@pytest.fixture
def attempt(session: Db) -> Attempt:
    return make_attempt(make_activity(mode="study", pass_mark=60))


def checked(attempt: Attempt, right: int, now: datetime) -> dict[int, dict[str, object]]:
    """Answer the first question right or wrong and check it; return right answers to everything."""
    keep_answers(attempt, {1: responses(attempt, right)[1]}, now)
    check_answer(attempt, 1, now)
    return {slot: dict(given) for slot, given in responses(attempt, 3).items()}


def kinds(session: Db, attempt: Attempt) -> list[str]:
    query = select(AttemptStep.kind).where(AttemptStep.attempt_id == attempt.id).order_by(AttemptStep.sequence)
    return list(session.scalars(query))


def test_first_answer_checked_is_the_one_that_counts(session: Db, attempt: Attempt, now: datetime) -> None:
    right = checked(attempt, right=0, now=now)
    assert state_of(attempt.id).checked[1].fraction == 0
    practise_answer(attempt, 1, right[1], now)
    keep_answers(attempt, {2: right[2], 3: right[3]}, now)
    submitted = submit_attempt(attempt, now)
    state = state_of(attempt.id)
    assert state.practised[1].fraction == 1
    assert state.fractions == {1: 0, 2: 1, 3: 1}
    assert submitted.score == pytest.approx(200 / 3)
    assert kinds(session, attempt)[-3:] == ["answered", "submitted", "graded"]


def test_checking_again_changes_nothing(session: Db, attempt: Attempt, now: datetime) -> None:
    checked(attempt, right=1, now=now)
    before = kinds(session, attempt)
    check_answer(attempt, 1, now)
    assert kinds(session, attempt) == before


def test_answer_that_was_checked_cannot_be_changed(session: Db, attempt: Attempt, now: datetime) -> None:
    right = checked(attempt, right=0, now=now)
    with pytest.raises(AnswerLocked, match="first answer counts"):
        keep_answers(attempt, {1: right[1]}, now)


def test_draft_that_raced_the_check_neither_shows_nor_counts(session: Db, attempt: Attempt, now: datetime) -> None:
    right = checked(attempt, right=0, now=now)
    save_drafts(attempt, {1: right[1]}, now)
    assert responses_so_far(attempt, state_of(attempt.id))[1] == responses(attempt, 0)[1]
    submit_attempt(attempt, now)
    assert state_of(attempt.id).fractions == {1: 0, 2: 0, 3: 0}


def test_blank_cannot_be_checked(session: Db, attempt: Attempt, now: datetime) -> None:
    with pytest.raises(NothingToCheck, match="Answer the question first"):
        check_answer(attempt, 1, now)
    checked(attempt, right=1, now=now)
    with pytest.raises(NothingToCheck):
        practise_answer(attempt, 1, {}, now)
    with pytest.raises(NothingToCheck):
        practise_answer(attempt, 2, responses(attempt, 3)[2], now)


def test_exam_lets_nothing_be_checked(session: Db, now: datetime) -> None:
    exam = make_attempt(make_activity())
    keep_answers(exam, {1: responses(exam, 1)[1]}, now)
    with pytest.raises(NothingToCheck):
        check_answer(exam, 1, now)
    assert state_of(exam.id).checked == {}


def test_marks_are_in_the_log_and_decide_nothing(session: Db, attempt: Attempt, now: datetime) -> None:
    marks = {1: Marks(flagged=True, struck=state_of(attempt.id).slots[0].order[:2], confidence=1), 2: Marks()}
    note_marks(attempt, marks, now)
    note_marks(attempt, marks, now + timedelta(minutes=1))
    assert kinds(session, attempt) == ["started", "marked"]
    keep_answers(attempt, responses(attempt, 3), now)
    assert submit_attempt(attempt, now).score == 100
    assert state_of(attempt.id).marks == {1: marks[1]}
