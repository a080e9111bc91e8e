"""The worker: claims due jobs, runs their handlers under a lease, ends them or puts them back."""

import logging
import os
import random
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from quizbank.db import db, utc_now
from quizbank.jobs.context import JobContext, StopSwitch, WorkerStops
from quizbank.jobs.operations import (
    claim_job,
    defer,
    fail_job,
    finish_job,
    hand_back,
    queue_daily,
    renew_lease,
    retry_later,
)
from quizbank.jobs.rules import STALLED, Fence, JobDeferred, JobLost, JobRefused, Pace, has_stalled, idle_pause

EXIT_HUNG = 70
MAX_ERROR_LENGTH = 2_000
logger = logging.getLogger(__name__)

Handler = Callable[[JobContext], None]
Handlers = Mapping[str, Handler]


@dataclass(frozen=True)
class Worker:
    """One process or thread that runs jobs; ``owner`` is unique for every start of it."""

    handlers: Handlers
    owner: str
    now: Callable[[], datetime] = utc_now
    pace: Pace = field(default_factory=Pace)
    stop: StopSwitch = field(default_factory=StopSwitch)


def new_owner() -> str:
    """Return a name for this start of a worker that no other has or had."""
    return f"{socket.gethostname()[:64]}:{os.getpid()}:{secrets.token_hex(4)}"


def run_pending(handlers: Handlers, now: Callable[[], datetime] = utc_now) -> int:
    """Run the jobs that are due, here and at once (tests, the demo's set-up), and return how many ran."""
    worker = Worker(handlers, new_owner(), now)
    ran = 0
    while not worker.stop.pulled and (context := claim_next(worker)):
        run_job(handlers[context.kind], context)
        ran += 1
    return ran


def work_forever(
    app: Flask,
    handlers: Handlers,
    pace: Pace | None = None,
    stop: StopSwitch | None = None,
    daily: Collection[str] = (),
) -> None:
    """Run jobs until the switch is pulled, those of the ``daily`` kinds once a day; a broken database is waited for."""
    worker = Worker(handlers, new_owner(), pace=pace or Pace(), stop=stop or StopSwitch())
    logger.info("worker %s starts", worker.owner)
    pause, day = 0.0, None
    while not worker.stop.pulled:
        try:
            day = begin_day(app, daily, worker.now(), day)
            pause = 0.0 if work_once(app, worker) else idle_pause(pause)
        except SQLAlchemyError:
            logger.exception("worker %s cannot use the database", worker.owner)
            pause = idle_pause(1)
        wait(worker.stop, pause)
    logger.info("worker %s stops", worker.owner)


def begin_day(app: Flask, daily: Collection[str], now: datetime, before: date | None) -> date:
    """Queue the daily jobs when a new day has begun since ``before``, and return the day it is."""
    if daily and now.date() != before:
        with app.app_context():
            queue_daily(daily, now)
            db.session.commit()
    return now.date()


def work_once(app: Flask, worker: Worker) -> bool:
    """Run one due job in an application context of its own; return whether there was one."""
    with app.app_context():
        context = claim_next(worker)
        if context is None:
            return False
        with heartbeat(db.engine, context):
            run_job(worker.handlers[context.kind], context)
        return True


def wait(stop: StopSwitch, seconds: float) -> None:
    """Sleep until the time is over or the switch is pulled."""
    try:
        with stop.breakable():
            time.sleep(seconds)
    except WorkerStops:
        logger.debug("woken to stop")


def stop_on_signals(stop: StopSwitch) -> None:
    """Let SIGTERM and SIGINT pull the switch."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop.pull)


def claim_next(worker: Worker) -> JobContext | None:
    """Claim a due job and commit the claim; a job that stalled too often is failed and the next one taken."""
    while job := claim_job(worker.owner, worker.handlers.keys(), worker.now(), worker.pace.lease):
        fence, stalled = Fence(job.id, worker.owner), has_stalled(job.tries)
        context = JobContext(fence, job.kind, job.args, job.done, job.total, worker.now, worker.pace, worker.stop)
        if stalled:
            fail_job(fence, worker.now(), error=job.error or STALLED)
        db.session.commit()
        if not stalled:
            return context
    db.session.rollback()
    return None


def run_job(handler: Handler, context: JobContext) -> None:
    """Run a handler and end its job, together with its last writes; or put the job back."""
    try:
        perform(handler, context)
    except (Exception, WorkerStops) as error:  # noqa: BLE001 - whatever a handler raises is recorded with its job
        try:
            settle(context, error)
        except JobLost:
            db.session.rollback()


def perform(handler: Handler, context: JobContext) -> None:
    """Run a handler to its end and commit that."""
    with context.stop.breakable():
        handler(context)
    finish_job(context.fence, context.now())
    db.session.commit()


def settle(context: JobContext, error: BaseException) -> None:
    """Undo what a broken-off handler wrote since its last checkpoint and write what becomes of its job."""
    db.session.rollback()
    match error:
        case JobLost():
            logger.info("job %s was lost: %s", context.job_id, error)
            return
        case WorkerStops():
            hand_back(context.fence, context.now())
        case JobDeferred():
            defer(context.fence, error.until, str(error), context.now())
        case JobRefused():
            fail_job(context.fence, context.now(), refusal=str(error))
        case _:
            logger.error("job %s failed", context.job_id, exc_info=error)
            words = f"{type(error).__name__}: {error}"[:MAX_ERROR_LENGTH].replace("\x00", "")
            retry_later(context.fence, words, context.now(), jitter=random.random())  # noqa: S311 - not a secret
    db.session.commit()


@contextmanager
def heartbeat(engine: Engine, context: JobContext) -> Iterator[None]:
    """Renew the lease from a thread with a connection of its own while the work inside lasts."""
    ended = threading.Event()
    thread = threading.Thread(target=beat, args=(engine, context, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def beat(engine: Engine, context: JobContext, ended: threading.Event) -> None:
    """Renew the lease until the work has ended or the job is lost; end the process of a job that hangs."""
    while not ended.wait(context.pace.beat_seconds):
        if time.monotonic() - context.step_began > context.pace.longest_step.total_seconds():
            logger.critical("job %s hangs; this worker ends", context.job_id)
            os._exit(EXIT_HUNG)
        try:
            with engine.begin() as connection:
                renew_lease(context.fence, context.now(), context.pace.lease, connection)
        except JobLost:
            context.lost.set()
            return
        except SQLAlchemyError:
            logger.warning("the lease of job %s could not be renewed", context.job_id, exc_info=True)
