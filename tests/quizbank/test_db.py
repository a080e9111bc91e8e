"""The database beneath everything: times in UTC, names for constraints, SQLite made safe for many writers."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask, g
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session, scoped_session

from quizbank.db import db, may_write, utc_now
from tests.factories import make_account

Db = scoped_session[Session]
HALF_PAST_NINE = datetime(2030, 5, 6, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))


def test_time_of_any_zone_comes_back_as_the_same_moment_in_utc(bare_session: Db) -> None:
    account = make_account()
    account.created_at = HALF_PAST_NINE
    bare_session.commit()
    bare_session.expire_all()
    assert account.created_at == HALF_PAST_NINE
    assert account.created_at.tzinfo is UTC


def test_time_without_a_zone_is_refused(bare_session: Db) -> None:
    account = make_account()
    account.created_at = datetime(2030, 5, 6)
    with pytest.raises(StatementError, match="need a zone"):
        bare_session.flush()


def test_now_has_its_zone() -> None:
    assert utc_now().tzinfo is UTC


def test_every_constraint_and_index_has_a_name_by_convention() -> None:
    prefixes = ("pk_", "fk_", "uq_", "ck_", "ix_")
    things = [thing for table in db.metadata.tables.values() for thing in [*table.constraints, *table.indexes]]
    assert [thing for thing in things if not str(thing.name).startswith(prefixes)] == []


@pytest.mark.parametrize(("pragma", "value"), [("busy_timeout", 30_000), ("foreign_keys", 1), ("synchronous", 2)])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_is_patient_strict_and_durable(bare_session: Db, pragma: str, value: int) -> None:
    assert bare_session.scalar(text(f"PRAGMA {pragma}")) == value
    assert bare_session.scalar(text("PRAGMA journal_mode")) == "wal"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_safe_request_does_not_write(bare_app: Flask, method: str) -> None:
    with bare_app.test_request_context(method=method):
        assert not may_write()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_requests_write(bare_app: Flask, method: str) -> None:
    with bare_app.test_request_context(method=method):
        assert may_write()


def test_safe_request_may_say_that_it_writes(bare_app: Flask) -> None:
    with bare_app.test_request_context():
        g.writing = True
        assert may_write()


def is_locked(app: Flask) -> bool:
    """Tell whether someone holds SQLite's write lock."""
    path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return True
    finally:
        other.close()
    return False


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_writing_request_takes_sqlites_lock_with_its_first_read(bare_app: Flask) -> None:
    with bare_app.test_request_context(method="POST"):
        db.session.execute(text("SELECT 1"))
        assert is_locked(bare_app)
        db.session.rollback()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_reading_request_leaves_the_lock_to_others(bare_app: Flask) -> None:
    with bare_app.test_request_context(method="GET"):
        db.session.execute(text("SELECT count(*) FROM account"))
        assert not is_locked(bare_app)
        db.session.rollback()
