"""The check of the audit trail in the background: what it finds, what it tells, and that nobody waits for it."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts import queries
from quizbank.accounts.models import AuditEntry, AuditWords
from quizbank.accounts.operations import record_audit
from quizbank.accounts.queries import check_parts, check_trail, last_check
from quizbank.accounts.roles import ADMINISTRATOR, LEARNER
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job
from quizbank.jobs.operations import queue_daily
from quizbank.jobs.worker import run_pending
from quizbank.trail.jobs import trail_daily, trail_handlers
from quizbank.trail.operations import ask_for_check
from quizbank.trail.queries import latest_job
from tests.clock import Clock
from tests.factories import make_account, sign_in
from tests.fences import lift_fences

Db = scoped_session[Session]


@pytest.fixture
def trail(session: Db, now: datetime, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Write nine entries, each with words, to be checked in parts of four; return their ids."""
    monkeypatch.setattr(queries, "BATCH", 4)
    ids = [record_audit("signed in", f"account:{n}", None, now, reason=f"words {n}").id for n in range(9)]
    session.commit()
    return ids


def check_now(session: Db, now: datetime) -> Job:
    """Ask for a check, let it be done and return its job."""
    job = ask_for_check(make_account(ADMINISTRATOR).id, now)
    session.commit()
    run_pending(trail_handlers, Clock(now))
    session.expire_all()
    return job


def test_whole_trail_is_told_in_an_entry_with_its_last_hash(session: Db, trail: list[int], now: datetime) -> None:
    last_hash = session.get_one(AuditEntry, trail[-1]).hash
    job = check_now(session, now)
    told = last_check()
    assert told is not None
    assert told.facts == {"entries": 9, "broken": None, "hash": last_hash}
    assert (job.state, told.actor_id) == ("done", job.account_id)
    assert check_trail().broken is None


@pytest.mark.parametrize("place", range(9))
def test_changed_entry_is_found_in_whichever_part_it_stands(
    session: Db, trail: list[int], now: datetime, place: int
) -> None:
    lift_fences(session)
    session.execute(update(AuditEntry).where(AuditEntry.id == trail[place]).values(subject="account:99"))
    session.commit()
    job = check_now(session, now)
    told = last_check()
    assert told is not None
    assert told.facts["broken"] == trail[place]
    assert (job.state, job.refusal) == ("failed", f"The audit trail was changed at entry {trail[place]}.")


@pytest.mark.parametrize("place", range(9))
def test_changed_words_are_found_in_whichever_part_they_stand(session: Db, trail: list[int], place: int) -> None:
    lift_fences(session)
    session.execute(update(AuditWords).where(AuditWords.entry_id == trail[place]).values(text="other words"))
    session.commit()
    assert check_trail().broken == trail[place]


def test_entries_written_between_two_parts_are_checked_as_well(session: Db, trail: list[int], now: datetime) -> None:
    entries = []
    for found in check_parts():
        entries.append(found.entries)
        session.rollback()
        if len(entries) < 3:
            record_audit("signed out", "account:1", None, now, reason="meanwhile")
            session.commit()
    assert entries == [4, 8, 11]
    assert found.broken is None


def test_nobody_waits_for_a_check(
    session: Db, trail: list[int], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []
    let_go = JobContext.let_others_write
    monkeypatch.setattr(JobContext, "let_others_write", lambda self: (ended.append("part"), let_go(self)))
    check_now(session, now)
    assert len(ended) == 3


def test_check_is_asked_for_once_while_it_is_under_way(session: Db, now: datetime) -> None:
    ada, grace = make_account(ADMINISTRATOR), make_account(ADMINISTRATOR)
    first = ask_for_check(ada.id, now)
    assert ask_for_check(grace.id, now + timedelta(seconds=1)).id == first.id
    session.commit()
    run_pending(trail_handlers, Clock(now))
    assert ask_for_check(grace.id, now + timedelta(seconds=2)).id != first.id


def test_trail_is_checked_once_a_day_by_itself(session: Db, trail: list[int], now: datetime) -> None:
    for hours in (0, 1):
        queue_daily(trail_daily, now + timedelta(hours=hours))
    session.commit()
    run_pending(trail_handlers, Clock(now + timedelta(hours=2)))
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.action == "trail.checked")).all()) == 1
    told = last_check()
    assert told is not None
    assert told.actor is None


def test_page_tells_a_check_that_broke_off_from_one_that_found_something(
    app: Flask, session: Db, trail: list[int], now: datetime
) -> None:
    alex = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    assert "Not checked yet" in alex.get("/trail/").text
    ask_for_check(make_account(ADMINISTRATOR).id, now)
    job = latest_job()
    assert job is not None
    job.state, job.error, job.finished_at = "failed", "MemoryError", now
    session.commit()
    page = alex.get("/trail/").text
    assert "did not come to its end" in page
    assert "Check the whole trail" in page


def test_only_administrators_check_the_trail(app: Flask, session: Db) -> None:
    learner = sign_in(app.test_client(), make_account(LEARNER))
    assert (learner.get("/trail/").status_code, learner.post("/trail/").status_code) == (403, 403)
    assert latest_job() is None
