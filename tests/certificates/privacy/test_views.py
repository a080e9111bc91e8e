"""Pages of personal data through HTTP: a copy, a deletion that can be taken back, and what administrators may do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import func, select, update
from sqlalchemy.orm import scoped_session

from certificates.privacy.jobs import export_path
from certificates.privacy.models import AccountDeletion
from certificates.privacy.queries import EXPORT
from quizbank.accounts.models import Account, AuditEntry
from quizbank.db import utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.worker import run_pending
from tests.factories import PASSWORD, make_account, sign_in

Db = scoped_session[Session]
CONFIRMED = {"password": PASSWORD, "understood": "y"}


@pytest.fixture
def work(app: Flask, session: Db) -> Callable[[], None]:
    """Return a function that does everything that is queued."""

    def do() -> None:
        session.commit()
        run_pending(app.extensions["job_handlers"])
        session.expire_all()

    return do


def counted(session: Db, action: str) -> int:
    session.rollback()
    return session.scalar(select(func.count()).where(AuditEntry.action == action)) or 0


def test_copy_is_asked_for_once_however_often_the_button_is_pressed(
    app: Flask, session: Db, work: Callable[[], None]
) -> None:
    ada = sign_in(app.test_client(), make_account())
    for _ in range(3):
        assert ada.post("/privacy/export").status_code == 302
    assert "Writing your copy" in ada.get("/privacy/").text
    assert counted(session, "data.exported") == 1
    work()
    assert "Download ZIP" in ada.get("/privacy/").text
    ada.post("/privacy/export")
    assert counted(session, "data.exported") == 2, "asked for again, it is made anew"


def test_copy_is_given_to_its_person_alone_and_kept_by_no_cache(
    app: Flask, session: Db, work: Callable[[], None]
) -> None:
    ada, eve = sign_in(app.test_client(), make_account()), sign_in(app.test_client(), make_account("administrator"))
    ada.post("/privacy/export")
    work()
    job_id = session.scalars(select(Job.id).where(Job.kind == EXPORT)).one()
    address = f"/privacy/exports/{job_id}/my-data.zip"
    answer = ada.get(address)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
        200,
        "application/zip",
        "no-store",
    )
    assert eve.get(address).status_code == 404
    assert app.test_client().get(address).status_code == 302
    session.execute(update(Job).values(finished_at=utc_now() - timedelta(days=8)))
    session.commit()
    assert ada.get(address).location == "/privacy/"
    assert "is not kept any more" in ada.get("/privacy/").text
    export_path(job_id).unlink()


def test_deletion_needs_the_password_and_the_tick(app: Flask, session: Db) -> None:
    ada = sign_in(app.test_client(), make_account())
    for form, words in (
        ({"password": "wrong", "understood": "y"}, "This is not your password."),
        ({"password": PASSWORD}, "Read the list above"),
        ({"understood": "y"}, "Enter your password."),
    ):
        answer = ada.post("/privacy/delete", data=form)
        assert (answer.status_code, words in answer.text) == (400, True)
        assert PASSWORD not in answer.text
    assert session.scalars(select(AccountDeletion)).all() == []


def test_password_cannot_be_guessed_where_a_deletion_is_confirmed(app: Flask, session: Db) -> None:
    ada = sign_in(app.test_client(), make_account())
    for _ in range(5):
        assert ada.post("/privacy/delete", data={"password": "wrong", "understood": "y"}).status_code == 400
    assert ada.post("/privacy/delete", data=CONFIRMED).status_code == 429
    assert counted(session, "account.deletion_refused") == 5
    assert session.scalars(select(AccountDeletion)).all() == []


def test_deletion_is_shown_and_taken_back(app: Flask, session: Db) -> None:
    ada = sign_in(app.test_client(), make_account())
    assert ada.post("/privacy/delete", data=CONFIRMED).location == "/privacy/"
    assert "Your account will be deleted on" in ada.get("/privacy/").text
    assert "You asked for it already" in ada.get("/privacy/delete").text
    assert ada.get("/").status_code == 200, "everything works as before"
    page = ada.post("/privacy/take-back", follow_redirects=True).text
    assert "Your account stays." in page
    assert "will be deleted on" not in page
    assert "Your account stays." not in ada.post("/privacy/take-back", follow_redirects=True).text


def test_what_stands_in_the_way_is_said_before_the_form(app: Flask, session: Db) -> None:
    only = sign_in(app.test_client(), make_account("administrator"))
    page = only.get("/privacy/delete").text
    assert "Make somebody else an administrator first." in page
    assert '<form method="post" class="narrow"' not in page
    assert only.post("/privacy/delete", data=CONFIRMED).status_code == 409


def test_administrator_deletes_somebody_at_once_and_every_session_ends(app: Flask, session: Db) -> None:
    account = make_account(name="Ada Lovelace")
    number, email = account.id, account.email
    ada = sign_in(app.test_client(), account)
    alex = sign_in(app.test_client(), make_account("administrator", "Alex Administrator"))
    assert "Ada Lovelace" in alex.get(f"/privacy/people/{number}").text
    assert alex.post(f"/privacy/people/{number}", data={"reason": ""}).status_code == 400
    assert ada.get("/").status_code == 200
    page = alex.post(f"/privacy/people/{number}", data={"reason": "asked in writing"}, follow_redirects=True).text
    assert f"Former member {number}" in page
    assert "asked in writing" in page
    assert ada.get("/").status_code == 302
    again = app.test_client().post("/accounts/sign-in", data={"email": email, "password": PASSWORD})
    assert again.status_code == 200, "sign-in is refused"
    people = alex.get("/accounts/").text
    assert "Deleted" in people
    assert "deleted.invalid" not in people
    assert "Ada Lovelace" not in people
    assert alex.post(f"/privacy/people/{number}", data={"reason": "again"}).status_code == 400
    for address in (f"/accounts/{number}/active", f"/accounts/{number}/password"):
        assert alex.post(address, data={"active": "1"}).status_code == 409
    session.rollback()
    assert not session.get_one(Account, number).active


def test_administrator_does_not_delete_themselves_from_the_list(app: Flask, session: Db) -> None:
    administrator = make_account("administrator")
    alex = sign_in(app.test_client(), administrator)
    answer = alex.post(f"/privacy/people/{administrator.id}", data={"reason": "tired"})
    assert answer.status_code == 409
    assert "under My data" in answer.text


@pytest.mark.parametrize("role", ["learner", "author", "reviewer"])
def test_deletions_are_for_administrators(app: Flask, session: Db, role: str) -> None:
    other = make_account()
    person = sign_in(app.test_client(), make_account(role))
    assert person.get("/privacy/deletions").status_code == 403
    assert person.get(f"/privacy/people/{other.id}").status_code == 403
    assert person.post(f"/privacy/people/{other.id}", data={"reason": "no"}).status_code == 403


def test_empty_list_of_deletions_says_what_will_stand_there(app: Flask, session: Db) -> None:
    alex = sign_in(app.test_client(), make_account("administrator"))
    assert "Nobody asked yet" in alex.get("/privacy/deletions").text
