"""What the player reads: an attempt in one go, and the state of its log without folding again what is folded."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import delete, event, update
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.operations import keep_answers, start_attempt
from quizbank.attempts.played import PlayedAttempt
from quizbank.attempts.queries import drafts_of, played_attempt, read_responses, state_before_writing, state_of
from quizbank.db import LARGEST_ID, db
from quizbank.items.content import InvalidResponse, Response
from tests.factories import make_account, make_activity, make_attempt, make_role, sign_in
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
    return len(sent)


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


def test_start_asks_the_database_no_more_often_for_many_items_than_for_few(session: Db, now: datetime) -> None:
    few, many = make_activity(items=2), make_activity(items=9)
    ada, bob = make_account(), make_account()
    session.commit()
    asked = [
        statements(lambda activity=activity, who=who: start_attempt(activity, who.id, now))  # type: ignore[misc]
        for activity, who in ((few, ada), (many, bob))
    ]
    assert asked[0] == asked[1]


@pytest.mark.parametrize("more", [[], [ADMINISTRATOR, AUTHOR]])
def test_page_and_save_read_person_and_attempt_in_one_statement(
    session: Db, client: FlaskClient, more: list[str]
) -> None:
    attempt = make_attempt()
    attempt.learner.roles.extend(map(make_role, more))
    page, option = f"/attempts/{attempt.id}", state_of(attempt.id).slots[0].order[0]
    sign_in(client, attempt.learner)
    client.get(page)
    saved = {"item": "1", "choice-1": option, "go": "autosave"}
    assert statements(lambda: client.get(page)) == 2, "who asks for what, and the drafts"
    writes = 2 if db.engine.dialect.name == "sqlite" else 1
    assert statements(lambda: client.post(f"{page}/answers", data=saved)) == 1 + writes
    assert drafts_of(attempt.id) == {1: {"choice": [option]}}
    moved_on = statements(lambda: client.post(f"{page}/answers", data={**saved, "go": "next"}))
    assert moved_on == 4, "who asks for what, the attempt's row, the step, and the draft that goes"
    assert state_of(attempt.id).responses == {1: {"choice": [option]}}


def test_attempts_of_others_and_of_nobody_are_not_there(session: Db, client: FlaskClient) -> None:
    attempt = make_attempt()
    sign_in(client, make_account())
    for number in (attempt.id, attempt.id + 1, 0, LARGEST_ID, LARGEST_ID + 1, 10**30):
        assert client.get(f"/attempts/{number}").status_code == 404
        assert client.post(f"/attempts/{number}/answers", data={"item": "1", "go": "autosave"}).status_code == 404


def test_posted_choice_of_the_attempt_is_read(session: Db) -> None:
    attempt = make_attempt()
    option = state_of(attempt.id).slots[0].order[0]
    posted = read_responses(state_of(attempt.id), {1: {"choice": [option]}, 2: {}})
    assert posted.responses == {1: {"choice": [option]}, 2: {}}
    assert posted.mistyped == {}


def test_number_that_cannot_be_read_is_kept_apart_with_a_sentence(session: Db) -> None:
    attempt = make_attempt(make_activity(type="numeric"))
    posted = read_responses(state_of(attempt.id), {1: {"number": ["1 mg"]}, 2: {"number": ["a lot"]}})
    assert posted.responses == {1: {"number": "1"}}
    assert posted.mistyped[2].values == ("a lot",)
    assert "Write digits" in posted.mistyped[2].problem


def test_slot_that_is_not_asked_is_refused(session: Db) -> None:
    with pytest.raises(InvalidResponse, match="this attempt"):
        read_responses(state_of(make_attempt().id), {4: {"choice": ["a"]}})


def test_option_of_another_item_is_refused(session: Db) -> None:
    state = state_of(make_attempt().id)
    with pytest.raises(InvalidResponse, match="this question"):
        read_responses(state, {1: {"choice": [state.slots[1].order[0]]}})
