"""Jobs in tests: queued on the bare application with handlers given by the test."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue

Queue = Callable[..., int]


@pytest.fixture
def queue(bare_session: scoped_session[Session], now: datetime) -> Queue:
    """Return a function that queues a job, commits, and returns its id."""

    def queue_job(key: str = "read:1", kind: str = "read", **more: int) -> int:
        job_id = enqueue(kind, key, {"document": 1}, now, **more).id
        bare_session.commit()
        return job_id

    return queue_job


def read_job(job_id: int) -> Job:
    """Return a job's row as it stands in the database now, holding no lock."""
    db.session.rollback()
    job = db.session.get(Job, job_id, populate_existing=True)
    assert job is not None
    db.session.expunge(job)
    db.session.rollback()
    return job
