"""The only writers of jobs: queue, claim, renew, record progress, end, and what administrators may change."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped

from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.rules import (
    CANCELLED,
    CLOCK_WENT_BACK,
    DONE,
    FAILED,
    LEASE,
    LONGEST_DEFERRAL,
    NEW,
    RUNNING,
    Fence,
    JobLost,
    JobUnchanged,
    pause_after,
    was_last_try,
)

INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
NOBODY: Mapping[str, Any] = {"owner": None, "lease_until": None}
QUIETLY = {"synchronize_session": False}


def enqueue(
    kind: str,
    key: str,
    args: Mapping[str, Any],
    now: datetime,
    *,
    account_id: int | None = None,
    total: int | None = None,
) -> Job:
    """Queue a job in the caller's transaction, beside the fact that causes it. The same key again: the job there is."""
    insert = INSERTS[db.session.get_bind().dialect.name]
    row = {"kind": kind, "key": key, "args": dict(args), "account_id": account_id, "total": total}
    db.session.execute(
        insert(Job).values(row | {"run_at": now, "created_at": now}).on_conflict_do_nothing(index_elements=[Job.key])
    )
    return db.session.scalars(select(Job).where(Job.key == key)).one()


def queue_daily(kinds: Iterable[str], now: datetime) -> None:
    """Queue today's job of every kind that is done once a day; the key keeps it one, however many workers ask."""
    for kind in kinds:
        enqueue(kind, f"{kind}:{now:%Y-%m-%d}", {}, now)


def claim_job(owner: str, kinds: Collection[str], now: datetime, lease: timedelta = LEASE) -> Job | None:
    """Make one due job of these kinds the owner's, or return None.

    Due: new and its time has come, or running with a lapsed lease. On SQLite the transaction holds the write lock
    from its BEGIN; on PostgreSQL SKIP LOCKED passes over rows that other workers are claiming.
    """
    due = or_(
        (Job.state == NEW) & has_come(Job.run_at, now),
        (Job.state == RUNNING) & has_come(Job.lease_until, now),
    )
    first = (
        select(Job.id)
        .where(due, Job.kind.in_(kinds))
        .order_by(Job.run_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = {"state": RUNNING, "owner": owner, "lease_until": now + lease, "tries": Job.tries + 1, "stage": None}
    claim = update(Job).where(Job.id == first).values(taken).returning(Job)
    return db.session.scalars(claim, execution_options={**QUIETLY, "populate_existing": True}).one_or_none()


def has_come(column: Mapped[Any], now: datetime) -> ColumnElement[bool]:
    """Return a condition: the time is past, or impossibly far ahead because the clock was set back."""
    return or_(column <= now, column > now + CLOCK_WENT_BACK)


def change_own(fence: Fence, to: Mapping[str, Any], by: Connection | None = None) -> None:
    """Change a job if it is still this worker's; raise JobLost if it is not."""
    mine = (Job.id == fence.job_id, Job.owner == fence.owner, Job.state == RUNNING)
    statement = update(Job).where(*mine).values(to).execution_options(**QUIETLY)
    if (by or db.session).execute(statement).rowcount == 0:  # type: ignore[attr-defined]
        raise JobLost(f"Job {fence.job_id} is no longer run by {fence.owner}.")


def renew_lease(fence: Fence, now: datetime, lease: timedelta, by: Connection | None = None) -> None:
    """Keep a job for another lease; the heartbeat gives its own connection."""
    change_own(fence, {"lease_until": now + lease}, by)


def record_progress(fence: Fence, done: int, total: int | None, now: datetime, lease: timedelta) -> None:
    """Write how far a job is and renew its lease. Getting further than ever gives it all its tries back.

    A handler that begins anew after a failure counts as further only where it leaves its old mark behind.
    """
    further = Job.done < done
    marks = {"done": case((further, done), else_=Job.done), "tries": case((further, 0), else_=Job.tries)}
    counted = {**marks, "lease_until": now + lease}
    change_own(fence, counted if total is None else {**counted, "total": total})


def record_stage(fence: Fence, stage: str, done: int, total: int | None, now: datetime, lease: timedelta) -> None:
    """Write what a job is doing and how far that is, and renew its lease; nothing of it is kept, so no try comes back."""
    counted = {"done": case((Job.done < done, done), else_=Job.done), **({} if total is None else {"total": total})}
    change_own(fence, {**counted, "stage": stage[:100], "lease_until": now + lease})


def finish_job(fence: Fence, now: datetime) -> None:
    """End a job well."""
    change_own(fence, {**NOBODY, "state": DONE, "finished_at": now, "error": None})


def fail_job(fence: Fence, now: datetime, error: str | None = None, refusal: str | None = None) -> None:
    """End a job for good: a refusal is told to the person who asked, an error to administrators."""
    change_own(fence, {**NOBODY, "state": FAILED, "finished_at": now, "error": error, "refusal": refusal})


def retry_later(fence: Fence, error: str, now: datetime, jitter: float) -> None:
    """Put a job that failed back with a growing pause, or give it up after the last try without progress."""
    tries = db.session.scalar(select(Job.tries).where(Job.id == fence.job_id)) or 0
    if was_last_try(tries):
        fail_job(fence, now, error=error)
    else:
        change_own(fence, {**NOBODY, "state": NEW, "run_at": now + pause_after(tries, jitter), "error": error})


def hand_back(fence: Fence, now: datetime) -> None:
    """Put a job back for the next worker because this one stops; that does not count as a try."""
    tries = case((Job.tries > 0, Job.tries - 1), else_=0)
    change_own(fence, {**NOBODY, "state": NEW, "run_at": now, "tries": tries})


def defer(fence: Fence, until: datetime, words: str, now: datetime) -> None:
    """Put a job back until a moment, at no cost of a try: it waits for something outside."""
    run_at = min(max(until, now), now + LONGEST_DEFERRAL)
    change_own(fence, {**NOBODY, "state": NEW, "run_at": run_at, "tries": 0, "error": words or None})


def cancel_job(job_id: int, now: datetime) -> None:
    """Cancel a job that has not ended; its worker stops at the next checkpoint. Raises JobUnchanged."""
    cancelled = {**NOBODY, "state": CANCELLED, "finished_at": now}
    change_from((NEW, RUNNING), job_id, cancelled, "This job has ended already.")


def retry_job(job_id: int, now: datetime) -> None:
    """Start a failed or cancelled job again; what its checkpoints wrote is kept. Raises JobUnchanged."""
    again = {"state": NEW, "run_at": now, "tries": 0, "finished_at": None, "error": None, "refusal": None}
    change_from((FAILED, CANCELLED), job_id, again, "Only a failed or cancelled job can be started again.")


def change_from(states: Collection[str], job_id: int, to: Mapping[str, Any], otherwise: str) -> None:
    """Change a job that is in one of the states; raise JobUnchanged with the words given if it is not."""
    statement = update(Job).where(Job.id == job_id, Job.state.in_(states)).values(to)
    if db.session.execute(statement.execution_options(**QUIETLY)).rowcount == 0:  # type: ignore[attr-defined]
        raise JobUnchanged(otherwise)
    db.session.expire_all()
