"""Accounts on a real database: who can be made, what is refused, and a trail that tells of it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.audit import Entry, first_broken
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.names import NameRefused
from quizbank.accounts.operations import (
    AccountRefused,
    change_profile,
    create_account,
    give_new_password,
    normalise_email,
    record_audit,
    set_active,
)
from tests.factories import make_account
from tests.fences import lift_fences

Db = scoped_session[Session]


def trail(session: Db) -> list[AuditEntry]:
    session.expire_all()
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def broken_at(session: Db) -> int | None:
    rows = trail(session)
    return first_broken(
        (Entry(row.at, row.actor_id, row.action, row.subject, row.facts), row.previous_hash, row.hash) for row in rows
    )


def test_account_is_made_with_a_first_password_that_is_not_stored(session: Db, now: datetime) -> None:
    account, password = create_account("Ada@Example.org ", " Ada  Lovelace", "physician", ["learner"], now)
    assert (account.email, account.name) == ("ada@example.org", "Ada Lovelace")
    assert [role.name for role in account.roles] == ["learner"]
    assert account.password.startswith("$argon2id$")
    assert len(password) >= 16
    assert password not in account.password


def test_two_accounts_never_get_the_same_password(session: Db, now: datetime) -> None:
    passwords = {create_account(f"p{n}@example.org", "Ann Lee", "nurse", ["learner"], now)[1] for n in range(3)}
    assert len(passwords) == 3


@pytest.mark.parametrize("other", ["ada@example.org", "ADA@EXAMPLE.ORG", " ada@example.org ", "ada@Example.Org"])
def test_second_account_for_an_address_is_refused(session: Db, now: datetime, other: str) -> None:
    create_account("ada@example.org", "Ada Lovelace", "physician", ["learner"], now)
    with pytest.raises(AccountRefused, match="already"):
        create_account(other, "Ada Again", "physician", ["learner"], now)


def test_database_itself_refuses_a_second_account_for_an_address(session: Db) -> None:
    make_account(email="ada@example.org")
    with pytest.raises(IntegrityError):
        make_account(email="ada@example.org")


@pytest.mark.parametrize(
    "email",
    ["", "ada", "ada@", "ada@x y.org", "a@b\r\nBcc: c@d.org", "ada@example.org\x00", "a" * 300 + "@example.org"],
)
def test_what_is_no_address_is_refused(session: Db, email: str) -> None:
    with pytest.raises(AccountRefused, match="not an e-mail address"):
        normalise_email(email)


@pytest.mark.parametrize(
    ("profession", "roles"), [("wizard", ["learner"]), ("nurse", []), ("nurse", ["learner", "root"])]
)
def test_unknown_profession_or_role_is_refused(session: Db, now: datetime, profession: str, roles: list[str]) -> None:
    with pytest.raises(AccountRefused, match="from the lists"):
        create_account("ada@example.org", "Ada Lovelace", profession, roles, now)


def test_name_that_cannot_be_printed_is_refused(session: Db, now: datetime) -> None:
    with pytest.raises(NameRefused):
        create_account("ada@example.org", "   ", "nurse", ["learner"], now)


def test_profile_changes_name_and_profession(session: Db, now: datetime) -> None:
    account = make_account()
    change_profile(account, "Ada  King", "nurse", now)
    assert (account.name, account.profession) == ("Ada King", "nurse")
    assert trail(session)[-1].action == "account.changed"


def test_profile_with_an_unknown_profession_is_refused(session: Db, now: datetime) -> None:
    account = make_account()
    with pytest.raises(AccountRefused):
        change_profile(account, "Ada King", "wizard", now)
    assert account.name == "Ada Lovelace"


def test_closing_an_account_ends_its_sessions_and_keeps_the_row(session: Db, now: datetime) -> None:
    account, administrator = make_account(), make_account("administrator")
    before = account.fs_uniquifier
    set_active(account, False, administrator.id, now)
    assert (account.active, account.fs_uniquifier == before) == (False, False)
    assert (trail(session)[-1].action, trail(session)[-1].actor_id) == ("account.closed", administrator.id)


def test_trail_of_several_people_is_a_whole_chain(session: Db, now: datetime) -> None:
    for number in range(5):
        create_account(f"p{number}@example.org", "Ann Lee", "nurse", ["learner"], now + timedelta(microseconds=number))
    session.commit()
    assert len(trail(session)) == 5
    assert broken_at(session) is None


@pytest.mark.parametrize("change", ["action = 'x'", "subject = 'account:9'", "actor_id = NULL", "facts = '{}'"])
def test_edit_in_the_database_breaks_the_chain(session: Db, now: datetime, change: str) -> None:
    person = make_account()
    for _ in range(3):
        record_audit("signed in", f"account:{person.id}", person.id, now, method="POST")
    middle = trail(session)[1].id
    lift_fences(session)
    session.execute(text(f"UPDATE audit_entry SET {change} WHERE id = {middle}"))
    assert broken_at(session) == 1


def test_long_subject_is_capped_and_the_chain_stays_whole(session: Db, now: datetime) -> None:
    record_audit("denied", "/" + "x" * 500, None, now)
    session.commit()
    assert len(trail(session)[0].subject) == 120
    assert broken_at(session) is None


def test_trail_tells_nothing_of_what_was_rolled_back(session: Db, now: datetime) -> None:
    record_audit("signed in", "account:1", None, now)
    session.rollback()
    assert trail(session) == []


def test_new_password_replaces_a_lost_one_and_ends_every_session(session: Db, now: datetime) -> None:
    account = make_account()
    mark, stored = account.fs_uniquifier, account.password
    password = give_new_password(account, None, now)
    assert len(password) >= 16
    assert account.password not in (stored, password)
    assert account.fs_uniquifier != mark
    assert trail(session)[-1].action == "account.password_given"
