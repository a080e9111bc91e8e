"""Reads of jobs beyond a simple select."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, Select, func, or_, select

from quizbank.accounts.models import Account
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.rules import LONGEST_WAIT, NEW, RUNNING, STATES
from quizbank.web.lists import contains


def jobs_query(state: str | None, words: str) -> Select[Job, str]:
    """Return jobs and who asked for them: of one state if it is one, with the words in kind, key or name."""
    query = select(Job, Account.name).outerjoin(Account, Job.account_id == Account.id)
    if state in STATES:
        query = query.where(Job.state == state)
    if words:
        query = query.where(or_(contains(Job.kind, words), contains(Job.key, words), contains(Account.name, words)))
    return query


def latest_jobs(state: str | None, limit: int) -> Sequence[Row[Job, str]]:
    """Return the newest jobs first."""
    return db.session.execute(jobs_query(state, "").order_by(Job.id.desc()).limit(limit)).all()


def unattended_jobs(now: datetime) -> int:
    """Return how many jobs wait although no worker is at work: were due long ago, or their worker's lease ran out."""
    if db.session.scalar(select(Job.id).where(Job.state == RUNNING, Job.lease_until > now).limit(1)):
        return 0
    long_ago = now - LONGEST_WAIT
    waiting = or_((Job.state == NEW) & (Job.run_at <= long_ago), (Job.state == RUNNING) & (Job.lease_until <= long_ago))
    return db.session.scalar(select(func.count()).select_from(Job).where(waiting)) or 0
