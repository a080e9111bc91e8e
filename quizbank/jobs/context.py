"""What a handler gets: arguments, the time, and checkpoints that commit its writes and its progress together."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from types import FrameType
from typing import Any

from quizbank.db import db, utc_now
from quizbank.jobs.operations import record_progress, record_stage
from quizbank.jobs.rules import PAUSE_BETWEEN_PARTS, Fence, JobLost, Pace


class WorkerStops(KeyboardInterrupt):
    """The process was asked to stop. Like Ctrl-C: handlers let it pass and drivers cancel what they wait for."""


class StopSwitch:
    """Turns a signal into WorkerStops where work may be broken off, and at the end of a checkpoint where it may not."""

    def __init__(self) -> None:
        self.pulled = False
        self.may_break = False

    def pull(self, _signal: int, _frame: FrameType | None) -> None:
        self.pulled = True
        self.break_off()

    def break_off(self) -> None:
        """Raise WorkerStops, once, if the switch is pulled and the work at hand may be broken off."""
        if self.pulled and self.may_break:
            self.may_break = False
            raise WorkerStops

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """Let a signal break off the work inside."""
        self.may_break = True
        try:
            self.break_off()
            yield
        finally:
            self.may_break = False

    @contextmanager
    def shielded(self) -> Iterator[None]:
        """Let the work inside end before a signal breaks off."""
        before, self.may_break = self.may_break, False
        try:
            yield
        finally:
            self.may_break = before
        self.break_off()


@dataclass(eq=False)
class JobContext:
    """A job in the hands of its handler."""

    fence: Fence
    kind: str
    args: Mapping[str, Any]
    done: int = 0
    total: int | None = None
    now: Callable[[], datetime] = utc_now
    pace: Pace = field(default_factory=Pace)
    stop: StopSwitch = field(default_factory=StopSwitch)
    lost: Event = field(default_factory=Event)
    step_began: float = field(default_factory=time.monotonic)
    told_at: float = float("-inf")

    @property
    def job_id(self) -> int:
        """Return the id of the job's row."""
        return self.fence.job_id

    def checkpoint(self, done: int, total: int | None = None) -> None:
        """Commit what the handler wrote together with its progress; raise JobLost, undoing it, if the job was lost."""
        self.commit_with(lambda: record_progress(self.fence, done, total, self.now(), self.pace.lease))
        self.done, self.total = done, total if total is not None else self.total

    def checkpoint_at_end(self) -> None:
        """Commit what the handler wrote as the last part of however many its stages counted."""
        parts = max(self.total or 1, self.done)
        self.checkpoint(parts, parts)

    def tell(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Commit what is being done, in words for the person who waits; of counted parts at most one a second.

        For work that begins anew when it is broken off: what is told counts for no checkpoint. Raises JobLost.
        """
        if total and time.monotonic() - self.told_at < PAUSE_BETWEEN_PARTS:
            return
        done = max(done, self.done)
        parts = max(total, done) if total else self.total
        self.commit_with(lambda: record_stage(self.fence, stage, done, parts, self.now(), self.pace.lease))
        self.done, self.total = done, parts
        self.told_at = time.monotonic()

    def commit_with(self, record: Callable[[], None]) -> None:
        """Commit the transaction together with a record of progress; undo it and raise JobLost if the job was lost."""
        with self.stop.shielded():
            try:
                if self.lost.is_set():
                    raise JobLost(f"Job {self.job_id} was taken over or cancelled.")
                record()
                db.session.commit()
            except JobLost:
                db.session.rollback()
                raise
        self.step_began = time.monotonic()

    def let_others_write(self) -> None:
        """End the transaction before a long computation: SQLite's write lock is held from the first read on.

        Undoes what was written since the last checkpoint; rows read before are read anew when used again.
        """
        db.session.rollback()
