"""What comes back to a learner: from passed activities that have follow-ups, and never about a question that is open."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, scoped_session

from quizbank.attempts.models import Attempt
from quizbank.attempts.queries import state_of
from quizbank.followups.operations import AnsweredAlready, answer_followup
from quizbank.followups.queries import portion_for, retention_after, slot_of
from quizbank.items.models import ItemVersion
from quizbank.items.operations import retire_version
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity, make_attempt, make_followup

Db = scoped_session[Session]
LATER = FIXED_NOW + timedelta(days=20)


@pytest.fixture
def passed(session: Db) -> Attempt:
    """Return a passed attempt at an activity that has follow-ups."""
    return make_attempt(make_activity(items=3, follow_up=True, pass_mark=60), right=2)


def due(attempt: Attempt, days: float = 20) -> list[int]:
    portion = portion_for(attempt.learner_id, FIXED_NOW + timedelta(days=days))
    return [card.item_id for card in portion.cards]


def test_questions_come_back_after_passing_the_mistakes_first(passed: Attempt, session: Db) -> None:
    assert due(passed, days=0.5) == []
    assert len(due(passed)) == 3
    wrong = next(slot for slot in state_of(passed.id).slots if slot.number == 3)
    assert due(passed, days=1.5) == [session.get_one(ItemVersion, wrong.version_id).item_id]


def test_nothing_comes_back_without_a_pass_or_without_follow_up(session: Db) -> None:
    failed = make_attempt(make_activity(follow_up=True), right=0)
    plain = make_attempt(make_activity(), right=3)
    assert (due(failed), due(plain)) == ([], [])


def test_answer_moves_the_question_on_and_touches_no_score(passed: Attempt) -> None:
    before = (passed.score, passed.passed, passed.revision, len(due(passed)))
    answer = make_followup(passed, LATER, right=True)
    assert answer.item_id not in due(passed)
    assert (passed.score, passed.passed, passed.revision) == before[:3]
    assert len(due(passed)) == before[3] - 1
    assert answer.item_id in due(passed, days=300)


def test_same_question_is_answered_once(passed: Attempt) -> None:
    card = portion_for(passed.learner_id, LATER).cards[0]
    answer_followup(card, slot_of(card), {}, None, LATER)
    with pytest.raises(AnsweredAlready):
        answer_followup(card, slot_of(card), {}, None, LATER)


def test_question_that_an_open_attempt_asks_does_not_come_back(passed: Attempt) -> None:
    make_attempt(make_activity(items=0, document=passed.activity.document), passed.learner)
    assert due(passed) == []


def test_retired_item_does_not_come_back(passed: Attempt, session: Db) -> None:
    version = session.get_one(ItemVersion, state_of(passed.id).slots[0].version_id)
    retire_version(version, make_account().id, LATER)
    assert version.item_id not in due(passed)
    assert len(due(passed)) == 2


def test_retention_counts_answers_a_month_and_a_quarter_later(passed: Attempt) -> None:
    make_followup(passed, FIXED_NOW + timedelta(days=31), right=True)
    told = [(one.days, one.n, one.mean) for one in retention_after(passed.activity_id)]
    assert told == [(30, 1, 1.0), (90, 0, None)]
