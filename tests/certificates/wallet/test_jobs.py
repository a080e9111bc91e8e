"""Notices that a license expires: once for each step, for each term of the license."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.wallet.jobs import REMIND
from certificates.wallet.licenses.operations import write_notices
from certificates.wallet.models import LicenseNotice
from certificates.wallet.queries import reminded_followers, standings_of
from certificates.wallet.requirements.operations import remind_of_cycles
from quizbank.accounts.models import AuditEntry
from quizbank.db import utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import queue_daily
from quizbank.jobs.worker import run_pending
from quizbank.post.models import Message
from quizbank.post.operations import change_choice
from tests.certificates.wallet.wallets import make_followed, make_license
from tests.factories import make_account
from tests.post_office import PostOffice

Db = scoped_session[Session]


@pytest.mark.parametrize(("left", "days"), [(90, 90), (30, 30), (7, 7), (-1, 0)])
def test_notice_is_written_once_for_a_step(session: Db, left: int, days: int) -> None:
    now = utc_now()
    make_license(make_account(), days_left=left)
    assert [write_notices(now.date(), now) for _ in range(3)] == [1, 0, 0]
    assert session.scalars(select(LicenseNotice.days)).all() == [days]
    assert session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "license.reminded")).all() == [
        {"days": days}
    ]


@pytest.mark.parametrize("left", [91, 4_000, None, -91])
def test_nothing_is_written_too_early_or_long_after(session: Db, left: int | None) -> None:
    make_license(make_account(), days_left=left)
    assert write_notices(utc_now().date(), utc_now()) == 0


def test_each_step_and_each_term_has_its_own_notice(session: Db) -> None:
    license, today = make_license(make_account(), days_left=90), utc_now().date()
    for later in (0, 60, 83, 91):
        assert write_notices(today + timedelta(days=later), utc_now()) == 1
    license.expires_on = today + timedelta(days=500)
    session.flush()
    session.expire(license, ["notices"])
    assert write_notices(today + timedelta(days=420), utc_now()) == 1
    assert len(session.scalars(select(LicenseNotice)).all()) == 5


def test_notice_goes_by_mail_too_and_names_no_license(session: Db, office: PostOffice) -> None:
    license = make_license(make_account(), days_left=30, body="State Board of Secrets")
    for _ in range(2):
        write_notices(utc_now().date(), utc_now())
    (message,) = session.scalars(select(Message)).all()
    assert message.account_id == license.account_id
    assert "expires in 30 days" in message.body
    assert "Secrets" not in message.body + message.subject


def test_cycle_that_ends_with_something_missing_is_told_once_for_a_step(
    app: Flask, session: Db, office: PostOffice
) -> None:
    follower, other = make_account(), make_account()
    followed = [make_followed(one, make_license(one)) for one in (follower, other)]
    change_choice(other.id, True, False, utc_now())
    _, found, why = standings_of(followed[0], [], "", utc_now().date())
    assert found, why
    ends = found[-1].cycle.end
    assert reminded_followers() == [follower.id]
    for left in (91, 90, 60, 30, 1):
        remind_of_cycles(follower.id, ends - timedelta(days=left), utc_now())
    kinds = session.scalars(select(Message.kind).where(Message.account_id == follower.id)).all()
    assert kinds == ["requirement.due"] * 2


def test_nobody_is_asked_about_cycles_where_no_mail_is_sent(session: Db) -> None:
    make_followed(make_account())
    assert reminded_followers() == []


def test_worker_writes_notices_once_a_day(app: Flask, session: Db) -> None:
    make_license(make_account(), days_left=30)
    session.commit()
    assert REMIND in app.extensions["daily_jobs"]
    for _ in range(2):
        queue_daily(app.extensions["daily_jobs"], utc_now())
        session.commit()
        run_pending(app.extensions["job_handlers"], utc_now)
    assert session.scalars(select(LicenseNotice.days)).all() == [30]
    states = session.scalars(select(Job.state).where(Job.kind == REMIND)).all()
    assert states == ["done"]
