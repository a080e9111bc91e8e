"""Share links that many browsers open at the same moment: never more views than allowed, none after the end."""

from functools import partial

from sqlalchemy import func, select

from certificates.sharing.models import ShareAccess, ShareLink, ShareView
from quizbank.accounts.models import Account, AuditEntry
from quizbank.db import db, utc_now
from tests.factories import make_activity, make_attempt, make_certificate, make_claim, make_share, share_token
from tests.races.conftest import Platform, at_once

CAP = 3


def new_link(views: int = CAP, passcode: str = "") -> tuple[int, str, Account]:
    """Return number, token and owner of an open link; no lock is held afterwards."""
    token = share_token()
    certificate = make_certificate(make_claim(make_attempt(make_activity(now=utc_now()), right=3, now=utc_now())))
    link = make_share(certificate, token, views, passcode, now=utc_now())
    found = link.id, token, link.account
    db.session.commit()
    return found


def views_of(link_id: int) -> tuple[int, int, int]:
    """Return the views that are counted, those that there are, and those that the access log tells of."""
    db.session.rollback()
    counted = db.session.scalar(select(ShareLink.views).where(ShareLink.id == link_id)) or 0
    rows = db.session.scalar(select(func.count(ShareView.id)).where(ShareView.link_id == link_id)) or 0
    told = select(func.count(ShareAccess.id)).where(ShareAccess.link_id == link_id, ShareAccess.outcome == "shown")
    return counted, rows, db.session.scalar(told) or 0


def test_parallel_openings_never_exceed_the_views_allowed(platform: Platform) -> None:
    link_id, token, _ = new_link()
    strangers = [platform.stranger(number) for number in range(24)]
    statuses = at_once([partial(one.post, "/s/", [("key", token)]) for one in strangers])
    assert sorted(statuses) == [302] * CAP + [410] * (len(strangers) - CAP)
    assert views_of(link_id) == (CAP, CAP, CAP)


def test_button_pressed_many_times_in_one_browser_is_one_view(platform: Platform) -> None:
    link_id, token, _ = new_link()
    stranger = platform.stranger(1_000)
    assert set(at_once([partial(stranger.post, "/s/", [("key", token)])] * 12)) == {302}
    assert views_of(link_id) == (1, 1, 1)


def test_opening_that_races_the_end_of_a_link_is_counted_or_refused(platform: Platform) -> None:
    link_id, token, account = new_link(20)
    owner = platform.browser(account)
    db.session.rollback()
    strangers = [platform.stranger(2_000 + number) for number in range(11)]
    calls = [partial(one.post, "/s/", [("key", token)]) for one in strangers]
    statuses = at_once([*calls, partial(owner.post, f"/sharing/{link_id}/revoke")])
    opened = statuses[:-1].count(302)
    assert set(statuses) <= {302, 410}
    assert views_of(link_id) == (opened, opened, opened)
    query = select(AuditEntry.action).where(AuditEntry.subject == f"share:{link_id}").order_by(AuditEntry.id)
    assert db.session.scalars(query).all()[-1] == "share.revoked", "nothing is seen after the end"


def test_parallel_wrong_passcodes_lock_a_link_and_the_lock_holds(platform: Platform) -> None:
    link_id, token, _ = new_link(passcode="heart-valve")
    guesses = [
        partial(platform.stranger(3_000 + n).post, "/s/", [("key", token), ("passcode", f"guess {n}")])
        for n in range(16)
    ]
    assert set(at_once(guesses)) == {410}
    assert platform.stranger(4_000).post("/s/", [("key", token), ("passcode", "heart-valve")]) == 410
    assert views_of(link_id) == (0, 0, 0)
