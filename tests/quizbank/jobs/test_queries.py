"""Work that nobody takes is counted; work that waits its turn behind other work is not."""

from datetime import datetime, timedelta

from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.jobs.operations import claim_job, enqueue
from quizbank.jobs.queries import unattended_jobs
from quizbank.jobs.rules import LEASE, LONGEST_WAIT

Database = scoped_session[Session]
LATER = LONGEST_WAIT + timedelta(seconds=1)


def test_a_job_that_was_due_long_ago_is_unattended(session: Database, now: datetime) -> None:
    enqueue("reading", "reading:1", {}, now)
    assert [unattended_jobs(now + wait) for wait in (timedelta(), timedelta(minutes=4), LATER)] == [0, 0, 1]


def test_a_job_behind_one_at_work_waits_its_turn(session: Database, now: datetime) -> None:
    for number in (1, 2):
        enqueue("reading", f"reading:{number}", {}, now)
    claim_job("worker", ["reading"], now + LATER)
    assert unattended_jobs(now + LATER) == 0
    assert unattended_jobs(now + LATER + LEASE) == 1


def test_a_job_whose_worker_went_away_is_unattended_too(session: Database, now: datetime) -> None:
    enqueue("reading", "reading:1", {}, now)
    claim_job("worker", ["reading"], now)
    assert unattended_jobs(now + LEASE) == 0
    assert unattended_jobs(now + LEASE + LONGEST_WAIT) == 1


def test_a_job_for_tomorrow_is_not(session: Database, now: datetime) -> None:
    enqueue("reading", "reading:1", {}, now + timedelta(days=1))
    assert unattended_jobs(now + LATER) == 0
