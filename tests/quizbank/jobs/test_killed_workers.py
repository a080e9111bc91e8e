"""Real worker processes, killed: nothing is lost, nothing is done twice, on both engines."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.context import ForkServerProcess

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, select
from sqlalchemy.orm import scoped_session

from quizbank.db import db, utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue
from quizbank.jobs.rules import ENDED, LEASE, Pace
from quizbank.jobs.worker import EXIT_HUNG
from tests.clock import eventually
from tests.quizbank.jobs import workplace

KILLS = 6
BULK = 90
SINGLES = 12


@pytest.fixture
def engine(bare_app: Flask, bare_session: scoped_session[Session]) -> Iterator[Engine]:
    workplace.PIECE.create(db.engine)
    yield db.engine
    bare_session.rollback()
    workplace.PIECE.drop(db.engine)


@contextmanager
def workers(url: str, number: int, pace: Pace = workplace.SHORT) -> Iterator[list[ForkServerProcess]]:
    running = [workplace.start_worker(url, pace) for _ in range(number)]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.join()


def queue_bulk_and_singles() -> list[tuple[str, int]]:
    """Queue one big and several small jobs and return every piece they must write, once."""
    enqueue("bulk", "bulk", {"key": "bulk", "pieces": BULK}, utc_now())
    for number in range(SINGLES):
        enqueue("one", f"one:{number}", {"key": f"one:{number}"}, utc_now())
    db.session.commit()
    return sorted([("bulk", n) for n in range(BULK)] + [(f"one:{n}", 0) for n in range(SINGLES)])


def states(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(Job.state)))


def owners(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return {owner.split(":")[1] for owner in connection.scalars(select(Job.owner)) if owner}


def wait_for_more(engine: Engine) -> None:
    """Return when something more was written, or all is done."""
    before = len(workplace.pieces(engine))
    eventually(lambda: len(workplace.pieces(engine)) > before or states(engine) == {"done"})


def test_killed_workers_lose_nothing_and_do_nothing_twice(engine: Engine, database_url: str) -> None:
    wanted = queue_bulk_and_singles()
    with workers(database_url, 2) as running:
        for _ in range(KILLS):
            wait_for_more(engine)
            busy = owners(engine)
            victim = next((process for process in running if str(process.pid) in busy), running[0])
            os.kill(victim.pid or 0, signal.SIGKILL)
            victim.join()
            running[running.index(victim)] = workplace.start_worker(database_url)
        eventually(lambda: states(engine) <= set(ENDED), within=60)
    assert states(engine) == {"done"}
    assert workplace.pieces(engine) == wanted


def test_stopped_worker_hands_its_job_back_at_once(engine: Engine, database_url: str) -> None:
    wanted = queue_bulk_and_singles()
    long_lease = Pace(lease=LEASE)
    with workers(database_url, 1, long_lease) as (first,):
        eventually(lambda: workplace.pieces(engine))
        first.terminate()
        first.join(10)
        assert first.exitcode == 0
    assert owners(engine) == set()
    with workers(database_url, 1, long_lease):
        eventually(lambda: states(engine) == {"done"}, within=LEASE.total_seconds() - 5)
    assert workplace.pieces(engine) == wanted


def test_process_of_a_job_that_hangs_ends_and_the_job_goes_on(engine: Engine, database_url: str) -> None:
    enqueue("hang", "hang", {}, utc_now())
    db.session.commit()
    impatient = Pace(lease=timedelta(seconds=0.3), longest_step=timedelta(seconds=0.2))
    with workers(database_url, 1, impatient) as (first,):
        first.join(10)
        assert first.exitcode == EXIT_HUNG
    with workers(database_url, 1):
        eventually(lambda: states(engine) == {"done"})
