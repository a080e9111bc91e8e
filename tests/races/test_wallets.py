"""One person who changes the same thing of the own wallet in many windows at the same moment."""

from functools import partial

from sqlalchemy import func, select

from certificates.wallet.models import BoardIdentifier, ExternalCredit, Identity, LicenseNotice, ReportingConsent
from quizbank.db import db
from tests.certificates.wallet.wallets import make_external, make_license
from tests.factories import make_account
from tests.races.conftest import Platform, at_once

CREDIT = [
    ("title", "T"),
    ("provider", "P"),
    ("credit_type", "ama_pra_1"),
    ("amount", "2"),
    ("completed_on", "2026-01-01"),
]
PRESSES = 8


def count(model: type, *conditions: object) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0  # type: ignore[arg-type]


def test_changes_racing_a_deletion_come_before_it_or_find_nothing(platform: Platform) -> None:
    owner = make_account()
    browser, credit_id = platform.browser(owner), make_external(owner).id
    db.session.commit()
    place = f"/wallet/external/{credit_id}"
    calls = [partial(browser.post, f"{place}/edit", CREDIT), partial(browser.post, f"{place}/delete")] * PRESSES
    assert set(at_once(calls)) <= {302, 404}
    assert count(ExternalCredit, ExternalCredit.id == credit_id) == 0


def test_reminder_put_away_in_many_windows_is_put_away_once(platform: Platform) -> None:
    owner = make_account()
    browser, license_id = platform.browser(owner), make_license(owner, days_left=7).id
    db.session.commit()
    calls = [partial(browser.post, f"/wallet/licenses/{license_id}/dismiss", [("days", "7")])] * PRESSES
    assert set(at_once(calls)) == {302}
    assert count(LicenseNotice, LicenseNotice.license_id == license_id) == 1


def test_consent_and_board_given_in_many_windows_are_kept_once(platform: Platform) -> None:
    owner = make_account()
    browser, mine = platform.browser(owner), Identity.account_id == owner.id
    db.session.commit()
    consent = partial(browser.post, "/wallet/identity/consent", [("given", "yes")])
    board = partial(browser.post, "/wallet/identity/boards", [("board", "Board"), ("number", "7")])
    assert set(at_once([consent, board] * PRESSES)) == {302}
    assert (
        count(ReportingConsent, ReportingConsent.identity_id == select(Identity.id).where(mine).scalar_subquery()) == 1
    )
    assert count(BoardIdentifier, BoardIdentifier.identity_id == select(Identity.id).where(mine).scalar_subquery()) == 1
