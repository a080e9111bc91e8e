"""Links are made of a person's own records, open as often as they say, lock, end at once, and tell their owner."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from certificates.sharing.links import (
    CLOSED,
    EXPIRED,
    LOCKED,
    MAX_REFUSALS_NOTED,
    MAX_WRONG_TRIES,
    REVOKED,
    SHOWN,
    USED_UP,
    WRONG_PASSCODE,
    AskedLink,
)
from certificates.sharing.models import ShareAccess, ShareLink, ShareView
from certificates.sharing.operations import (
    AskedBefore,
    LinkClosed,
    ShareRefused,
    create_link,
    is_right_passcode,
    note_refusal,
    open_link,
    revoke_all_links,
    revoke_link,
    take_notice,
)
from certificates.sharing.queries import link_numbered, link_with_token, unread_openings, view_at
from certificates.wallet.models import License
from quizbank.accounts.models import Account, AuditEntry
from quizbank.post.models import Message
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_attempt, make_certificate, make_claim, make_share
from tests.post_office import PostOffice

Db = scoped_session[Session]
TOKEN = "t" * 43


def looked(link: ShareLink, viewer: str = "one", now: datetime = FIXED_NOW, is_right: bool = True) -> str:
    return open_link(link_numbered(link.id), is_right, viewer, "Firefox on Windows", now).handle


def refused(link: ShareLink, viewer: str = "other", now: datetime = FIXED_NOW, is_right: bool = True) -> str:
    with pytest.raises(LinkClosed) as closed:
        looked(link, viewer, now, is_right)
    return closed.value.outcome


def audited(session: Db) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.action.startswith("share.")).order_by(AuditEntry.id)
    return list(session.scalars(query))


def test_link_keeps_a_hash_and_never_the_token(session: Db) -> None:
    link = make_share(token=TOKEN)
    session.expire_all()
    stored = [str(value) for value in session.execute(select(ShareLink.__table__)).one()]
    assert not any(TOKEN in value for value in stored)
    found = link_with_token(TOKEN)
    assert found is not None
    assert found.id == link.id
    assert link_with_token(TOKEN[:-1]) is None
    assert link_with_token(f"{TOKEN} ") is None
    facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "share.created")).one()
    assert TOKEN not in str(facts)


def test_one_browser_session_is_one_view_and_another_is_another(session: Db) -> None:
    link = make_share(views=2)
    first = looked(link)
    assert looked(link, now=FIXED_NOW + timedelta(hours=11)) == first
    assert looked(link, "two") != first
    session.refresh(link)
    assert link.views == 2
    assert refused(link, "three") == USED_UP
    assert looked(link) == first
    assert audited(session) == ["share.created", "share.viewed", "share.viewed"]


def test_view_that_is_too_old_is_counted_anew(session: Db) -> None:
    link = make_share(views=2)
    first, later = looked(link), FIXED_NOW + timedelta(hours=12)
    assert view_at(first, "one", later) is None
    assert looked(link, now=later) == first
    session.refresh(link)
    assert link.views == 2
    assert view_at(first, "one", later) is not None
    assert refused(link, "one", later + timedelta(hours=12)) == USED_UP


def test_view_shows_to_its_own_browser_session_only(session: Db) -> None:
    handle = looked(make_share())
    assert view_at(handle, "one", FIXED_NOW) is not None
    assert view_at(handle, "two", FIXED_NOW) is None
    assert view_at("unknown", "one", FIXED_NOW) is None


def close_owner(link: ShareLink, session: Db) -> None:
    session.get_one(Account, link.account_id).active = False
    session.flush()


@pytest.mark.parametrize(
    ("close", "outcome"),
    [
        (lambda link, _session: revoke_link(link, link.account_id, FIXED_NOW), REVOKED),
        (lambda link, _session: setattr(link, "expires_at", FIXED_NOW), EXPIRED),
        (lambda link, _session: setattr(link, "max_views", 1), USED_UP),
        (lambda link, _session: setattr(link, "wrong_tries", MAX_WRONG_TRIES), LOCKED),
        (close_owner, CLOSED),
    ],
)
def test_link_that_is_closed_opens_for_nobody_new(
    session: Db, close: Callable[[ShareLink, Db], object], outcome: str
) -> None:
    link = make_share()
    looked(link)
    close(link, session)
    session.flush()
    session.refresh(link)
    assert refused(link) == outcome
    assert session.scalar(select(func.count(ShareView.id))) == 1


def test_the_database_counts_views_whatever_was_read_before(session: Db) -> None:
    link = make_share(views=1)
    read_before = link_numbered(link.id)
    session.execute(ShareLink.__table__.update().values(views=1, first_opened_at=FIXED_NOW))
    with pytest.raises(LinkClosed) as closed:
        open_link(read_before, True, "one", "Firefox", FIXED_NOW)
    assert closed.value.outcome == USED_UP
    with pytest.raises(IntegrityError):
        session.execute(ShareLink.__table__.update().values(views=2))


def test_passcode_opens_only_its_own_link(session: Db) -> None:
    guarded, free = make_share(passcode="heart-valve"), make_share()
    guard, open_door = link_numbered(guarded.id), link_numbered(free.id)
    assert is_right_passcode(guard, "heart-valve")
    for wrong in ("", "heart-valv", "Heart-valve", "x" * 101):
        assert not is_right_passcode(guard, wrong)
    assert is_right_passcode(open_door, "")
    assert is_right_passcode(open_door, "anything")
    assert not is_right_passcode(None, "heart-valve")
    assert guarded.passcode
    assert guarded.passcode.startswith("$argon2id$")


def test_ten_wrong_passcodes_lock_a_link_even_for_the_right_one(session: Db) -> None:
    link = make_share(passcode="heart-valve")
    for _ in range(MAX_WRONG_TRIES):
        assert refused(link, is_right=False) == WRONG_PASSCODE
        note_refusal(link.id, WRONG_PASSCODE, "Firefox", FIXED_NOW)
        session.refresh(link)
    assert refused(link, is_right=True) == LOCKED
    assert audited(session) == ["share.created", "share.locked"]


def test_right_passcode_forgets_the_wrong_ones_before(session: Db) -> None:
    link = make_share(passcode="heart-valve")
    for _ in range(MAX_WRONG_TRIES - 1):
        note_refusal(link.id, WRONG_PASSCODE, "Firefox", FIXED_NOW)
    session.refresh(link)
    looked(link)
    session.refresh(link)
    assert link.wrong_tries == 0


def test_hammered_link_fills_no_disk(session: Db) -> None:
    link = make_share()
    for _ in range(MAX_REFUSALS_NOTED + 5):
        note_refusal(link.id, EXPIRED, "Firefox", FIXED_NOW)
    assert session.scalar(select(func.count(ShareAccess.id))) == MAX_REFUSALS_NOTED
    looked(link)
    assert session.scalar(select(func.count(ShareAccess.id)).where(ShareAccess.outcome == SHOWN)) == 1


def test_access_log_holds_no_address_and_nothing_a_stranger_wrote(session: Db) -> None:
    assert {column.name for column in ShareAccess.__table__.columns} == {"id", "link_id", "at", "client", "outcome"}


def test_owner_is_told_of_the_first_opening_until_it_was_seen(session: Db) -> None:
    link = make_share()
    take_notice(link, FIXED_NOW)
    assert link.seen_at is None, "there was nothing to see"
    looked(link)
    session.refresh(link)
    assert list(unread_openings(link.account_id)) == [link]
    take_notice(link, FIXED_NOW)
    assert list(unread_openings(link.account_id)) == []
    looked(link, "two")
    assert list(unread_openings(link.account_id)) == []


def test_first_opening_is_told_by_mail_once(session: Db, office: PostOffice) -> None:
    link = make_share()
    for viewer in ("one", "one", "two"):
        looked(link, viewer)
    told = session.scalars(select(Message.about).where(Message.kind == "share.opened")).all()
    assert told == [f"share:{link.id}"]
    bodies = session.scalars(select(Message.body).where(Message.kind == "share.opened")).all()
    assert "St. Mary" not in bodies[0]
    assert f"/sharing/{link.id}" in bodies[0]


def test_only_ones_own_standing_records_can_be_shared(session: Db) -> None:
    own, foreign = make_certificate(), make_certificate()
    for picks in ((), (("certificate", foreign.id),), (("certificate", own.id), ("license", 1)), (("password", 1),)):
        with pytest.raises(ShareRefused):
            create_link(own.learner_id, AskedLink("A", 30, 5, "", picks), TOKEN, FIXED_NOW)


@pytest.mark.parametrize(("days", "views"), [(0, 5), (366, 5), (30, 0), (30, 101), (-1, -1)])
def test_link_has_an_end(session: Db, days: int, views: int) -> None:
    with pytest.raises(ShareRefused):
        make_share(days=days, views=views)


def test_same_token_again_is_the_same_link_and_other_values_are_refused(session: Db) -> None:
    certificate = make_certificate()
    first = make_share(certificate, TOKEN)
    assert make_share(certificate, TOKEN) is first
    for changed in ({"views": 9}, {"days": 9}, {"passcode": "heart-valve"}):
        with pytest.raises(AskedBefore):
            make_share(certificate, TOKEN, **changed)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        make_share(make_certificate(make_claim(make_attempt(learner=make_account(), right=3))), TOKEN)
    session.rollback()


def test_revoking_twice_is_once_and_all_at_once_spares_none(session: Db) -> None:
    certificate = make_certificate()
    links = [make_share(certificate) for _ in range(3)]
    assert revoke_link(links[0], certificate.learner_id, FIXED_NOW)
    assert not revoke_link(links[0], certificate.learner_id, FIXED_NOW)
    assert revoke_all_links(certificate.learner_id, None, FIXED_NOW) == 2
    assert audited(session).count("share.revoked") == 3


def test_record_that_is_deleted_leaves_its_links_and_its_number_shows_no_other(session: Db) -> None:
    account = make_account()
    held = License(account_id=account.id, kind="medical", body="Board", number="1", changed_at=FIXED_NOW)
    session.add(held)
    session.flush()
    asked = AskedLink("A", 30, 5, "", (("license", held.id),))
    link = create_link(account.id, asked, TOKEN, FIXED_NOW)
    number = held.id
    session.execute(delete(License).where(License.id == number))
    session.add(License(id=number, account_id=account.id, kind="other", body="New", number="2", changed_at=FIXED_NOW))
    session.flush()
    session.expire_all()
    assert link.entries == []
