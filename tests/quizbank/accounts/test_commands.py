"""People and the audit trail from the terminal."""

import re
from datetime import datetime

from flask import Flask
from flask_security import verify_password
from sqlalchemy import select, text
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account
from quizbank.accounts.operations import record_audit
from tests.fences import lift_fences

Db = scoped_session[Session]


def test_added_person_can_sign_in_with_the_password_that_is_printed(app: Flask, session: Db) -> None:
    call = ["accounts", "add", "Ada@example.org", "--name", "Ada Lovelace", "--role", "author", "--role", "reviewer"]
    result = app.test_cli_runner().invoke(args=call)
    email, _, password = result.output.strip().partition("  password: ")
    account = session.scalars(select(Account)).one()
    assert (result.exit_code, email) == (0, "ada@example.org")
    assert [role.name for role in account.roles] == ["author", "reviewer"]
    assert verify_password(password, account.password)


def test_person_who_cannot_be_added_is_refused_in_words(app: Flask, session: Db) -> None:
    result = app.test_cli_runner().invoke(args=["accounts", "add", "nobody", "--name", "Ada Lovelace"])
    assert result.exit_code == 1
    assert "not an e-mail address" in result.output
    assert session.scalars(select(Account)).all() == []


def test_whole_trail_is_counted(app: Flask, session: Db, now: datetime) -> None:
    for _ in range(3):
        record_audit("signed in", "account:1", None, now)
    session.commit()
    output = app.test_cli_runner().invoke(args=["accounts", "check-audit"]).output
    assert re.fullmatch(r"3 entries, chain whole. Last hash: [0-9a-f]{64}\n", output)


def test_trail_that_was_cut_at_its_end_is_found_by_a_hash_that_was_noted(
    app: Flask, session: Db, now: datetime
) -> None:
    last = [record_audit("signed in", "account:1", None, now).hash for _ in range(3)][-1]
    session.commit()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["accounts", "check-audit", "--after", last]).exit_code == 0
    lift_fences(session)
    session.execute(text("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)"))
    session.commit()
    assert runner.invoke(args=["accounts", "check-audit"]).exit_code == 0, "the chain alone cannot know"
    answer = runner.invoke(args=["accounts", "check-audit", "--after", last])
    assert (answer.exit_code, "it was cut" in answer.output) == (1, True)


def test_changed_trail_is_found_and_the_entry_named(app: Flask, session: Db, now: datetime) -> None:
    for _ in range(3):
        record_audit("signed in", "account:1", None, now)
    lift_fences(session)
    session.execute(
        text("UPDATE audit_entry SET subject = 'account:2' WHERE id = (SELECT min(id) + 1 FROM audit_entry)")
    )
    changed = session.scalar(text("SELECT min(id) + 1 FROM audit_entry"))
    session.commit()
    result = app.test_cli_runner().invoke(args=["accounts", "check-audit"])
    assert result.exit_code == 1
    assert f"changed at entry {changed}" in result.output
