"""Rows for tests: each factory fills in what the test does not care about and flushes."""

from functools import cache
from itertools import count

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import select

from quizbank.accounts.models import Account, Role
from quizbank.accounts.roles import LEARNER
from quizbank.db import db
from tests.clock import FIXED_NOW

PASSWORD = "correct horse battery staple"
numbers = count(1)


@cache
def password_hash() -> str:
    """Return a valid argon2id hash of PASSWORD, made with little work."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def make_role(name: str) -> Role:
    role = db.session.scalar(select(Role).where(Role.name == name)) or Role(name=name)
    db.session.add(role)
    return role


def make_account(
    role: str = LEARNER, name: str = "Ada Lovelace", email: str | None = None, profession: str = "physician"
) -> Account:
    """Return a person whose password is PASSWORD."""
    number = next(numbers)
    account = Account(
        email=email or f"person{number}@example.org",
        password=password_hash(),
        name=name,
        profession=profession,
        fs_uniquifier=f"uniquifier-{number}",
        created_at=FIXED_NOW,
        roles=[make_role(role)],
    )
    db.session.add(account)
    db.session.flush()
    return account


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """Sign a person in without the form (its own tests use it) and return the client."""
    with client.session_transaction() as session:
        session["_user_id"] = account.fs_uniquifier
        session["_fresh"] = True
    return client
