"""The only writers of checks of the audit trail: asking for one, and telling what it found."""

from datetime import datetime

from quizbank.accounts.audit import CHECKED
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.operations import record_audit
from quizbank.accounts.queries import TrailCheck
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue
from quizbank.jobs.rules import ENDED
from quizbank.trail.queries import CHECK, latest_job


def ask_for_check(account_id: int, now: datetime) -> Job:
    """Queue a check of the whole trail, and return its job; while one is waiting or at work, that one."""
    job = latest_job()
    if job is not None and job.state not in ENDED:
        return job
    return enqueue(CHECK, f"{CHECK}:{now.isoformat()}", {}, now, account_id=account_id)


def tell_check(found: TrailCheck, asked_by: int | None, now: datetime) -> AuditEntry:
    """Write into the trail itself what a check of it found: how many entries, their last hash, and the first changed one."""
    return record_audit(
        CHECKED, "trail", asked_by, now, entries=found.entries, broken=found.broken, hash=found.last_hash
    )
