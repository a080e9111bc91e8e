"""Notices that a license expires: once for each step, for each term of the license."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.wallet.licenses.operations import write_notices
from certificates.wallet.models import LicenseNotice
from quizbank.accounts.models import AuditEntry
from quizbank.db import utc_now
from tests.certificates.wallet.wallets import make_license
from tests.factories import make_account

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
