"""What every test may ask for: an empty database on both engines, the application, a client, a clock that stands still.

Tests never talk to another machine: names are not looked up and nothing but this host is connected to.
"""

import contextvars
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import scoped_session

from app import create_app
from certificates.issuing.signing_keys import keep_first_signer, make_signer
from quizbank.db import db
from quizbank.settings import SETTINGS
from tests.clock import FIXED_NOW, Clock
from tests.post_office import PostOffice, mail_settings, open_office
from tests.postgresql import Server, run_sql, start_server

SERVER = pytest.StashKey[Server]()
LOCAL = ("127.0.0.1", "::1", "localhost", "", None)
TEST_SETTINGS = {
    "TESTING": True,
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijk",
    "SESSION_COOKIE_SECURE": False,
    "SESSION_COOKIE_NAME": "session",
    "WTF_CSRF_ENABLED": False,
    "RATELIMIT_ENABLED": False,
    "LICENCES": str(Path(__file__).parent / "licences.toml"),
}
EMPTY_POSTGRESQL = """
DO $$ DECLARE name text; BEGIN
  SET LOCAL lock_timeout = '10s';
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
  FOR name IN SELECT format('%I', sequencename) FROM pg_sequences WHERE schemaname = 'public' LOOP
    PERFORM setval(name, 1, false);
  END LOOP;
END $$
"""
"""Ten times faster than TRUNCATE for tables with few rows; the role skips foreign keys and triggers."""


class OutsideRefused(RuntimeError):
    """A test tried to reach another machine."""


def refuse_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise OutsideRefused when Python code connects or sends to another machine or asks for its address."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise OutsideRefused(f"{event} {address}")
    elif event == "socket.getaddrinfo" and arguments[0] not in LOCAL:
        raise OutsideRefused(f"{event} {arguments[0]}")


def pytest_configure(config: pytest.Config) -> None:
    for setting in SETTINGS:  # what the shell of whoever runs the tests has set is not what they are about
        os.environ.pop(setting.name, None)
    sys.addaudithook(refuse_outside)
    settings.register_profile("quizbank", deadline=None)
    settings.load_profile("quizbank")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give every worker of pytest-xdist the one server of this run."""
    node.workerinput["postgresql"] = str(server_of(node.config).folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        config.stash[SERVER].stop()


def server_of(config: pytest.Config) -> Server:
    """Return this run's PostgreSQL, started when first asked for."""
    if SERVER not in config.stash:
        config.stash[SERVER] = start_server()
    return config.stash[SERVER]


@pytest.fixture(scope="session")
def postgresql_url(request: pytest.FixtureRequest) -> str:
    """Return the address of this worker's own PostgreSQL database, with all tables."""
    given = getattr(request.config, "workerinput", {})
    server = Server(Path(given["postgresql"])) if given else server_of(request.config)
    name = f"test_{given.get('workerid', 'alone')}"
    run_sql(server, f"CREATE DATABASE {name}")
    create_tables(server.url(name))
    return server.url(name)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    create_tables(f"sqlite:///{path}")
    return path


def create_tables(url: str) -> None:
    engine = create_engine(url)
    db.metadata.create_all(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_emptier(postgresql_url: str) -> Iterator[Callable[[], str]]:
    """Return a function that empties this worker's PostgreSQL database and returns its address."""
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    yield lambda: empty_postgresql(engine, postgresql_url)
    engine.dispose()


def empty_postgresql(engine: Engine, url: str) -> str:
    with engine.connect() as connection:
        connection.execute(text(EMPTY_POSTGRESQL))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database with all tables and no rows; the test runs once on each engine."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_emptier")()
    return f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_file'), tmp_path / 'test.sqlite3')}"


class OutsideClient(FlaskClient):
    """Sends requests as if from outside: what the test wrote is committed first, and nothing of its context is seen."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            db.session.commit()
        kwargs.setdefault("buffered", True)
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture(scope="session")
def signing_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a signing key."""
    path = tmp_path_factory.mktemp("keys") / "signing_key.pem"
    keep_first_signer(make_signer("Quizbank Education", FIXED_NOW), path)
    return path


@pytest.fixture
def app(database_url: str, signing_key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Return the whole application on an empty database, with files of its own."""
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "instance"))
    settings = {"SQLALCHEMY_DATABASE_URI": database_url, "SIGNING_KEY": str(signing_key)}
    yield from opened(create_app({**TEST_SETTINGS, **settings}))


@pytest.fixture
def bare_app(database_url: str) -> Iterator[Flask]:
    """Return an application with nothing but an empty database."""
    app = Flask("bare")
    app.config.from_mapping(TEST_SETTINGS, SQLALCHEMY_DATABASE_URI=database_url)
    db.init_app(app)
    yield from opened(app)


def opened(app: Flask) -> Iterator[Flask]:
    """Lend an application to a test and close its database connections afterwards."""
    app.test_client_class = OutsideClient
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    """Return a mail server to which the application hands its messages."""
    with open_office() as office:
        app.config.update(mail_settings(office.port))
        yield office


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser nobody is signed in with; tests.factories.sign_in signs in."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """Return the database session in an application context of the test's own."""
    with app.app_context():
        yield db.session


@pytest.fixture
def auckland(app: Flask) -> ZoneInfo:
    """Move the application to where the day begins twelve hours before it does in Greenwich; return that time zone."""
    zone = ZoneInfo("Pacific/Auckland")
    app.config["TIME_ZONE"] = zone
    return zone


@pytest.fixture
def bare_session(bare_app: Flask) -> Iterator[scoped_session[Session]]:
    """Return the database session of the bare application."""
    with bare_app.app_context():
        yield db.session


@pytest.fixture
def clock() -> Clock:
    return Clock(FIXED_NOW)


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.now
