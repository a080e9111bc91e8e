"""Accounts under attack: weak passwords, one address spelt in many ways, names and addresses meant to do harm."""

import pytest
from flask import Flask
from flask_security.utils import verify_password
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.operations import AccountRefused, create_account
from quizbank.accounts.roles import ADMINISTRATOR, LEARNER
from quizbank.db import db, utc_now
from tests.factories import PASSWORD, make_account, sign_in
from tests.security.test_sign_in import try_password

Db = scoped_session[Session]


@pytest.fixture
def learner(session: Db) -> Account:
    account = make_account(email="lena@example.org")
    db.session.commit()
    return account


def test_passwords_are_kept_as_argon2id_only(app: Flask, session: Db) -> None:
    account, password = create_account("new@example.org", "New Person", "nurse", [LEARNER], utc_now())
    assert account.password.startswith("$argon2id$")
    assert password not in account.password
    db.session.commit()
    assert password not in str(db.session.execute(select(*AuditEntry.__table__.columns)).all())


WEAK = [
    "password123",
    "1234567890",
    "qwertyuiop",
    "correcthorse"[:9],
    "lena@example.org",
    "iloveyou12",
    "aaaaaaaaaaaa",
]


def test_passwords_everybody_tries_are_refused(app: Flask, learner: Account) -> None:
    for weak in WEAK:
        client = sign_in(app.test_client(), learner)
        client.post(
            "/accounts/password", data={"password": PASSWORD, "new_password": weak, "new_password_confirm": weak}
        )
        db.session.expire_all()
        assert verify_password(PASSWORD, learner.password)


@pytest.mark.parametrize("length", [64, 100, 1000])
def test_long_passwords_are_taken_whole(app: Flask, learner: Account, length: int) -> None:
    new = ("violet harbour 93 candle; " * 50)[:length]
    client = sign_in(app.test_client(), learner)
    client.post("/accounts/password", data={"password": PASSWORD, "new_password": new, "new_password_confirm": new})
    assert try_password(app.test_client(), learner.email, new[:-1]) == 200
    assert try_password(app.test_client(), learner.email, new) == 302


@pytest.mark.parametrize("same", ["LENA@example.org", "lena@EXAMPLE.ORG", " lena@example.org ", "lena@ｅxample.org"])
def test_one_address_has_one_account_however_it_is_spelt(app: Flask, learner: Account, same: str) -> None:
    with pytest.raises(AccountRefused):
        create_account(same, "Second", "nurse", [LEARNER], utc_now())


ODD_ADDRESSES = [
    "a@example.org\r\nBcc: b@example.org",
    "a b@example.org",
    "a@example.org, b@example.org",
    "<a@example.org>",
    "a@",
    "@b",
    "",
    "a" * 300 + "@example.org",
    "a@example.org\u202e",
]


def test_addresses_that_would_add_headers_are_refused(app: Flask, session: Db) -> None:
    for odd in ODD_ADDRESSES:
        client = sign_in(app.test_client(), make_account(ADMINISTRATOR))
        data = {"email": odd, "name": "Odd", "profession": "nurse", "roles": LEARNER}
        before = db.session.scalars(select(Account.id)).all()
        assert client.post("/accounts/add", data=data).status_code == 400
        assert db.session.scalars(select(Account.id)).all() == before


UNPRINTABLE = [
    "",
    "   ",
    "\u202e\u202d",
    "a\x00b",
    "\ud800x".encode("utf-16", "surrogatepass").decode("utf-16", "replace") * 0 + "\ue000",
    "Z" + "\u0301" * 1000,
    "n" * 1_000_000,
    "\u200b\u200d",
    "x" * 201,
]


def test_names_nobody_could_print_are_refused(app: Flask, learner: Account) -> None:
    for name in UNPRINTABLE:
        client = sign_in(app.test_client(), learner)
        assert client.post("/accounts/profile", data={"name": name, "profession": "nurse"}).status_code == 400
        db.session.expire_all()
        assert learner.name == "Ada Lovelace"
