"""The application served by two real processes, and browsers that press their buttons at the same moment."""

import contextvars
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from app import create_app
from certificates.sharing.recipient.views import VIEWER
from quizbank.accounts.models import Account
from quizbank.db import db
from tests.conftest import TEST_SETTINGS, create_tables, server_of
from tests.postgresql import Server, run_sql

ROOT = Path(__file__).parents[2]
PATIENCE = 60
Form = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Browser:
    """A person's browser as the proxy before the server tells of it: its cookie, its forms' token, and where it is."""

    port: int
    cookie: str
    token: str
    address: str = "127.0.0.1"

    def post(self, path: str, form: Form = ()) -> int:
        """Send a form and return the status, on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"session={self.cookie}"}
        headers["X-Forwarded-For"] = self.address
        connection.request("POST", path, urlencode([("csrf_token", self.token), *form]), headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status


@dataclass(frozen=True)
class Platform:
    """A running server, and the same application in this process to arrange and to look."""

    app: Flask
    port: int
    log: Path
    process_id: int

    def browser(self, account: Account) -> Browser:
        """Return the browser of a person, signed in by a cookie the application itself would give."""
        return contextvars.Context().run(self.with_session, {"_user_id": account.fs_uniquifier, "_fresh": True})

    def stranger(self, number: int) -> Browser:
        """Return the browser of somebody who followed a share link; each number is a browser session of its own."""
        made = contextvars.Context().run(self.with_session, {VIEWER: f"viewer-{number}"})
        return replace(made, address=f"10.0.{number // 250}.{number % 250 + 1}")

    def with_session(self, kept: Mapping[str, object]) -> Browser:
        """Return a browser with a session and its token, made in a context of its own."""
        with self.app.test_request_context():
            session.update(kept)
            token = generate_csrf()
            serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
            return Browser(self.port, serializer.dumps(dict(session)), token)


def at_once(calls: Sequence[Callable[[], int]]) -> list[int]:
    """Make all calls at the same moment and return their statuses."""
    barrier = threading.Barrier(len(calls))

    def call_together(call: Callable[[], int]) -> int:
        barrier.wait(PATIENCE)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call_together, calls))


def serve(url: str, folder: Path) -> Iterator[Platform]:
    """Serve the application on a free port until the tests are done."""
    settings = {**os.environ, "DATABASE_URL": url, "DEMO": "1", "PROXIES": "1", "INSTANCE_PATH": str(folder)}
    settings["SECRET_KEY"] = str(TEST_SETTINGS["SECRET_KEY"])
    log = folder / "server.log"
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener, log.open("wb") as lines:
        command = [
            "-m",
            "gunicorn",
            "--workers=2",
            "--threads=4",
            "--preload",
            "--no-control-socket",
            "app:create_app()",
        ]
        given = f"--bind=fd://{listener.fileno()}"
        process = subprocess.Popen(
            [sys.executable, *command, given],
            env=settings,
            cwd=ROOT,
            stdout=lines,
            stderr=lines,
            pass_fds=[listener.fileno()],
        )
        app = create_app({**TEST_SETTINGS, "WTF_CSRF_ENABLED": True, "SQLALCHEMY_DATABASE_URI": url})
        yield Platform(app, listener.getsockname()[1], log, process.pid)
        with app.app_context():
            db.engine.dispose()
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def running(
    request: pytest.FixtureRequest, sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    """Return the running application; all tests of this folder share it, each with people of its own."""
    folder = tmp_path_factory.mktemp("races")
    if request.param == "sqlite":
        yield from serve(f"sqlite:///{shutil.copy(sqlite_file, folder / 'races.sqlite3')}", folder)
        return
    given = getattr(request.config, "workerinput", {})
    server = Server(Path(given["postgresql"])) if given else server_of(request.config)
    name = f"races_{given.get('workerid', 'alone')}"
    run_sql(server, f"CREATE DATABASE {name}")
    create_tables(server.url(name))
    yield from serve(server.url(name), folder)


@pytest.fixture
def platform(running: Platform) -> Iterator[Platform]:
    """Return the running application in a context, and see afterwards that it never stumbled."""
    with running.app.app_context():
        yield running
    found = re.findall(r"Traceback|database is locked|deadlock", running.log.read_text())
    assert not found, running.log.read_text()[-4000:]
