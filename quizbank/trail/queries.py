"""Reads of checks of the audit trail."""

from sqlalchemy import select

from quizbank.db import db
from quizbank.jobs.models import Job

CHECK = "trail.check"


def latest_job() -> Job | None:
    """Return the job that was asked for last to check the trail, None before the first."""
    return db.session.scalars(select(Job).where(Job.kind == CHECK).order_by(Job.id.desc()).limit(1)).first()
