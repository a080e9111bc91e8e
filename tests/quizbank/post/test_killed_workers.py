"""Two real workers, killed while they send to 200 people: everybody has one message, or the line says it may be two."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app import create_app
from quizbank.db import utc_now
from quizbank.jobs.context import StopSwitch
from quizbank.jobs.rules import Pace
from quizbank.jobs.worker import stop_on_signals, work_forever
from quizbank.post.jobs import post_handlers
from quizbank.post.letters import Letter
from quizbank.post.models import Message
from quizbank.post.operations import write_messages
from tests.clock import eventually
from tests.conftest import TEST_SETTINGS
from tests.factories import make_account
from tests.post_office import PostOffice, mail_settings, open_office

PEOPLE, KILLS, TIMEOUT = 200, 4, 1
SHORT = Pace(lease=timedelta(seconds=0.6))
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


def be_worker(settings: dict[str, Any]) -> None:
    """Be a worker process that sends until it is stopped."""
    app, stop = create_app({**TEST_SETTINGS, **settings}), StopSwitch()
    stop_on_signals(stop)
    work_forever(app, post_handlers, SHORT, stop)


@pytest.fixture
def slow_office(app: Flask) -> Iterator[PostOffice]:
    """Return a mail server that takes a moment for each message."""

    def slowly(_to: str, _tried: int) -> str:
        time.sleep(0.01)
        return "250 ok"

    with open_office(mood=slowly) as office:
        app.config.update(mail_settings(office.port, TIMEOUT))
        yield office


def started(app: Flask) -> ForkServerProcess:
    names = ("SQLALCHEMY_DATABASE_URI", *mail_settings(0))
    process = PROCESSES.Process(target=be_worker, args=({name: app.config[name] for name in names},), daemon=True)
    process.start()
    return process


def test_killed_workers_leave_nobody_out_and_nobody_twice_without_saying_so(
    app: Flask, session: scoped_session[Session], slow_office: PostOffice
) -> None:
    people = [make_account(email=f"p{n}@example.org") for n in range(PEOPLE)]
    letters = [(p.id, Letter("certificate.sent", f"k{p.id}", "test", "Hi", ("Text.",))) for p in people]
    write_messages(letters, utc_now())
    addresses = {person.email for person in people}
    session.commit()
    workers = [started(app), started(app)]

    def all_settled() -> bool:
        states = set(session.scalars(select(Message.state).distinct()))
        session.rollback()  # on SQLite a look holds the write lock
        return states == {"sent"}

    try:
        for kill in range(KILLS):
            enough = (kill + 1) * PEOPLE // (KILLS + 2)
            eventually(lambda enough=enough: len(slow_office.mailbox) >= enough, within=90)
            victim = workers.pop(0)
            os.kill(victim.pid or 0, signal.SIGKILL)
            victim.join()
            workers.append(started(app))
        eventually(all_settled, within=90, every=0.2)
    finally:
        for worker in workers:
            worker.kill()
            worker.join()
    came = Counter(one.recipient for one in slow_office.mailbox)
    doubtful = set(session.scalars(select(Message.address).where(Message.is_doubtful)))
    assert set(came) == addresses
    assert {address for address, number in came.items() if number > 1} <= doubtful
    assert max(came.values()) <= 2
    assert len(doubtful) <= KILLS
    names = {str(one.message["Message-ID"]) for one in slow_office.mailbox}
    assert len(names) == PEOPLE, "a second message has the name of the first"
