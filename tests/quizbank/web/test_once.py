"""Once: a request that is repeated with its key changes nothing more and gets the same reply, on both databases."""

from datetime import timedelta

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.orm.exc import StaleDataError

from certificates.surveys.models import Evaluation
from quizbank.attempts.jobs import FORGET, attempts_handlers
from quizbank.attempts.models import Attempt, AttemptDraft
from quizbank.attempts.queries import state_of
from quizbank.db import db, utc_now
from quizbank.jobs.operations import queue_daily
from quizbank.jobs.worker import run_pending
from quizbank.web.models import KeptReply
from quizbank.web.once import HEADER, KEPT_FOR, forget_replies, keep_reply, kept_reply, new_key
from tests.factories import EVALUATION, make_account, make_activity, make_attempt, sign_in
from tests.security.conftest import table_state

Db = scoped_session[Session]
KEY = {HEADER: "0c6f1d9e-4b7c-4f6e-9d55-7a1f9c1c2b3a"}


@pytest.fixture
def attempt(session: Db) -> Attempt:
    made = make_attempt(make_activity(now=utc_now()), make_account(), now=utc_now())
    session.commit()
    return made


@pytest.fixture
def learner(client: FlaskClient, attempt: Attempt) -> FlaskClient:
    return sign_in(client, attempt.learner)


def save(learner: FlaskClient, attempt: Attempt, place: int, **more: object) -> tuple[int, str]:
    """Autosave one of the options of the first question; return status and reply."""
    order = state_of(attempt.id).slots[0].order
    reply = learner.post(
        f"/attempts/{attempt.id}/answers", data={"item": "1", "choice-1": order[place], "go": "autosave"}, **more
    )
    return reply.status_code, reply.text


def saved(attempt: Attempt) -> str:
    """Return what is saved for the first question."""
    db.session.rollback()
    return db.session.scalars(select(AttemptDraft).filter_by(attempt_id=attempt.id)).one().response["choice"][0]


def count(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_save_that_comes_again_late_does_not_cover_a_newer_one(learner: FlaskClient, attempt: Attempt) -> None:
    first, second = state_of(attempt.id).slots[0].order[:2]
    reply = save(learner, attempt, 0, headers=KEY)
    assert reply[0] == 200
    assert saved(attempt) == first
    save(learner, attempt, 1)
    assert save(learner, attempt, 0, headers=KEY) == reply
    assert saved(attempt) == second


def test_same_key_with_another_answer_is_refused_with_a_sentence(learner: FlaskClient, attempt: Attempt) -> None:
    save(learner, attempt, 0, headers=KEY)
    before = table_state()
    status, page = save(learner, attempt, 1, headers=KEY)
    assert status == 409
    assert "sent before with other values" in page
    assert table_state() == before


def test_key_may_stand_in_the_form_or_quoted_in_the_header(learner: FlaskClient, attempt: Attempt) -> None:
    data = {"item": "1", "go": "autosave"}
    path, key = f"/attempts/{attempt.id}/answers", KEY[HEADER]
    learner.post(path, data={**data, "idempotency_key": key})
    assert learner.post(path, data={**data, "choice-1": "x"}, headers={HEADER: f'"{key}"'}).status_code == 409
    assert count(KeptReply) == 1


@pytest.mark.parametrize("key", ["a" * 101, "a b", "é"])
def test_key_that_cannot_be_kept_is_refused(learner: FlaskClient, attempt: Attempt, key: str) -> None:
    answer = learner.post(f"/attempts/{attempt.id}/submit", data={"idempotency_key": key})
    assert answer.status_code == 400
    assert "key of this request" in answer.text
    assert count(KeptReply) == 0


def test_start_sent_twice_leads_to_the_same_attempt_and_a_new_key_to_the_next(client: FlaskClient, session: Db) -> None:
    activity, learner = make_activity(now=utc_now()), sign_in(client, make_account())
    places = [learner.post(f"/attempts/start/{activity.id}", headers=KEY).location]
    learner.post(f"{places[0]}/submit", headers={HEADER: new_key()})
    places += [learner.post(f"/attempts/start/{activity.id}", headers=KEY).location]
    assert places[0] == places[1]
    assert count(Attempt) == 1
    assert learner.post(f"/attempts/start/{activity.id}", headers={HEADER: new_key()}).location != places[0]


def test_start_that_was_refused_is_decided_anew(client: FlaskClient, session: Db) -> None:
    activity = make_activity(now=utc_now(), max_attempts=1)
    learner = sign_in(client, make_account())
    learner.post(f"{learner.post(f'/attempts/start/{activity.id}').location}/submit")
    for _ in range(2):
        page = learner.post(f"/attempts/start/{activity.id}", headers=KEY, follow_redirects=True).text
        assert "This activity cannot be started again" in page
    assert count(KeptReply) == 0


def test_evaluation_sent_twice_is_kept_once_and_another_one_refused(client: FlaskClient, session: Db) -> None:
    attempt = make_attempt(make_activity(now=utc_now()), right=3, now=utc_now())
    learner, path = sign_in(client, attempt.learner), f"/credits/{attempt.id}/evaluation"
    replies = [learner.post(path, data=EVALUATION, headers=KEY) for _ in range(2)]
    assert [(r.status_code, r.location) for r in replies] == [(302, f"/credits/{attempt.id}/claim")] * 2
    assert learner.post(path, data={**EVALUATION, "knowledge": "1"}, headers=KEY).status_code == 409
    assert count(Evaluation) == 1


def test_form_drawn_again_with_its_mistakes_can_be_sent_with_its_key(client: FlaskClient, session: Db) -> None:
    attempt = make_attempt(make_activity(now=utc_now()), right=3, now=utc_now())
    learner, path = sign_in(client, attempt.learner), f"/credits/{attempt.id}/evaluation"
    assert learner.post(path, data={}, headers=KEY).status_code == 400
    assert learner.post(path, data=EVALUATION, headers=KEY).status_code == 302


def test_two_people_may_choose_the_same_key(app: Flask, session: Db) -> None:
    activity = make_activity(now=utc_now())
    browsers = [sign_in(app.test_client(), make_account()) for _ in range(2)]
    places = {browser.post(f"/attempts/start/{activity.id}", headers=KEY).location for browser in browsers}
    assert len(places) == 2


def test_twin_that_was_faster_wins_and_the_slower_one_changes_nothing(
    learner: FlaskClient, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply, first = save(learner, attempt, 0, headers=KEY), saved(attempt)
    save(learner, attempt, 1)
    looks = iter([lambda _key: None, kept_reply])  # the first look comes before the twin's commit

    def look(key: str) -> Response | None:
        return next(looks)(key)

    monkeypatch.setattr("quizbank.web.once.kept_reply", look)
    assert save(learner, attempt, 0, headers=KEY) == reply
    assert saved(attempt) != first


def test_twin_that_collides_before_its_commit_gets_the_reply_of_the_faster_one(
    learner: FlaskClient, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/attempts/{attempt.id}/submit"
    first = learner.post(path, headers=KEY)
    looks = iter([lambda _key: None, kept_reply])

    def look(key: str) -> Response | None:
        return next(looks)(key)

    def collide(*_given: object) -> None:
        raise IntegrityError("INSERT", {}, ValueError("not unique"))

    monkeypatch.setattr("quizbank.web.once.kept_reply", look)
    monkeypatch.setattr("quizbank.attempts.views.submit_attempt", collide)
    second = learner.post(path, headers=KEY)
    assert (second.status_code, second.location) == (first.status_code, first.location)


def test_change_that_another_request_overtook_is_told_so(
    learner: FlaskClient, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*_given: object) -> None:
        raise StaleDataError

    monkeypatch.setattr("quizbank.attempts.views.submit_attempt", overtaken)
    answer = learner.post(f"/attempts/{attempt.id}/submit", headers=KEY)
    assert answer.status_code == 409
    assert "Nothing of this was kept" in answer.text


def test_failed_commit_keeps_no_reply(learner: FlaskClient, attempt: Attempt, monkeypatch: pytest.MonkeyPatch) -> None:
    before = table_state()

    def keep_and_fail(key: str, response: object) -> None:
        keep_reply(key, response)  # type: ignore[arg-type]
        raise RuntimeError("power cut")

    monkeypatch.setattr("quizbank.web.once.keep_reply", keep_and_fail)
    with pytest.raises(RuntimeError, match="power cut"):
        save(learner, attempt, 0, headers=KEY)
    assert table_state() == before


def test_replies_are_forgotten_after_a_month_and_not_before(learner: FlaskClient, attempt: Attempt) -> None:
    save(learner, attempt, 0, headers=KEY)
    db.session.rollback()
    assert forget_replies(utc_now() + KEPT_FOR - timedelta(hours=1)) == 0
    assert forget_replies(utc_now() + KEPT_FOR + timedelta(hours=1)) == 1


def test_daily_job_forgets_only_what_is_old(learner: FlaskClient, attempt: Attempt) -> None:
    save(learner, attempt, 0, headers=KEY)
    queue_daily([FORGET], utc_now())
    db.session.commit()
    run_pending(attempts_handlers)
    assert count(KeptReply) == 1
