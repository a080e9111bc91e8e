"""A place for real browsers: a server and a worker started as for a person, on a free port, in a temporary folder."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app import create_app
from certificates.credits.operations import claim_credit
from certificates.issuing.operations import issue_certificate
from certificates.surveys.operations import keep_evaluation
from quizbank.accounts.models import Account
from quizbank.accounts.operations import create_account
from quizbank.activities.models import Activity, ActivityCredit, ActivityItem, Objective
from quizbank.attempts.models import Attempt, AttemptStep
from quizbank.attempts.operations import keep_answers, start_attempt, submit_attempt
from quizbank.attempts.queries import contents_of, state_of
from quizbank.db import db, utc_now
from quizbank.jobs.supervisor import end_with_parent
from quizbank.settings import SETTINGS
from tests.clock import eventually
from tests.conftest import TEST_SETTINGS
from tests.fences import lift_fences

ROOT = Path(__file__).parents[2]
PASSWORD = re.compile(r"Sign in as (\S+)  password: (\S+)")
START_SECONDS = 60
LOG = "server.log"
numbers = count(1)


WITH_OPTIONS = ("single_best_answer", "multiple_response")


@dataclass(frozen=True)
class Person:
    """Someone who can sign in."""

    name: str
    email: str
    password: str


@dataclass(frozen=True)
class Place:
    """Where the server answers, the same application for looking into its database, and the demo's administrator."""

    url: str
    folder: Path
    app: Flask
    administrator: Person

    def last_words(self) -> str:
        """Return the end of the server's log, for a test that fails."""
        return (self.folder / LOG).read_text()[-2_000:]

    def add_learner(self, name: str) -> Person:
        """Return a new learner."""
        with self.app.app_context():
            email = f"learner{next(numbers)}@example.org"
            account, password = create_account(email, name, "physician", ["learner"], utc_now())
            db.session.commit()
            return Person(account.name, account.email, password)

    def certify(self, learner: Person) -> None:
        """Let a learner pass the first activity and claim its credit, without a browser."""
        with self.app.app_context():
            account = db.session.scalars(select(Account).where(Account.email == learner.email)).one()
            attempt = start_attempt(db.session.get_one(Activity, 1), account.id, utc_now())
            slots = state_of(attempt.id).slots
            contents = contents_of(slots)
            right = {slot.number: contents[slot.version_id].right_response() for slot in slots}
            keep_answers(attempt, right, utc_now())
            attempt = submit_attempt(attempt, utc_now())
            keep_evaluation(attempt, {}, utc_now())
            issue_certificate(claim_credit(attempt, attempt.activity.credits[0].maximum, utc_now()), utc_now())
            db.session.commit()

    def add_activity(self, title: str, **options: object) -> int:
        """Publish an activity that asks those questions of the first one that have options; return its id.

        ``options`` are columns of the activity.
        """
        with self.app.app_context():
            first = db.session.get_one(Activity, 1)
            columns = {one.name: getattr(first, one.name) for one in Activity.__table__.columns if one.name != "id"}
            activity = Activity(**{**columns, "title": title, **options})
            activity.objectives = [
                Objective(position=o.position, source=o.source, text=o.text, item_count=o.item_count)
                for o in first.objectives
            ]
            activity.credits = [
                ActivityCredit(
                    position=0, credit_type=one.credit_type, maximum=one.maximum, designated_at=one.designated_at
                )
                for one in first.credits
            ]
            db.session.add(activity)
            db.session.flush()
            ids = dict(zip([o.id for o in first.objectives], [o.id for o in activity.objectives], strict=True))
            activity.items = [
                ActivityItem(objective_id=ids[i.objective_id], version_id=i.version_id, position=i.position)
                for i in first.items
                if i.version.type in WITH_OPTIONS
            ]
            db.session.commit()
            return activity.id

    def leave(self, attempt_id: int, seconds: float) -> None:
        """Leave an open attempt so many seconds on the server's clock, as if it had been started earlier."""
        with self.app.app_context():
            attempt = db.session.get_one(Attempt, attempt_id)
            step = db.session.scalars(select(AttemptStep).filter_by(attempt_id=attempt_id, sequence=1)).one()
            attempt.deadline = utc_now() + timedelta(seconds=seconds)
            lift_fences(db.session)
            step.payload = {**step.payload, "deadline": attempt.deadline.isoformat()}
            db.session.commit()

    def log_of(self, attempt_id: int) -> list[tuple[str, int]]:
        """Return the steps of an attempt behind its start: what was done, and to which question."""
        with self.app.app_context():
            query = select(AttemptStep).filter_by(attempt_id=attempt_id).order_by(AttemptStep.sequence)
            return [(step.kind, step.payload["slot"]) for step in db.session.scalars(query) if "slot" in step.payload]

    def right_fields(self, attempt_id: int) -> Mapping[str, tuple[str, ...]]:
        """Return what the fields of an attempt hold when everything is answered right, whatever the types."""
        with self.app.app_context():
            return right_of(attempt_id)


def right_of(attempt_id: int) -> Mapping[str, tuple[str, ...]]:
    """Return what every field of an attempt holds when it is answered right."""
    slots = state_of(attempt_id).slots
    contents = contents_of(slots)
    asked = [(slot.number, contents[slot.version_id]) for slot in slots]
    return {f"{one.field}-{number}": one.values(one.right_response()) for number, one in asked}


@contextmanager
def open_place(folder: Path) -> Iterator[Place]:
    """Set everything up as `make run` does and serve it; server and worker end with the block, or with this process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        **{name: value for name, value in os.environ.items() if name not in {setting.name for setting in SETTINGS}},
        "DEMO": "1",
        "PLANS": "1",
        "INSTANCE_PATH": str(folder),
        "PUBLIC_URL": url,
        "LICENCES": str(TEST_SETTINGS["LICENCES"]),
    }
    flask("db", "upgrade", settings=settings)
    passwords = dict(PASSWORD.findall(flask("demo", "load", settings=settings)))
    with serving(port, folder, settings):
        database = f"sqlite:///{folder / 'quizbank.sqlite3'}"
        app = create_app({**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": database})
        yield Place(url, folder, app, Person("Alex Administrator", "admin@example.org", passwords["admin@example.org"]))
        with app.app_context():
            db.engine.dispose()


def flask(*words: str, settings: Mapping[str, str]) -> str:
    """Run a command of the application and return what it prints."""
    command = [sys.executable, "-m", "flask", "--app", "app", *words]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(port: int, folder: Path, settings: Mapping[str, str]) -> Iterator[None]:
    """Run web server and worker together, from the first answer to the end of the block."""
    command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "serve", "--port", str(port)]
    with (folder / LOG).open("wb") as log:
        ended = partial(end_with_parent, os.getpid())
        server = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log, preexec_fn=ended)  # noqa: PLW1509 - it only asks the kernel to end the server with us
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{port}/accounts/sign-in", server, log.name), START_SECONDS, 0.1)
        yield
    finally:
        server.terminate()
        server.wait(START_SECONDS)


def answers(url: str, server: subprocess.Popen[bytes], log: str) -> bool:
    """Return whether the server answers; fail with its log when it ended."""
    assert server.poll() is None, Path(log).read_text()
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError:
        return False


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
