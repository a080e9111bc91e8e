"""Warnings that activities expire: to those who may act, once for each step."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR
from quizbank.activities.jobs import WARN
from quizbank.activities.operations import close_activity, warn_of_expiry
from quizbank.jobs.models import Job
from quizbank.jobs.operations import queue_daily
from quizbank.jobs.worker import run_pending
from quizbank.post.models import Message
from tests.factories import make_account, make_activity
from tests.post_office import PostOffice

Db = scoped_session[Session]


def told(session: Db) -> list[int]:
    return list(session.scalars(select(Message.account_id).order_by(Message.id)))


@pytest.mark.parametrize(("left", "times"), [(91, 0), (90, 1), (30, 1), (0, 1), (-1, 0)])
def test_author_and_administrators_are_told_once_for_a_step(
    session: Db, office: PostOffice, now: datetime, left: int, times: int
) -> None:
    activity, administrator = make_activity(), make_account(ADMINISTRATOR)
    make_account(AUTHOR)
    make_account()
    today = (activity.expires_on or now.date()) - timedelta(days=left)
    for _ in range(3):
        warn_of_expiry(today, now)
    assert told(session) == [activity.created_by_id, administrator.id] * times


def test_each_step_is_told_and_a_closed_activity_is_not(session: Db, office: PostOffice, now: datetime) -> None:
    activity = make_activity()
    ends = activity.expires_on or now.date()
    for left in (90, 60, 30, 1):
        warn_of_expiry(ends - timedelta(days=left), now)
    assert len(told(session)) == 2
    other = make_activity()
    close_activity(other, make_account(ADMINISTRATOR).id, now)
    warn_of_expiry(ends - timedelta(days=30), now)
    assert f"activity:{other.id}" not in session.scalars(select(Message.about)).all()


def test_worker_looks_once_a_day(app: Flask, session: Db, now: datetime) -> None:
    assert WARN in app.extensions["daily_jobs"]
    queue_daily([WARN], now)
    session.commit()
    run_pending(app.extensions["job_handlers"], lambda: now)
    session.expire_all()
    assert session.scalars(select(Job.state).where(Job.kind == WARN)).all() == ["done"]
