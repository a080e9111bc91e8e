"""The clock of an attempt: when it started and the minutes allowed go in, the deadline and what is left of it come out.

Only the server's clock decides; pages show what it says.
"""

from datetime import datetime, timedelta


def deadline_of(started_at: datetime, limit: int | None, extra: int = 0) -> datetime | None:
    """Return when an attempt ends: ``limit`` and ``extra`` are minutes; None without a limit."""
    return None if limit is None else started_at + timedelta(minutes=limit + extra)


def is_over(deadline: datetime | None, now: datetime) -> bool:
    """Return whether the time is up; at the deadline itself it is."""
    return deadline is not None and now >= deadline


def ended_at(deadline: datetime | None, now: datetime) -> datetime:
    """Return when an attempt that is closed now ended: at its deadline when that has passed, however much later."""
    return deadline if deadline is not None and now >= deadline else now


def seconds_left(deadline: datetime | None, now: datetime) -> int | None:
    """Return the whole seconds until the deadline, at least 0; None without one."""
    return None if deadline is None else max(0, int((deadline - now).total_seconds()))
