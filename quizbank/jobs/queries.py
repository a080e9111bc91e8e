"""Reads of jobs beyond a simple select."""

from collections.abc import Sequence

from sqlalchemy import Row, Select, or_, select

from quizbank.accounts.models import Account
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.rules import STATES
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
