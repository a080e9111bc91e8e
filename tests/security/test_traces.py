"""What is left behind: reading changes nothing, the audit trail shows tampering, an outage leaves nothing half-done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, event, func, select, text, update
from sqlalchemy.orm import scoped_session

from app import create_app
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.attempts.models import OPEN, Attempt, AttemptStep
from quizbank.db import db, utc_now
from tests.conftest import TEST_SETTINGS, opened
from tests.factories import make_account, make_activity, make_attempt, sign_in
from tests.fences import lift_fences
from tests.security.conftest import addresses, make_world, table_state

NOWHERE = ["sqlite:////no/such/folder/quiz.sqlite3", "postgresql+psycopg://nobody@/nothing?host=/no/such/folder"]
READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}
TAMPERING = [
    {"action": "certificate.granted"},
    {"subject": "account:1"},
    {"facts": {"score": 100}},
    {"hash": "f" * 64},
    {"previous_hash": "e" * 64},
    {"actor_id": None},
]


def test_reading_any_page_changes_nothing(app: Flask, session: scoped_session[Session]) -> None:
    world = make_world()
    administrator = sign_in(app.test_client(), world.people[ADMINISTRATOR])
    holder = sign_in(app.test_client(), world.holder)
    before = table_state()
    for endpoint, address in addresses(app, "GET", {**world.ids, "attempt_id": world.passed_attempt}):
        if endpoint not in ("security.logout", "issuing.preview"):
            administrator.get(address)
            administrator.head(address)
            holder.get(address)
    after = table_state()
    written = {name for name in after if after[name] != before[name]}
    kept = {"certificate_file", "log_entry"}
    assert written <= {"audit_entry", *kept}, "a PDF is kept and logged when first read, a refusal is noted"
    assert {row[3] for row in after["audit_entry"][len(before["audit_entry"]) :]} <= {"denied"}


def test_changed_line_of_the_trail_is_found(app: Flask, session: scoped_session[Session]) -> None:
    make_attempt(make_activity(now=utc_now()), make_account(), now=utc_now())
    runner = app.test_cli_runner()
    third = session.scalars(select(AuditEntry.id).where(AuditEntry.actor_id.is_not(None)).offset(2).limit(1)).one()
    before = session.execute(select(AuditEntry.__table__).where(AuditEntry.id == third)).one()._asdict()
    session.commit()
    for change in TAMPERING:
        assert "chain whole" in runner.invoke(args=["accounts", "check-audit"]).output
        lift_fences(session)
        session.execute(update(AuditEntry).where(AuditEntry.id == third).values(**change))
        session.commit()
        answer = runner.invoke(args=["accounts", "check-audit"])
        assert answer.exit_code == 1, change
        assert "was changed at entry" in answer.output
        lift_fences(session)
        session.execute(
            update(AuditEntry).where(AuditEntry.id == third).values({name: before[name] for name in change})
        )
        session.commit()


def test_line_cut_out_of_the_trail_is_found(app: Flask, session: scoped_session[Session]) -> None:
    make_world()
    lift_fences(session)
    session.execute(text("DELETE FROM audit_entry WHERE id = 3"))
    session.commit()
    assert app.test_cli_runner().invoke(args=["accounts", "check-audit"]).exit_code == 1


@pytest.fixture(params=NOWHERE, ids=["sqlite", "postgresql"])
def cut_off(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Return the application with a database that is not there."""
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    yield from opened(create_app({**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": request.param}))


def test_page_says_so_when_the_database_is_gone(cut_off: Flask) -> None:
    client = cut_off.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "somebody"
    for method, address in (("GET", "/"), ("POST", "/attempts/1/submit"), ("GET", "/v/AAAA"), ("GET", "/missing")):
        answer = client.open(address, method=method)
        assert answer.status_code in (503, 404) if method == "GET" else answer.status_code == 503, address
        assert "Traceback" not in answer.text
        assert "Content-Security-Policy" in answer.headers
    assert "Not available at the moment" in client.get("/").text
    assert client.post("/accounts/sign-in", data={"email": "a@example.org", "password": "b"}).status_code == 503


def test_submit_on_a_read_only_database_leaves_the_attempt_open_and_works_later(
    app: Flask, session: scoped_session[Session]
) -> None:
    attempt = make_attempt(make_activity(now=utc_now()), make_account(), now=utc_now())
    learner, attempt_id = sign_in(app.test_client(), attempt.learner), attempt.id
    address = f"/attempts/{attempt_id}/submit"
    session.commit()
    before = table_state()
    shut, reopen = READ_ONLY[db.engine.dialect.name]
    set_on_connections(db.engine, shut)
    assert learner.get("/").status_code == 200
    answer = learner.post(address)
    assert answer.status_code == 503
    assert "Nothing was lost" in answer.text
    set_on_connections(db.engine, reopen)
    assert table_state() == before
    assert learner.post(address).status_code == 302
    assert session.get_one(Attempt, attempt_id).state != OPEN


def set_on_connections(engine: Engine, statement: str) -> None:
    """Run a statement on every connection made from now on."""
    db.session.rollback()
    engine.dispose()

    @event.listens_for(engine, "connect")
    def run(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(statement)
        getattr(connection, "commit", lambda: None)()


def test_failure_in_the_middle_of_a_submit_leaves_nothing_half_done(
    app: Flask, session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = make_attempt(make_activity(now=utc_now()), make_account(), now=utc_now())
    learner, attempt_id = sign_in(app.test_client(), attempt.learner), attempt.id
    session.commit()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with monkeypatch.context() as broken:
        broken.setattr("quizbank.attempts.operations.record_audit", lambda *_a, **_k: 1 / 0)
        answer = learner.post(f"/attempts/{attempt_id}/submit")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    session.rollback()
    assert session.get_one(Attempt, attempt_id, populate_existing=True).state == OPEN
    assert session.scalar(select(func.count()).where(AttemptStep.attempt_id == attempt_id)) == 1
    session.rollback()
    assert learner.post(f"/attempts/{attempt_id}/submit").status_code == 302


def test_error_page_appears_even_when_the_failure_broke_the_transaction(
    app: Flask, session: scoped_session[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = sign_in(app.test_client(), make_account())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(
        "quizbank.attempts.views.passed_of", lambda _id: db.session.execute(text("SELECT nonsense FROM nothing"))
    )
    answer = learner.get("/")
    assert answer.status_code in (500, 503)
    assert "<h1>" in answer.text
    assert "nonsense" not in answer.text
