"""Pages of sendings: preview, press, progress, what was refused; and what is said where nothing can be sent."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import cancel_job
from quizbank.jobs.worker import run_pending
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim, sign_in
from tests.post_office import PostOffice

Db = scoped_session[Session]
BLANKS = re.compile(r"\s+")


@pytest.fixture
def browser(client: FlaskClient, session: Db) -> FlaskClient:
    activity = make_activity()
    for number in range(3):
        person = make_account(name=f"Holder {number}", email=f"h{number}@example.org")
        make_certificate(make_claim(make_attempt(activity, person, right=3)))
    session.commit()
    return sign_in(client, make_account(ADMINISTRATOR))


@pytest.fixture
def work(app: Flask, session: Db) -> Callable[[], None]:
    handlers = {kind: run for kind, run in app.extensions["job_handlers"].items() if kind.startswith(("post", "send"))}

    def do() -> None:
        session.commit()
        run_pending(handlers, utc_now)
        session.expire_all()

    return do


def form_of(page: str, reason: str = "They asked.") -> dict[str, str]:
    """Return the fields of a preview's form, filled in."""
    token, seen = re.search(r'name="token"[^>]*value="(\w+)"', page), re.search(r'name="seen"[^>]*value="(\d+)"', page)
    assert token
    assert seen
    return {"token": token[1], "seen": seen[1], "reason": reason}


def page_of(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return BLANKS.sub(" ", answer.text)


def test_preview_tells_whom_it_reaches_and_what_they_read(browser: FlaskClient, office: PostOffice) -> None:
    page = page_of(browser, "/sending/")
    assert "Send 3 certificates to 3 people" in page
    assert "3 people will get this message" in page
    assert "Hello Holder 0," in page
    assert "h2@example.org" in page
    assert "Send 1 certificate to 1 person" in page_of(browser, "/sending/?q=h1%40example.org")
    assert "Nothing to send" in page_of(browser, "/sending/?q=nobody")
    assert "/sending/?q=h1" in page_of(browser, "/issuing/?q=h1%40example.org")


def test_one_press_sends_and_its_page_tells_how_far_it_is(
    browser: FlaskClient, session: Db, office: PostOffice, work: Callable[[], None]
) -> None:
    form = form_of(browser.get("/sending/").text)
    places = {browser.post("/sending/", data=form).location for _ in range(2)}
    (place,) = places
    assert "0 sent of 3" in page_of(browser, place)
    assert browser.get(f"{place}/progress").json == {"state": "running", "done": 0, "total": 3, "words": "0 sent of 3"}
    office.rcpt_mood = lambda to: "550 no such user" if to == "h1@example.org" else "250 ok"
    work()
    page = page_of(browser, place)
    assert "2 sent, 1 refused of 3" in page
    assert "550 no such user" in page
    assert "Reason: They asked." in page
    assert browser.get(f"{place}/progress").json["state"] == "done"  # type: ignore[index]
    assert "2 sent, 1 refused of 3" in page_of(browser, "/issuing/")
    office.rcpt_mood = lambda _to: "250 ok"
    assert browser.post(f"{place}/again").status_code == 302
    work()
    assert "The mail server took all 3" in page_of(browser, place)
    assert len(office.mailbox) == 3
    assert browser.post(f"{place}/again").status_code == 409


def test_who_replaces_or_revokes_is_told_whether_holders_hear_of_it(
    app: Flask, browser: FlaskClient, office: PostOffice
) -> None:
    pages = ("/batches/revoke", "/batches/reissue", "/issuing/1")
    assert all("told by e-mail" in page_of(browser, path) for path in pages)
    assert all("No mail server is set" not in page_of(browser, path) for path in pages)
    app.config["MAIL_SERVER"] = ""
    assert all("No mail server is set, so nobody is told by e-mail" in page_of(browser, path) for path in pages)


def test_press_needs_a_reason_and_the_number_that_was_seen(
    browser: FlaskClient, session: Db, office: PostOffice
) -> None:
    form = form_of(browser.get("/sending/").text)
    answer = browser.post("/sending/", data={**form, "reason": " "})
    assert answer.status_code == 400
    assert "Give a reason" in answer.text
    answer = browser.post("/sending/", data={**form, "seen": "2"})
    assert answer.status_code == 409
    assert "It reaches 3 by now" in answer.text
    assert browser.post("/sending/", data={**form, "token": ""}).status_code == 400
    assert session.scalar(select(func.count(Job.id)).where(Job.kind == "sending.write")) == 0


def test_page_says_that_nothing_can_be_sent_and_offers_no_press(browser: FlaskClient, session: Db) -> None:
    page = browser.get("/sending/").text
    assert "Nothing can be sent: no mail server is set" in page
    assert 'name="reason"' not in page
    answer = browser.post("/sending/", data={"token": "a", "seen": "3", "reason": "Because."})
    assert answer.status_code == 400
    assert session.scalar(select(func.count(Job.id)).where(Job.kind == "sending.write")) == 0


def test_sending_that_was_stopped_says_so(browser: FlaskClient, session: Db, office: PostOffice) -> None:
    place = browser.post("/sending/", data=form_of(browser.get("/sending/").text)).location
    cancel_job(int(place.rpartition("/")[2]), utc_now())
    session.commit()
    assert "Stopped before every message was written" in page_of(browser, place)
    assert browser.get(f"{place}/progress").json["state"] == "cancelled"  # type: ignore[index]


def test_another_administrators_sending_is_not_there(
    app: Flask, browser: FlaskClient, session: Db, office: PostOffice
) -> None:
    place = browser.post("/sending/", data=form_of(browser.get("/sending/").text)).location
    other = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    for address in (place, f"{place}/progress", "/sending/run/999999"):
        page_of(other, address, 404)
    assert other.post(f"{place}/again").status_code == 404
