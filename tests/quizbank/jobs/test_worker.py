"""What becomes of a job when its handler ends, fails, refuses, loses it or is stopped; in one process."""

import threading
import time
from datetime import timedelta

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import create_engine, event, insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import scoped_session

from quizbank.accounts.models import Role
from quizbank.db import db
from quizbank.jobs.context import JobContext, StopSwitch, WorkerStops
from quizbank.jobs.models import Job
from quizbank.jobs.operations import cancel_job, claim_job
from quizbank.jobs.rules import (
    LEASE,
    LONGEST_DEFERRAL,
    MAX_TRIES,
    STALLED,
    Fence,
    JobDeferred,
    JobLost,
    JobRefused,
    Pace,
)
from quizbank.jobs.worker import (
    Worker,
    begin_day,
    claim_next,
    heartbeat,
    run_job,
    run_pending,
    wait,
    work_forever,
    work_once,
)
from tests.clock import Clock, eventually
from tests.quizbank.jobs.conftest import Queue, read_job

Database = scoped_session[Session]


def write(name: str) -> None:
    db.session.add(Role(name=name))


def roles() -> list[str]:
    db.session.rollback()
    return [role.name for role in db.session.query(Role).order_by(Role.name)]


def write_two(context: JobContext) -> None:
    write("a")
    context.checkpoint(1, 2)
    write("b")


def test_last_writes_are_committed_with_the_end(queue: Queue, clock: Clock) -> None:
    job_id = queue()
    assert run_pending({"read": write_two}, clock) == 1
    assert roles() == ["a", "b"]
    assert read_job(job_id).state == "done"


def test_run_pending_runs_what_is_due_and_nothing_else(queue: Queue, clock: Clock) -> None:
    for number in range(3):
        queue(f"read:{number}")
    queue("bundle:1", kind="bundle")
    assert run_pending({"read": lambda context: None}, clock) == 3
    assert run_pending({"read": lambda context: None}, clock) == 0


def test_handler_gets_arguments_id_and_progress(queue: Queue, clock: Clock) -> None:
    job_id = queue(total=9)
    seen: list[JobContext] = []
    run_pending({"read": seen.append}, clock)
    assert (seen[0].job_id, seen[0].args, seen[0].total, seen[0].now()) == (job_id, {"document": 1}, 9, clock())


def test_error_keeps_checkpoints_undoes_the_rest_and_tries_again(queue: Queue, clock: Clock) -> None:
    def fail(context: JobContext) -> None:
        write_two(context)
        raise ValueError("broken\x00")

    job_id = queue()
    run_pending({"read": fail}, clock)
    assert roles() == ["a"]
    job = read_job(job_id)
    assert (job.state, job.error, job.refusal, job.done) == ("new", "ValueError: broken", None, 1)
    assert job.run_at > clock()


def test_error_at_the_last_commit_is_recorded_too(queue: Queue, bare_session: Database, clock: Clock) -> None:
    write("a")
    job_id = queue()
    run_pending({"read": lambda context: write("a")}, clock)
    assert (read_job(job_id).error or "").startswith("IntegrityError")


def test_refusal_fails_at_once_and_is_told(queue: Queue, clock: Clock) -> None:
    def refuse(context: JobContext) -> None:
        write("a")
        raise JobRefused("The PDF is encrypted.")

    job_id = queue()
    run_pending({"read": refuse}, clock)
    assert roles() == []
    assert (read_job(job_id).state, read_job(job_id).refusal) == ("failed", "The PDF is encrypted.")


def test_job_that_waits_for_something_outside_starts_again_then_however_often(queue: Queue, clock: Clock) -> None:
    starts: list[int] = []

    def wait_outside(context: JobContext) -> None:
        starts.append(len(starts))
        if len(starts) <= 2 * MAX_TRIES:
            raise JobDeferred(clock.now + timedelta(minutes=2), "The server is away.")

    job_id = queue()
    run_pending({"read": wait_outside}, clock)
    job = read_job(job_id)
    assert (job.state, job.error, job.tries) == ("new", "The server is away.", 0)
    assert job.run_at == clock.now + timedelta(minutes=2)
    for _ in range(2 * MAX_TRIES):
        assert run_pending({"read": wait_outside}, clock) == 0
        clock.advance(minutes=2)
        run_pending({"read": wait_outside}, clock)
    assert (read_job(job_id).state, len(starts)) == ("done", 2 * MAX_TRIES + 1)


@pytest.mark.parametrize(
    ("waits", "starts"), [(timedelta(days=1), LONGEST_DEFERRAL), (timedelta(days=-1), timedelta())]
)
def test_job_waits_neither_into_the_past_nor_longer_than_a_clock_can_be_wrong(
    queue: Queue, clock: Clock, waits: timedelta, starts: timedelta
) -> None:
    def wait_long(context: JobContext) -> None:
        raise JobDeferred(clock.now + waits)

    job_id = queue()
    context = claim_next(Worker({"read": wait_long}, "one", clock))
    assert context is not None
    run_job(wait_long, context)
    assert read_job(job_id).run_at == clock.now + starts


def test_cancelled_job_stops_at_its_next_checkpoint(queue: Queue, clock: Clock) -> None:
    def work(context: JobContext) -> None:
        write("a")
        context.checkpoint(1, 3)
        cancel_job(context.job_id, clock())
        db.session.commit()
        write("b")
        context.checkpoint(2, 3)

    job_id = queue()
    run_pending({"read": work}, clock)
    assert roles() == ["a"]
    assert (read_job(job_id).state, read_job(job_id).done) == ("cancelled", 1)


def test_job_taken_over_is_not_ended_by_the_one_who_lost_it(queue: Queue, clock: Clock) -> None:
    def be_overtaken(context: JobContext) -> None:
        claim_job("b", ["read"], clock() + LEASE)
        db.session.commit()
        write("a")

    job_id = queue()
    run_pending({"read": be_overtaken}, clock)
    assert roles() == []
    assert (read_job(job_id).state, read_job(job_id).owner) == ("running", "b")


def test_lost_job_writes_nothing_even_before_the_database_is_asked(queue: Queue, clock: Clock) -> None:
    def work(context: JobContext) -> None:
        context.lost.set()
        write("a")
        with pytest.raises(JobLost):
            context.checkpoint(1)

    queue()
    run_pending({"read": work}, clock)
    assert roles() == []


def test_counted_parts_are_told_at_most_once_a_second_and_a_new_stage_at_once(queue: Queue, clock: Clock) -> None:
    def work(context: JobContext) -> None:
        for page in range(1, 50):
            context.tell(f"Reading page {page} of 50", page, 50)
        seen.append(read_job(context.job_id))
        context.tell("Finding headings")
        seen.append(read_job(context.job_id))

    seen: list[Job] = []
    queue()
    run_pending({"read": work}, clock)
    assert [job.stage for job in seen] == ["Reading page 1 of 50", "Finding headings"]
    assert [(job.done, job.total) for job in seen] == [(1, 50), (1, 50)]


def test_cancelled_job_stops_at_the_next_stage_it_tells(queue: Queue, clock: Clock) -> None:
    def work(context: JobContext) -> None:
        cancel_job(context.job_id, clock())
        db.session.commit()
        write("a")
        context.tell("Reading")

    job_id = queue()
    run_pending({"read": work}, clock)
    assert roles() == []
    assert read_job(job_id).state == "cancelled"


def test_last_checkpoint_fits_whatever_was_counted(queue: Queue, clock: Clock) -> None:
    def work(context: JobContext) -> None:
        context.tell("Reading page 30 of 50", 30, 50)
        context.checkpoint_at_end()

    job_id = queue()
    run_pending({"read": work}, clock)
    job = read_job(job_id)
    assert (job.state, job.done, job.total) == ("done", 50, 50)


def test_job_that_killed_five_workers_is_failed_without_being_run(queue: Queue, clock: Clock) -> None:
    job_id = queue()
    for _ in range(MAX_TRIES):
        claim_job("killed", ["read"], clock())
        db.session.commit()
        clock.advance(minutes=1)
    run_pending({"read": write_two}, clock)
    assert roles() == []
    assert (read_job(job_id).state, read_job(job_id).error) == ("failed", STALLED)


def test_handler_lets_others_write_while_it_computes(bare_app: Flask, queue: Queue, clock: Clock) -> None:
    def compute(context: JobContext) -> None:
        roles()
        context.let_others_write()
        other = create_engine(bare_app.config["SQLALCHEMY_DATABASE_URI"])
        with other.begin() as connection:
            connection.execute(insert(Role).values(name="from outside"))
        other.dispose()

    queue()
    run_pending({"read": compute}, clock)
    assert roles() == ["from outside"]


def test_stop_during_a_handler_hands_the_job_back_at_once(queue: Queue, clock: Clock) -> None:
    def be_stopped(context: JobContext) -> None:
        write_two(context)
        context.stop.pull(15, None)

    job_id = queue()
    run_pending({"read": be_stopped}, clock)
    job = read_job(job_id)
    assert roles() == ["a"]
    assert (job.state, job.run_at, job.tries, job.error) == ("new", clock(), 0, None)


def test_stop_during_a_checkpoint_lets_it_commit_first(queue: Queue, clock: Clock) -> None:
    job_id = queue()

    def be_stopped(context: JobContext) -> None:
        write("a")
        context.stop.pulled = True
        context.checkpoint(1, 2)
        write("never")

    run_pending({"read": be_stopped}, clock)
    assert roles() == ["a"]
    assert (read_job(job_id).state, read_job(job_id).done) == ("new", 1)


def test_stop_switch_breaks_off_once_and_only_where_allowed() -> None:
    stop = StopSwitch()
    stop.pull(15, None)
    with pytest.raises(WorkerStops), stop.breakable():
        pytest.fail("a pulled switch lets nothing begin")
    stop.pull(15, None)
    wait(stop, 3600)


def test_heartbeat_renews_the_lease_beside_the_handlers_transaction(
    bare_app: Flask, queue: Queue, bare_session: Database, clock: Clock
) -> None:
    job_id = queue()
    claim_job("a", ["read"], clock())
    bare_session.commit()
    clock.advance(seconds=5)
    pace = Pace(lease=timedelta(seconds=0.06))
    context = JobContext(Fence(job_id, "a"), "read", {}, now=clock, pace=pace)
    with heartbeat(db.engine, context):
        eventually(lambda: read_job(job_id).lease_until == clock() + pace.lease)
    assert not context.lost.is_set()


def test_heartbeat_notices_that_the_job_was_cancelled(queue: Queue, bare_session: Database, clock: Clock) -> None:
    job_id = queue()
    claim_job("a", ["read"], clock())
    cancel_job(job_id, clock())
    bare_session.commit()
    pace = Pace(lease=timedelta(seconds=0.03))
    context = JobContext(Fence(job_id, "a"), "read", {}, now=clock, pace=pace)
    with heartbeat(db.engine, context):
        assert context.lost.wait(10)


def test_worker_runs_jobs_until_stopped_and_outlives_a_broken_database(bare_app: Flask, queue: Queue) -> None:
    stop = StopSwitch()
    breaks = iter([True])
    job_id = queue()

    @event.listens_for(db.engine, "before_cursor_execute")
    def break_once(connection: object, cursor: object, statement: str, *more: object) -> None:
        if threading.current_thread() is thread and next(breaks, False):
            raise OperationalError(statement, {}, Exception("the database is gone"))

    thread = threading.Thread(target=work_forever, args=(bare_app, {"read": write_two}), kwargs={"stop": stop})
    thread.start()
    eventually(lambda: read_job(job_id).state == "done")
    stop.pulled = True
    thread.join(10)
    assert not thread.is_alive()
    assert list(breaks) == []  # it did break, once


def test_daily_jobs_are_queued_once_a_day_by_whichever_worker_comes_first(bare_app: Flask, clock: Clock) -> None:
    def keys() -> list[str]:
        with bare_app.app_context():
            return [job.key for job in db.session.query(Job).order_by(Job.id)]

    one = begin_day(bare_app, ["clear", "count"], clock(), None)
    other = begin_day(bare_app, ["clear", "count"], clock.advance(hours=1), None)
    assert one == other == begin_day(bare_app, ["clear", "count"], clock.advance(hours=1), one)
    assert keys() == ["clear:2030-05-06", "count:2030-05-06"]
    begin_day(bare_app, ["clear"], clock.advance(days=1), one)
    assert keys()[2:] == ["clear:2030-05-07"]


def test_worker_runs_the_daily_jobs_without_being_asked(bare_app: Flask) -> None:
    stop, ran = StopSwitch(), threading.Event()
    daily = {"stop": stop, "daily": ["clear"]}
    thread = threading.Thread(target=work_forever, args=(bare_app, {"clear": lambda _: ran.set()}), kwargs=daily)
    thread.start()
    assert ran.wait(10)
    stop.pulled = True
    thread.join(10)
    assert not thread.is_alive()


def test_idle_worker_writes_nothing(bare_app: Flask) -> None:
    worker = Worker({"read": write_two}, "a")
    with bare_app.app_context():
        engine = db.engine
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)

    for _ in range(5):
        assert not work_once(bare_app, worker)
    assert commits == []


def test_idle_worker_takes_less_than_a_hundredth_of_a_core(bare_app: Flask) -> None:
    worker = Worker({"read": write_two}, "a")
    work_once(bare_app, worker)
    began = time.thread_time()
    for _ in range(10):
        work_once(bare_app, worker)
    assert (time.thread_time() - began) / 10 < 0.01
