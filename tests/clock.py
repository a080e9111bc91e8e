"""Time in tests: a clock that stands still until it is moved, and waiting for other processes without guessing."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

FIXED_NOW = datetime(2030, 5, 6, 7, 8, 9, tzinfo=UTC)


class Clock:
    """Tells the same time until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        """Move the clock (``seconds=5``) and return the new time; negative numbers move it back."""
        self.now += timedelta(**by)
        return self.now


def eventually(fact: Callable[[], object], within: float = 20, every: float = 0.02) -> None:
    """Return as soon as the fact holds; fail when it does not within so many seconds."""
    deadline = time.monotonic() + within
    while not fact():
        assert time.monotonic() < deadline, f"not within {within} s: {fact}"
        time.sleep(every)
