"""Every write and the commit of a start, a save and a submit fail once: an honest page, nothing half done, a retry works."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import scoped_session

from quizbank.attempts.models import OPEN, SUBMITTED, Attempt, AttemptStep
from quizbank.attempts.operations import save_drafts
from quizbank.attempts.queries import state_of
from quizbank.db import db, utc_now
from quizbank.web.once import HEADER
from tests.factories import make_account, make_activity, make_attempt, responses, sign_in
from tests.security.conftest import table_state

Db = scoped_session[Session]
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|WITH)\b")
KEY = {HEADER: "7a1f9c1c2b3a"}
MOST_WRITES = 30


class Fuse:
    """Counts the writes and commits of the application's connections, and makes one of them fail."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.fails_at = 0

    def write(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if WRITES.match(statement):
            self.pass_by(statement)

    def commit(self, _connection: object) -> None:
        self.pass_by("COMMIT")

    def pass_by(self, what: str) -> None:
        self.seen.append(what)
        if len(self.seen) == self.fails_at:
            raise OperationalError(what, {}, Exception("disk I/O error"))


@contextmanager
def fuse(fails_at: int) -> Iterator[Fuse]:
    """Let a write or commit fail, the first, second … counted from here; 0 lets all of them through."""
    found = Fuse()
    found.fails_at = fails_at
    event.listen(db.engine, "before_cursor_execute", found.write)
    event.listen(db.engine, "commit", found.commit)
    yield found
    event.remove(db.engine, "before_cursor_execute", found.write)
    event.remove(db.engine, "commit", found.commit)


def fail_everywhere(learner: FlaskClient, path: str, form: dict[str, object]) -> int:
    """Send a form again and again, each time with a later write failing, until nothing fails; return how many failed."""
    db.session.commit()
    before = table_state()
    for number in range(1, MOST_WRITES):
        db.session.rollback()
        with fuse(number) as found:
            answer = learner.post(path, data=form, headers=KEY)
        if len(found.seen) < number:
            assert answer.status_code in (200, 302)
            return number - 1
        assert answer.status_code == 503, found.seen[-1]
        assert "Nothing was lost" in answer.text
        assert table_state() == before, found.seen[-1]
    raise AssertionError("there are more writes than anybody would think")


@pytest.fixture
def attempt(session: Db) -> Attempt:
    made = make_attempt(make_activity(now=utc_now()), make_account(), now=utc_now())
    save_drafts(made, responses(made, right=3), utc_now())
    session.commit()
    return made


@pytest.fixture
def learner(app: Flask, attempt: Attempt) -> FlaskClient:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return sign_in(app.test_client(), attempt.learner)


def result(attempt: Attempt) -> tuple[str, float | None, list[str]]:
    """Return state, score and kinds of steps as they are stored."""
    db.session.rollback()
    steps = db.session.query(AttemptStep.kind).filter_by(attempt_id=attempt.id).order_by(AttemptStep.sequence)
    row = db.session.get_one(Attempt, attempt.id, populate_existing=True)
    return row.state, row.score, [kind for (kind,) in steps]


WHOLE = (SUBMITTED, 100.0, ["started", *["answered"] * 3, "submitted", "graded"])


def test_every_write_of_a_submit_may_fail(learner: FlaskClient, attempt: Attempt) -> None:
    assert fail_everywhere(learner, f"/attempts/{attempt.id}/submit", {}) >= 8
    assert result(attempt) == WHOLE
    before = table_state()
    assert learner.post(f"/attempts/{attempt.id}/submit", headers=KEY).status_code == 302
    assert table_state() == before


@pytest.mark.parametrize("go", ["autosave", "next"])
def test_every_write_of_a_save_may_fail(learner: FlaskClient, attempt: Attempt, go: str) -> None:
    order = state_of(attempt.id).slots[0].order
    form = {"item": "1", "choice-1": order[0], "go": go}
    assert fail_everywhere(learner, f"/attempts/{attempt.id}/answers", form) >= 3


def test_every_write_of_a_start_may_fail(app: Flask, attempt: Attempt, learner: FlaskClient) -> None:
    other = sign_in(app.test_client(), make_account())
    assert fail_everywhere(other, f"/attempts/start/{attempt.activity_id}", {}) >= 4


@contextmanager
def full_disk() -> Iterator[None]:
    """Leave SQLite no page more than it has; the connections are made anew before and afterwards."""
    db.session.rollback()
    pages = db.session.execute(text("PRAGMA page_count")).scalar_one()
    db.session.rollback()
    db.engine.dispose()

    def limit(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    event.listen(db.engine, "connect", limit)
    yield
    event.remove(db.engine, "connect", limit)
    db.session.rollback()
    db.engine.dispose()


def test_full_disk_is_told_and_nothing_is_half_done(learner: FlaskClient, attempt: Attempt) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL cannot be told how much room it has")
    before, statuses = table_state(), []
    with full_disk():
        for number in range(200):
            form = {"item": "1", "choice-1": state_of(attempt.id).slots[0].order[number % 2], "go": "next"}
            statuses.append(learner.post(f"/attempts/{attempt.id}/answers", data=form).status_code)
            if statuses[-1] == 503:
                break
        answer = learner.post(f"/attempts/{attempt.id}/submit")
        assert answer.status_code == 503
        assert "Nothing was lost" in answer.text
    assert statuses[-1] == 503
    state, _, kinds = result(attempt)
    assert state == OPEN
    assert len(kinds) == 1 + statuses.count(302)
    assert table_state()["attempt_draft"] == before["attempt_draft"][-len(table_state()["attempt_draft"]) :]
    assert learner.post(f"/attempts/{attempt.id}/submit").status_code == 302
    assert result(attempt)[0] == SUBMITTED


def test_clock_that_jumps_back_an_hour_gives_the_same_result(
    learner: FlaskClient, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.attempts.views.utc_now", lambda: utc_now() - timedelta(hours=1))
    for _ in range(2):
        assert learner.post(f"/attempts/{attempt.id}/submit").status_code == 302
    assert result(attempt) == WHOLE
    assert learner.get(f"/attempts/{attempt.id}/result").status_code == 200
    stored = db.session.get_one(Attempt, attempt.id)
    state = state_of(attempt.id)
    assert (stored.submitted_at, stored.score, stored.passed) == (state.submitted_at, state.score, state.passed)
