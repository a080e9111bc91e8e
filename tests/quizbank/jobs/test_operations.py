"""Queueing, claiming, the fence, and the changes administrators make."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.operations import (
    cancel_job,
    claim_job,
    enqueue,
    fail_job,
    finish_job,
    hand_back,
    queue_daily,
    record_progress,
    record_stage,
    renew_lease,
    retry_job,
    retry_later,
)
from quizbank.jobs.rules import LEASE, MAX_TRIES, Fence, JobLost, JobUnchanged
from tests.clock import Clock
from tests.quizbank.jobs.conftest import Queue, read_job

Database = scoped_session[Session]
A_LITTLE = timedelta(seconds=1)


def claim(owner: str, now: datetime) -> Fence:
    job = claim_job(owner, ["read"], now)
    assert job is not None
    fence = Fence(job.id, owner)
    db.session.commit()
    return fence


@contextmanager
def nothing_changes(job_id: int) -> Iterator[None]:
    before = facts(job_id)
    yield
    assert facts(job_id) == before


def facts(job_id: int) -> dict[str, object]:
    job = read_job(job_id)
    return {column.name: getattr(job, column.name) for column in Job.__table__.columns}


def test_same_key_is_queued_once(queue: Queue, bare_session: Database) -> None:
    assert queue("read:7") == queue("read:7")
    assert bare_session.scalar(select(func.count()).select_from(Job)) == 1


def test_daily_jobs_have_the_day_in_their_key(bare_session: Database, now: datetime) -> None:
    queue_daily(["clear", "count"], now)
    queue_daily(["clear"], now + timedelta(hours=1))
    queue_daily(["clear"], now + timedelta(days=1))
    keys = bare_session.scalars(select(Job.key).order_by(Job.id)).all()
    assert keys == ["clear:2030-05-06", "count:2030-05-06", "clear:2030-05-07"]


def test_job_vanishes_with_the_fact_that_was_not_committed(bare_session: Database, now: datetime) -> None:
    enqueue("read", "read:1", {}, now)
    bare_session.rollback()
    assert claim_job("a", ["read"], now) is None


def test_parallel_requests_queue_one_job(bare_app: Flask, now: datetime) -> None:
    def ask(_number: int) -> int:
        with bare_app.app_context():
            job_id = enqueue("read", "read:1", {}, now).id
            db.session.commit()
            return job_id

    with ThreadPoolExecutor(10) as threads:
        ids = set(threads.map(ask, range(30)))
    assert len(ids) == 1


def test_claims_race_and_every_job_has_one_owner(bare_app: Flask, queue: Queue, now: datetime) -> None:
    wanted = {queue(f"read:{number}") for number in range(40)}

    def claim_all(owner: str) -> list[int]:
        taken = []
        with bare_app.app_context():
            while job := claim_job(owner, ["read"], now):
                taken.append(job.id)
                db.session.commit()
            db.session.rollback()
        return taken

    with ThreadPoolExecutor(8) as threads:
        claims = [job_id for taken in threads.map(claim_all, "abcdefgh") for job_id in taken]
    assert sorted(claims) == sorted(wanted)


def test_claim_passes_over_other_kinds_and_later_jobs(queue: Queue, now: datetime) -> None:
    queue(kind="bundle")
    assert claim_job("a", ["read"], now) is None
    assert claim_job("a", ["bundle"], now - A_LITTLE) is None


def test_oldest_job_is_claimed_first(bare_session: Database, now: datetime) -> None:
    enqueue("read", "late", {}, now)
    early = enqueue("read", "early", {}, now - A_LITTLE).id
    assert claim("a", now).job_id == early


def test_running_job_is_claimed_again_only_when_its_lease_lapsed(queue: Queue, now: datetime) -> None:
    queue()
    claim("a", now)
    assert claim_job("b", ["read"], now + LEASE - A_LITTLE) is None
    db.session.rollback()
    assert claim("b", now + LEASE).owner == "b"


def test_renewed_lease_keeps_the_job(queue: Queue, now: datetime) -> None:
    queue()
    renew_lease(claim("a", now), now + LEASE - A_LITTLE, LEASE)
    assert claim_job("b", ["read"], now + LEASE) is None


def test_clock_set_back_an_hour_does_not_hold_jobs_up(queue: Queue, clock: Clock) -> None:
    queue()
    clock.advance(hours=-1)
    fence = claim("a", clock())
    clock.advance(hours=-1)
    assert claim("b", clock()).job_id == fence.job_id


def test_clock_set_back_a_little_steals_nothing(queue: Queue, clock: Clock) -> None:
    queue()
    claim("a", clock())
    assert claim_job("b", ["read"], clock.advance(minutes=-5)) is None


@pytest.mark.parametrize("ending", ["taken over", "cancelled", "done"])
def test_lost_worker_changes_nothing(queue: Queue, now: datetime, ending: str) -> None:
    job_id = queue()
    fence = claim("a", now)
    match ending:
        case "taken over":
            claim("b", now + LEASE)
        case "cancelled":
            cancel_job(job_id, now)
        case _:
            finish_job(fence, now)
    db.session.commit()
    with nothing_changes(job_id):
        for late in (
            lambda: renew_lease(fence, now, LEASE),
            lambda: record_progress(fence, 1, 2, now, LEASE),
            lambda: record_stage(fence, "late", 1, 2, now, LEASE),
            lambda: finish_job(fence, now),
            lambda: fail_job(fence, now, error="late"),
            lambda: retry_later(fence, "late", now, 0),
            lambda: hand_back(fence, now),
        ):
            with pytest.raises(JobLost):
                late()
            db.session.commit()


def test_failed_try_waits_longer_each_time_and_is_given_up_after_the_fifth(queue: Queue, clock: Clock) -> None:
    job_id = queue()
    waits = []
    for _ in range(MAX_TRIES - 1):
        retry_later(claim("a", clock()), "ValueError: no", clock(), jitter=0)
        db.session.commit()
        waits.append((read_job(job_id).run_at - clock()).total_seconds())
        clock.advance(seconds=waits[-1])
    retry_later(claim("a", clock()), "ValueError: no", clock(), jitter=0)
    db.session.commit()
    assert waits == [2, 4, 8, 16]
    assert (read_job(job_id).state, read_job(job_id).error) == ("failed", "ValueError: no")


def test_progress_gives_all_tries_back(queue: Queue, now: datetime) -> None:
    job_id = queue()
    record_progress(claim("a", now), 5, 10, now, LEASE)
    db.session.commit()
    job = read_job(job_id)
    assert (job.done, job.total, job.tries) == (5, 10, 0)


def test_job_that_begins_anew_and_fails_at_the_same_place_is_given_up(queue: Queue, clock: Clock) -> None:
    job_id = queue()
    for _ in range(MAX_TRIES + 1):
        fence = claim("a", clock())
        for done in (0, 20, 40):
            record_progress(fence, done, 60, clock(), LEASE)
        retry_later(fence, "MemoryError", clock(), jitter=0)
        db.session.commit()
        assert read_job(job_id).done == 40
        clock.advance(minutes=5)
    assert read_job(job_id).state == "failed"


def test_stage_is_told_and_gives_no_try_back(queue: Queue, now: datetime) -> None:
    job_id = queue()
    record_stage(claim("a", now), "Reading page 5 of 10", 5, 10, now + A_LITTLE, LEASE)
    db.session.commit()
    job = read_job(job_id)
    assert (job.stage, job.done, job.total, job.tries) == ("Reading page 5 of 10", 5, 10, 1)
    assert job.lease_until == now + A_LITTLE + LEASE


def test_stage_without_a_count_leaves_the_count_as_it_is(queue: Queue, now: datetime) -> None:
    job_id = queue()
    fence = claim("a", now)
    record_stage(fence, "Reading page 5 of 10", 5, 10, now, LEASE)
    record_stage(fence, "Finding headings", 0, None, now, LEASE)
    db.session.commit()
    job = read_job(job_id)
    assert (job.stage, job.done, job.total) == ("Finding headings", 5, 10)


def test_next_try_begins_without_the_stage_of_the_last(queue: Queue, clock: Clock) -> None:
    job_id = queue()
    fence = claim("a", clock())
    record_stage(fence, "Reading page 5 of 10", 5, 10, clock(), LEASE)
    hand_back(fence, clock())
    db.session.commit()
    claim("b", clock())
    assert read_job(job_id).stage is None


def test_checkpoint_without_progress_keeps_counting_tries(queue: Queue, now: datetime) -> None:
    job_id = queue()
    record_progress(claim("a", now), 0, 10, now, LEASE)
    db.session.commit()
    assert read_job(job_id).tries == 1


def test_job_handed_back_is_due_at_once_and_costs_no_try(queue: Queue, now: datetime) -> None:
    job_id = queue()
    hand_back(claim("a", now), now)
    db.session.commit()
    assert read_job(job_id).tries == 0
    assert claim("b", now).job_id == job_id


def test_finished_job_is_not_claimed_again(queue: Queue, now: datetime) -> None:
    job_id = queue()
    finish_job(claim("a", now), now)
    db.session.commit()
    assert read_job(job_id).finished_at == now
    assert claim_job("b", ["read"], now + LEASE) is None


def test_failed_job_starts_again_with_all_tries_and_keeps_its_progress(queue: Queue, now: datetime) -> None:
    job_id = queue()
    fence = claim("a", now)
    record_progress(fence, 5, 10, now, LEASE)
    fail_job(fence, now, refusal="Too little text.")
    retry_job(job_id, now)
    db.session.commit()
    job = read_job(job_id)
    assert (job.state, job.tries, job.done, job.refusal, job.finished_at) == ("new", 0, 5, None, None)


def test_only_ended_jobs_start_again_and_only_open_ones_are_cancelled(queue: Queue, now: datetime) -> None:
    job_id = queue()
    with pytest.raises(JobUnchanged):
        retry_job(job_id, now)
    cancel_job(job_id, now)
    with pytest.raises(JobUnchanged):
        cancel_job(job_id, now)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "running"},
        {"state": "done"},
        {"state": "failed", "finished_at": "now"},
        {"owner": "a", "lease_until": "now"},
        {"finished_at": "now"},
        {"total": 3, "done": 4},
        {"tries": -1},
    ],
    ids=str,
)
def test_database_refuses_rows_that_contradict_themselves(
    queue: Queue, bare_session: Database, now: datetime, wrong: dict[str, object]
) -> None:
    to = {name: now if value == "now" else value for name, value in wrong.items()}
    change = update(Job).where(Job.id == queue()).values(to)
    with pytest.raises(IntegrityError):
        bare_session.execute(change)
    bare_session.rollback()
