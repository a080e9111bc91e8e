"""The rules of background work: tries and times in; when a job is due, tried again or given up out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

LEASE = timedelta(seconds=15)
"""How long a claimed job stays its worker's without a sign of life; another worker takes it over after that."""

BEATS_PER_LEASE = 3
MAX_TRIES = 5
LONGEST_PAUSE_SECONDS = 300
LONGEST_STEP = timedelta(minutes=15)
"""A job that makes no checkpoint for so long hangs: its worker process ends, and the job counts one more try."""

CLOCK_WENT_BACK = timedelta(minutes=10)
"""No pause or lease is so long. A time further ahead was written before the clock was set back and counts as past."""

LONGEST_WAIT = timedelta(minutes=5)
"""Work that was due so long ago, while nobody works on anything, tells that no worker runs."""

LONGEST_DEFERRAL = timedelta(minutes=9)
"""A job that waits longer looks in between whether what it waits for has come."""

PAUSE_BETWEEN_PARTS = 1.0
"""People are told at most once in so many seconds which of many parts a job has come to."""

SHORTEST_IDLE = 0.2
LONGEST_IDLE = 1.0
SHORTEST_RESTART = 0.5
LONGEST_RESTART = 30.0
STEADY_AFTER = 10.0

STALLED = f"The worker stopped {MAX_TRIES} times without making progress."
OUR_FAULT = "Something went wrong on our side. An administrator can see what and start it again."

NEW, RUNNING, DONE, FAILED, CANCELLED = "new", "running", "done", "failed", "cancelled"
STATES = {
    NEW: "Waiting to start",
    RUNNING: "At work",
    DONE: "Done",
    FAILED: "Failed",
    CANCELLED: "Cancelled",
}
ENDED = (DONE, FAILED, CANCELLED)


class JobLost(Exception):
    """The job is no longer this worker's: taken over, cancelled or ended. Nothing of it may be written any more."""


class JobRefused(Exception):
    """The job cannot be done and trying again would not help; the message is a sentence for the person who asked."""


class JobDeferred(Exception):
    """The job is in order and waits for something outside: it starts again at a moment. The words say what for, if need be."""

    def __init__(self, until: datetime, words: str = "") -> None:
        super().__init__(words)
        self.until = until


class JobUnchanged(Exception):
    """An administrator's change does not fit the job's state; the message says so."""


class Fence(NamedTuple):
    """What every write of a worker must still find in the job's row, together with state 'running'."""

    job_id: int
    owner: str


@dataclass(frozen=True)
class Pace:
    """How long a worker's lease lasts and how long a job may take from one checkpoint to the next."""

    lease: timedelta = LEASE
    longest_step: timedelta = LONGEST_STEP

    @property
    def beat_seconds(self) -> float:
        """Return the time between two renewals of the lease."""
        return self.lease.total_seconds() / BEATS_PER_LEASE


def pause_after(tries: int, jitter: float) -> timedelta:
    """Return how long to wait before the next try; jitter (0 to 1) spreads jobs that failed together."""
    seconds = min(2**tries, LONGEST_PAUSE_SECONDS)
    return timedelta(seconds=seconds * (1 + jitter / 4))


def was_last_try(tries: int) -> bool:
    """Return whether a job that failed now is given up (dead letter)."""
    return tries >= MAX_TRIES


def has_stalled(tries: int) -> bool:
    """Return whether a job just claimed has cost its workers their lives so often that it is not started again."""
    return tries > MAX_TRIES


def idle_pause(before: float) -> float:
    """Return how long to wait before looking for work again, given the wait before it in seconds (0 = just worked)."""
    return min(max(before * 1.5, SHORTEST_IDLE), LONGEST_IDLE)


def restart_pause(before: float, lived: float) -> float:
    """Return how long to wait before starting a dead process again: longer each time as long as it dies at once."""
    return SHORTEST_RESTART if lived >= STEADY_AFTER else min(max(before * 2, SHORTEST_RESTART), LONGEST_RESTART)


def progress_words(state: str, done: int, total: int | None, stage: str | None = None) -> str:
    """Return a job's progress in words: what it is doing where it says so, else how many parts are done."""
    if state != RUNNING:
        return STATES[state]
    return stage or (f"{done:,} of {total:,}" if total else STATES[state])


def error_words(state: str, refusal: str | None) -> str | None:
    """Return why a job failed as told to the person who asked: their own fault in words, ours without detail."""
    if state != FAILED:
        return None
    return refusal or OUR_FAULT
