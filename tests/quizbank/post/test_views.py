"""Pages of the post: what administrators see and do, what everybody chooses, and what is said where nothing is sent."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR, LEARNER
from quizbank.db import utc_now
from quizbank.jobs.worker import run_pending
from quizbank.post.jobs import post_handlers
from quizbank.post.models import Message
from quizbank.post.queries import choice_of
from tests.factories import make_account, make_message, sign_in
from tests.post_office import PostOffice, closed_port, mail_settings

Db = scoped_session[Session]
OFF = "No mail server is set, so nothing is sent"


@pytest.fixture
def administrator(session: Db) -> Account:
    return make_account(ADMINISTRATOR, "Alex Administrator", "alex@example.org")


@pytest.fixture
def browser(client: FlaskClient, administrator: Account) -> FlaskClient:
    return sign_in(client, administrator)


@pytest.fixture
def work(session: Db) -> Callable[[], None]:
    def do() -> None:
        session.commit()
        run_pending(post_handlers, utc_now)
        session.expire_all()

    return do


def refused(person: Account | None = None, **more: object) -> Message:
    moment = utc_now()
    ended = {"state": "refused", "ended_at": moment, "refusal": "550 no such user", "tries": 1}
    return make_message(person, **{**ended, **more})


def test_page_says_that_nothing_is_sent_without_a_server(browser: FlaskClient) -> None:
    page = browser.get("/post/").text
    assert OFF in page
    assert "Send a test message" not in page
    assert browser.post("/post/test", data={"token": "a"}).status_code == 409


def test_test_message_comes_to_the_administrator_who_asks_once(
    browser: FlaskClient, office: PostOffice, work: Callable[[], None]
) -> None:
    page = browser.get("/post/").text
    assert OFF not in page
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    places = [browser.post("/post/test", data={"token": token[1]}).location for _ in range(2)]
    assert places[0].startswith("/post/")
    assert "Waiting" in browser.get(places[0]).text
    work()
    (came,) = office.mailbox
    assert came.recipient == "alex@example.org"
    assert "This is a test" in came.text
    assert "Choose which messages" not in came.text
    assert "Sent" in browser.get(places[0]).text


def test_list_is_searched_filtered_and_tells_what_the_server_said(browser: FlaskClient, office: PostOffice) -> None:
    refused(make_account(name="Vera Holder", email="vera@example.org"))
    make_message(make_account(name="Other Person"))
    page = browser.get("/post/?q=vera").text
    assert "Vera Holder" in page
    assert "550 no such user" in page
    assert "Other Person" not in page
    assert "Other Person" not in browser.get("/post/?state=refused").text
    assert "Nothing fits this search" in browser.get("/post/?kind=test").text
    assert "Other Person" in browser.get("/post/?state=nonsense&kind=nonsense").text


def test_refused_message_is_told_at_home_and_sent_again_from_its_page(
    browser: FlaskClient, session: Db, office: PostOffice, work: Callable[[], None]
) -> None:
    message = refused(make_account(email="vera@example.org"))
    session.commit()
    assert re.search(r"<strong>1</strong>\s*message refused", browser.get("/").text)
    page = browser.get(f"/post/{message.id}").text
    assert "550 no such user" in page
    assert "Send again" in page
    assert browser.post(f"/post/{message.id}/again").status_code == 302
    work()
    assert [one.recipient for one in office.mailbox] == ["vera@example.org"]
    assert "refused</a>" not in browser.get("/").text
    assert browser.post(f"/post/{message.id}/again").status_code == 409


def test_old_refusals_leave_the_home_page(browser: FlaskClient, session: Db) -> None:
    refused(ended_at=utc_now() - timedelta(days=8))
    session.commit()
    assert "message refused" not in browser.get("/").text


def test_page_says_why_messages_wait(
    app: Flask, browser: FlaskClient, session: Db, office: PostOffice, work: Callable[[], None]
) -> None:
    app.config.update(mail_settings(closed_port()))
    browser.post("/post/test", data={"token": "a"})
    work()
    page = browser.get("/post/").text
    assert "the mail server did not take them yet" in page
    assert "Nothing answers at this port" in page
    message = session.scalars(select(Message)).one()
    assert "Put off" in browser.get(f"/post/{message.id}").text
    app.config.update(mail_settings(office.port))
    assert browser.post(f"/post/{message.id}/again").status_code == 302
    work()
    assert len(office.mailbox) == 1


def test_message_that_may_be_the_second_says_so(browser: FlaskClient, session: Db) -> None:
    message = make_message(state="sent", ended_at=utc_now(), is_doubtful=True, tries=2)
    session.commit()
    assert "Sent, perhaps twice" in browser.get("/post/").text
    assert "It may have arrived twice" in browser.get(f"/post/{message.id}").text


def test_old_message_says_that_its_text_is_gone(browser: FlaskClient, session: Db, office: PostOffice) -> None:
    message = refused(body="")
    session.commit()
    assert "The text was taken out" in browser.get(f"/post/{message.id}").text
    assert browser.post(f"/post/{message.id}/again").status_code == 409


@pytest.mark.parametrize("path", ["/post/", "/post/1", "/sending/"])
def test_only_administrators_see_messages_of_others(client: FlaskClient, session: Db, path: str) -> None:
    make_message()
    assert sign_in(client, make_account(LEARNER)).get(path).status_code == 403


def test_everybody_chooses_and_sees_only_their_own(client: FlaskClient, session: Db) -> None:
    learner = make_account(name="Vera Holder")
    make_message(learner, subject="For Vera")
    make_message(subject="For somebody else")
    session.commit()
    browser = sign_in(client, learner)
    page = browser.get("/post/mine").text
    assert "This site sends no e-mail at present" in page
    assert "For Vera" in page
    assert "For somebody else" not in page
    assert page.count(" checked") == 2
    assert browser.post("/post/mine", data={"reminder": "y"}).status_code == 302
    session.expire_all()
    chosen = choice_of(learner.id)
    assert chosen is not None
    assert (chosen.record, chosen.reminder) == (False, True)
    assert browser.get("/post/mine").text.count(" checked") == 1
    assert browser.post("/post/mine", data={"csrf_token": "in every form"}).status_code == 302
    assert browser.get("/post/mine").text.count(" checked") == 0
