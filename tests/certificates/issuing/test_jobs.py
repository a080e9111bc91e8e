"""Clearing bundles away: what expired and what was left behind goes, what is of use stays, twice is as good as once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.jobs import CLEAR, bundle_path, issuing_handlers
from certificates.issuing.keeping import BUNDLE
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue, queue_daily
from quizbank.jobs.worker import run_pending
from tests.clock import Clock

Db = scoped_session[Session]


@pytest.fixture
def folder(app: Flask) -> Path:
    """Return the folder of bundles."""
    folder = Path(app.config["BUNDLE_FOLDER"])
    folder.mkdir(parents=True)
    return folder


def written(session: Db, now: datetime, days_ago: int) -> Path:
    """Return the file of a bundle that was finished some days ago."""
    job = enqueue(BUNDLE, f"{BUNDLE}:{days_ago}", {"certificate_ids": []}, now)
    session.execute(
        update(Job).where(Job.id == job.id).values(state="done", finished_at=now - timedelta(days=days_ago))
    )
    bundle_path(job.id).write_bytes(b"PK")
    return bundle_path(job.id)


def clear(session: Db, clock: Clock) -> None:
    queue_daily([CLEAR], clock())
    session.commit()
    run_pending(issuing_handlers, clock)


def test_only_expired_bundles_are_cleared(session: Db, folder: Path, clock: Clock) -> None:
    young, old = written(session, clock(), 6), written(session, clock(), 7)
    clear(session, clock)
    assert (young.exists(), old.exists()) == (True, False)
    clock.advance(days=1)
    clear(session, clock)
    assert not young.exists()


def test_what_a_killed_worker_left_is_cleared_and_foreign_files_stay(session: Db, folder: Path, clock: Clock) -> None:
    half, foreign = written(session, clock(), 1).with_suffix(".4711.part"), folder / "notes.txt"
    unknown = folder / "certificates-999.zip"
    for path in (half, foreign, unknown):
        path.write_bytes(b"")
    clear(session, clock)
    assert [half.exists(), unknown.exists(), foreign.exists()] == [False, False, True]


def test_bundle_that_is_being_written_stays(session: Db, folder: Path, clock: Clock) -> None:
    job = enqueue(BUNDLE, "later", {"certificate_ids": []}, clock() + timedelta(minutes=5))
    half = bundle_path(job.id).with_suffix(".4711.part")
    half.write_bytes(b"")
    clear(session, clock)
    assert half.exists()


def test_clearing_without_a_folder_finds_nothing_to_do(session: Db, app: Flask, clock: Clock) -> None:
    clear(session, clock)
    assert session.query(Job).one().state == "done"
