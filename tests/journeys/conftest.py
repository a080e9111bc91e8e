"""What journeys may ask for: a walk through the site as one person, and the worker that does what was queued."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from quizbank.accounts.models import Account
from quizbank.jobs.worker import run_pending
from tests.factories import PASSWORD

BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Walk:
    """One person's way through the site: addresses and forms in, what the page says out."""

    client: FlaskClient

    def sign_in(self, account: Account) -> None:
        """Sign in through the form."""
        answer = self.client.post("/accounts/sign-in", data={"email": account.email, "password": PASSWORD})
        assert answer.status_code == 302, words(answer)

    def see(self, path: str, status: int = 200) -> str:
        """Return what a page says."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == status, words(answer)
        return words(answer)

    def send(self, path: str, status: int = 200, **fields: object) -> str:
        """Send a form and return what the page it leads to says."""
        answer = self.client.post(path, data=fields, follow_redirects=True)
        assert answer.status_code == status, words(answer)
        return words(answer)

    def go(self, path: str, **fields: object) -> str:
        """Send a form and return the address it leads to."""
        answer = self.client.post(path, data=fields)
        assert answer.status_code == 302, words(answer)
        return answer.location

    def download(self, path: str) -> bytes:
        """Return a file."""
        answer = self.client.get(path)
        assert answer.status_code == 200, words(answer)
        return answer.data


def words(answer: TestResponse) -> str:
    """Return a page as its reader sees it in its source: no entities, single blanks."""
    return BLANKS.sub(" ", html.unescape(answer.get_data(as_text=True)))


@pytest.fixture
def walk(app: Flask) -> Callable[[Account | None], Walk]:
    """Return a function that starts a walk: signed in as somebody, or as a stranger."""

    def start(account: Account | None = None) -> Walk:
        found = Walk(app.test_client())
        if account:
            found.sign_in(account)
        return found

    return start


@pytest.fixture
def work(app: Flask, session: scoped_session[Session]) -> Callable[[], None]:
    """Return a function that does everything that is queued."""

    def do() -> None:
        session.commit()
        run_pending(app.extensions["job_handlers"])
        session.expire_all()

    return do
