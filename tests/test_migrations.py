"""Migrations on both databases: up gives exactly the tables of the models, down leaves nothing behind."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, make_url, select, text

from app import create_app
from certificates.credits.queries import claims_of
from quizbank.activities.queries import kind_of
from quizbank.attempts.models import Attempt
from quizbank.db import db
from tests.conftest import TEST_SETTINGS, opened
from tests.factories import make_activity, make_attempt, make_claim

VERSIONS = sorted((Path(__file__).parents[1] / "migrations" / "versions").glob("*.py"))

BEFORE_TAKING = "2026_11_27_6"
"""The revision before activities and attempts, which have rows that point to them, were changed for the first time."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    worker = make_url(request.getfixturevalue("postgresql_url"))
    empty = worker.set(database=f"{worker.database}_migrated")
    engine = create_engine(worker, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {empty.database}"))
        yield empty.render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {empty.database} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def app(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Return the application on a database without tables, in its context."""
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "instance"))
    app = create_app({**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": empty_url})
    for lent in opened(app):
        with lent.app_context():
            yield lent


def constraints(engine: Engine) -> dict[str, set[str | None]]:
    """Return the names of all constraints and indexes by table."""
    seen = inspect(engine)
    return {
        table: {
            found["name"]
            for read in (
                seen.get_check_constraints,
                seen.get_unique_constraints,
                seen.get_indexes,
                seen.get_foreign_keys,
            )
            for found in read(table)
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def test_database_brought_up_to_date_has_what_the_models_say(app: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_constraints_have_the_names_the_models_give_them(app: Flask) -> None:
    flask_migrate.upgrade()
    migrated = constraints(db.engine)
    flask_migrate.downgrade(revision="base")
    db.create_all()
    assert migrated == constraints(db.engine)
    assert all(name for names in migrated.values() for name in names)


def test_way_down_leaves_nothing_and_up_again_leads_back(app: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() in ([], ["alembic_version"])
    flask_migrate.upgrade()
    assert set(inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}


def test_rows_that_point_to_each_other_survive_the_way_down_and_up(app: Flask) -> None:
    flask_migrate.upgrade()
    make_claim(
        make_attempt(make_activity(credit_type="cpd", maximum_credit=Decimal(2), minutes=120), right=3), Decimal(1)
    )
    db.session.commit()
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE_TAKING)
    flask_migrate.upgrade()
    attempt = db.session.scalars(select(Attempt)).one()
    assert (attempt.passed, len(attempt.activity.items)) == (True, 3)
    (credit,) = attempt.activity.credits
    assert (credit.credit_type, credit.maximum, credit.designated_at) == ("cpd", 2, attempt.activity.designated_at)
    (claim,) = claims_of(attempt).values()
    assert (claim.amount, claim.credit, kind_of(credit).label) == (1, credit, "CPD points")
    db.session.remove()


def test_second_upgrade_changes_nothing(app: Flask) -> None:
    flask_migrate.upgrade()
    before = constraints(db.engine)
    flask_migrate.upgrade()
    assert constraints(db.engine) == before


def test_check_command_is_quiet(app: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.check()


def test_every_migration_begins_with_its_date() -> None:
    assert VERSIONS
    assert [path.name for path in VERSIONS if not re.match(r"20\d\d_\d\d_\d\d_\w+\.py", path.name)] == []


def refusals(engine: Engine) -> set[tuple[str, str]]:
    """Return the triggers of a database by name, in one spelling."""
    of = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }
    with engine.connect() as connection:
        rows = connection.execute(text(of[engine.dialect.name])).all()
    return {(name, " ".join(definition.split())) for name, definition in rows}


def test_database_brought_up_to_date_refuses_the_changes_that_the_models_refuse(app: Flask) -> None:
    flask_migrate.upgrade()
    migrated = refusals(db.engine)
    flask_migrate.downgrade(revision="base")
    assert refusals(db.engine) == set()
    db.create_all()
    assert migrated == refusals(db.engine)
    assert migrated
