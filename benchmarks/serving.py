"""What benchmarks of the running platform share: a database of either engine, gunicorn on 127.0.0.1, signed-in browsers."""

import asyncio
import contextvars
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psutil
from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import create_engine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402 - the checkout is put on the path first
from quizbank.db import db  # noqa: E402
from tests.postgresql import Server, run_sql, start_server  # noqa: E402

SECRET = "benchmarks-only-0123456789-abcdefghijk"
ENGINES = ("sqlite", "postgresql")
PATIENCE = 60
AGENT = "benchmark"
"""What our browsers call themselves: a session belongs to the browser that signed in."""
BARE = "flask:Flask('bare')"
Form = Sequence[tuple[str, str]]


@dataclass
class Database:
    """A database with all tables, to be served; ``folder`` is the instance folder of its application."""

    engine: str
    url: str
    folder: Path
    server: Server | None = None
    durable: bool = True

    def app(self) -> Flask:
        """Return the application in this process, to arrange and to look."""
        os.environ["INSTANCE_PATH"] = str(self.folder)
        settings = {"SECRET_KEY": SECRET, "SESSION_COOKIE_SECURE": False, "SESSION_COOKIE_NAME": "session"}
        return create_app({**settings, "RATELIMIT_ENABLED": False, "SQLALCHEMY_DATABASE_URI": self.url})


@contextmanager
def database(engine: str) -> Iterator[Database]:
    """Lend an empty database of an engine; everything is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if engine == "sqlite":
            found = Database(engine, f"sqlite:///{folder / 'quizbank.sqlite3'}", folder)
        else:
            server = start_server(durable=True)
            run_sql(server, "CREATE DATABASE quizbank")
            found = Database(engine, server.url("quizbank"), folder, server)
        with found.app().app_context():
            made = create_engine(found.url)
            db.metadata.create_all(made)
            made.dispose()
            yield found
            db.session.remove()
            db.engine.dispose()
        if found.server:
            found.server.stop()


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process, user and system, to the nanosecond: the tables of /proc count in 10 ms.

    This is the id that clock_getcpuclockid(3) gives on Linux: the process in the high bits, scheduler time in the low ones.
    """
    return time.clock_gettime((~pid << 3) | 2)


@dataclass
class Web:
    """Running gunicorn processes behind one listening socket."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[psutil.Process]:
        """Return the processes that answer."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children()
        return []

    def cpu_seconds(self) -> float:
        """Return the CPU time the workers have used so far, user and system."""
        return sum(cpu_seconds(one.pid) for one in self.workers())

    def stumbles(self) -> list[str]:
        """Return lines of the log that tell of a failure."""
        return re.findall(r"Traceback|database is locked|deadlock detected", self.log.read_text(errors="replace"))


def start_web(
    listener: socket.socket,
    folder: Path,
    url: str = "",
    workers: int = 2,
    threads: int = 4,
    target: str = "",
    preload: bool = False,
) -> Web:
    """Start gunicorn on a listening socket: the platform, or any other WSGI application."""
    settings = {**os.environ, "DEMO": "1", "INSTANCE_PATH": str(folder), "SECRET_KEY": SECRET, "DATABASE_URL": url}
    log = folder / f"web-{time.monotonic_ns()}.log"
    options = [
        f"--workers={workers}",
        f"--threads={threads}",
        "--no-control-socket",
        "--graceful-timeout=5",
        "--keep-alive=900",
    ]
    options += ["--preload"] if preload else []
    command = [sys.executable, "-m", "gunicorn", *options, f"--bind=fd://{listener.fileno()}"]
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [*command, target or "app:create_app()"],
            env={**settings, "PYTHONPATH": str(Path(__file__).parent)},
            cwd=ROOT,
            stdout=lines,
            stderr=lines,
            pass_fds=[listener.fileno()],
        )
    return Web(listener.getsockname()[1], process, log)


@contextmanager
def serving(place: Database, workers: int = 2, threads: int = 4, target: str = "") -> Iterator[Web]:
    """Serve the platform on a free port of 127.0.0.1 until the block ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        web = start_web(listener, place.folder, place.url, workers, threads, target, preload=True)
        try:
            wait_until_ready(web.port, workers)
            yield web
        finally:
            web.process.terminate()
            web.process.wait(PATIENCE)


def wait_until_ready(port: int, workers: int) -> None:
    """Return when the workers answer: each has loaded the application by the time it takes its first request."""
    for _ in range(8 * workers):
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/accounts/sign-in")
        connection.getresponse().read()
        connection.close()


@dataclass(frozen=True)
class Reply:
    """What came back: the status, where it leads, the page."""

    status: int
    location: str
    text: str


@dataclass
class Browser:
    """A signed-in person's browser: its cookie, the token its forms carry, and a connection that is kept open."""

    port: int
    cookie: str
    token: str
    connection: HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str) -> Reply:
        return self.send("GET", path, None, {})

    def post(self, path: str, form: Form = (), key: str = "") -> Reply:
        """Send a form, with a key for retries when one is given."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", **({"Idempotency-Key": key} if key else {})}
        return self.send("POST", path, urlencode([("csrf_token", self.token), *form]), headers)

    def send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        """Send one request; raises OSError or HTTPException when the server dies meanwhile."""
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            self.connection.request(
                method, path, body, {**headers, "User-Agent": AGENT, "Cookie": f"session={self.cookie}"}
            )
            answer = self.connection.getresponse()
            reply = Reply(answer.status, answer.getheader("Location") or "", answer.read().decode(errors="replace"))
        except Exception:
            self.close()
            raise
        if answer.will_close:
            self.close()
        return reply

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class Door:
    """Lets people in: gives the cookie and token that the application itself would give."""

    def __init__(self, app: Flask, port: int) -> None:
        self.app, self.port = app, port

    def browser(self, uniquifier: str) -> Browser:
        """Return the browser of the person with this session id, signed in."""
        return contextvars.Context().run(self._signed_in, uniquifier)

    def _signed_in(self, uniquifier: str) -> Browser:
        with self.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": AGENT}):
            seen_as = self.app.login_manager._session_identifier_generator()  # type: ignore[attr-defined]
            session.update({"_user_id": uniquifier, "_fresh": True, "_id": seen_as})
            token = generate_csrf()
            serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
            return Browser(self.port, serializer.dumps(dict(session)), token)


async def send_async(browser: Browser, method: str, path: str, form: Form = (), key: str = "") -> Reply:
    """Send one request on a connection of its own, as cheap for the generator as can be."""
    body = urlencode([("csrf_token", browser.token), *form]).encode() if method == "POST" else b""
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"User-Agent: {AGENT}", "Connection: close"]
    head.append(f"Cookie: session={browser.cookie}")
    if method == "POST":
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    if key:
        head.append(f"Idempotency-Key: {key}")
    reader, writer = await asyncio.open_connection("127.0.0.1", browser.port)
    try:
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
    first, _, rest = answer.partition(b"\r\n\r\n")
    lines = first.decode("latin-1").split("\r\n")
    places = [line.partition(": ")[2] for line in lines if line.lower().startswith("location:")]
    return Reply(int(lines[0].split()[1]), places[0] if places else "", rest.decode(errors="replace"))


def machine() -> dict[str, object]:
    """Return what else the machine was doing: a benchmark on a shared machine says so."""
    return {"cores": os.cpu_count(), "load_average": [round(one, 2) for one in os.getloadavg()]}
