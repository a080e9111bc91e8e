"""Who sees a job's progress, the administrator's list, and its buttons."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER, REVIEWER
from quizbank.db import utc_now
from quizbank.jobs.operations import claim_job, enqueue, fail_job, record_progress, record_stage
from quizbank.jobs.rules import LEASE, OUR_FAULT, STATES, Fence
from tests.factories import make_account, sign_in
from tests.quizbank.jobs.conftest import read_job

Database = scoped_session[Session]


@pytest.fixture
def asker(session: Database) -> int:
    return make_account(AUTHOR, name="Nadia Author").id


@pytest.fixture
def job_id(session: Database, now: datetime, asker: int) -> int:
    return enqueue("reading", "reading:1", {"document": 1}, now, account_id=asker).id


@pytest.fixture
def administrator(client: FlaskClient, session: Database) -> FlaskClient:
    return sign_in(client, make_account(ADMINISTRATOR))


def sign_in_asker(app: Flask, asker: int, session: Database) -> FlaskClient:
    account = session.get(Account, asker)
    assert account is not None
    return sign_in(app.test_client(), account)


def fail(job_id: int, now: datetime, error: str | None = None, refusal: str | None = None) -> None:
    claim_job("a", ["reading"], now)
    fail_job(Fence(job_id, "a"), now, error=error, refusal=refusal)


def test_person_who_asked_reads_the_progress(
    app: Flask, session: Database, job_id: int, asker: int, now: datetime
) -> None:
    claim_job("a", ["reading"], now)
    record_progress(Fence(job_id, "a"), 12, 60, now, LEASE)
    answer = sign_in_asker(app, asker, session).get(f"/jobs/{job_id}")
    assert answer.get_json() == {"state": "running", "done": 12, "total": 60, "words": "12 of 60"}


def test_person_who_asked_reads_what_is_being_done(
    app: Flask, session: Database, job_id: int, asker: int, now: datetime
) -> None:
    claim_job("a", ["reading"], now)
    record_stage(Fence(job_id, "a"), "Reading page 12 of 60", 12, 60, now, LEASE)
    answer = sign_in_asker(app, asker, session).get(f"/jobs/{job_id}")
    assert answer.get_json() == {"state": "running", "done": 12, "total": 60, "words": "Reading page 12 of 60"}


def test_refusal_is_told_to_the_person_who_asked(
    app: Flask, session: Database, job_id: int, asker: int, now: datetime
) -> None:
    fail(job_id, now, refusal="The PDF is encrypted.")
    answer = sign_in_asker(app, asker, session).get(f"/jobs/{job_id}")
    assert answer.get_json()["error"] == "The PDF is encrypted."


def test_our_errors_are_not_shown_to_the_person_who_asked(
    app: Flask, session: Database, job_id: int, asker: int, now: datetime
) -> None:
    fail(job_id, now, error="OSError: /srv/secret")
    answer = sign_in_asker(app, asker, session).get(f"/jobs/{job_id}")
    assert answer.get_json()["error"] == OUR_FAULT
    assert "secret" not in answer.text


@pytest.mark.parametrize("role", [LEARNER, AUTHOR, REVIEWER])
def test_job_of_another_person_is_not_there(client: FlaskClient, session: Database, job_id: int, role: str) -> None:
    sign_in(client, make_account(role))
    assert client.get(f"/jobs/{job_id}").status_code == 404
    assert client.get("/jobs/999999").status_code == 404


def test_job_nobody_asked_for_is_the_administrators(client: FlaskClient, session: Database, now: datetime) -> None:
    job_id = enqueue("reading", "reading:2", {}, now).id
    sign_in(client, make_account(LEARNER))
    assert client.get(f"/jobs/{job_id}").status_code == 404


def test_administrator_reads_any_progress(administrator: FlaskClient, job_id: int) -> None:
    assert administrator.get(f"/jobs/{job_id}").get_json()["words"] == STATES["new"]


def test_signed_out_people_are_sent_to_sign_in(client: FlaskClient, job_id: int) -> None:
    assert client.get(f"/jobs/{job_id}").status_code == 302


@pytest.mark.parametrize("role", [LEARNER, AUTHOR, REVIEWER])
@pytest.mark.parametrize("action", ["retry", "cancel"])
def test_only_administrators_list_and_change_jobs(
    client: FlaskClient, session: Database, job_id: int, role: str, action: str
) -> None:
    sign_in(client, make_account(role))
    assert client.get("/jobs/").status_code == 403
    assert client.post(f"/jobs/{job_id}/{action}").status_code == 403
    assert read_job(job_id).state == "new"


def test_list_shows_and_filters_jobs(administrator: FlaskClient, session: Database, job_id: int, now: datetime) -> None:
    fail(job_id, now, error="OSError: <disk full>")
    enqueue("bundle", "bundle:9", {}, now)
    page = administrator.get("/jobs/?state=failed").text
    assert "reading:1" in page
    assert "Nadia Author" in page
    assert "OSError: &lt;disk full&gt;" in page
    assert "bundle:9" not in page


@pytest.mark.parametrize("words", ["bundle", "bundle:9"])
def test_list_is_searched(administrator: FlaskClient, job_id: int, now: datetime, words: str) -> None:
    enqueue("bundle", "bundle:9", {}, now)
    page = administrator.get("/jobs/", query_string={"q": words}).text
    assert "bundle:9" in page
    assert "reading:1" not in page


def test_list_is_sorted_and_paged(administrator: FlaskClient, session: Database, now: datetime) -> None:
    for number in range(30):
        enqueue("reading", f"reading:{number:03}", {}, now + timedelta(minutes=number))
    assert "reading:029" in administrator.get("/jobs/").text
    second = administrator.get("/jobs/?sort=asked&page=2").text
    assert "reading:029" in second
    assert "reading:000" not in second


@pytest.mark.parametrize("address", ["/jobs/", "/jobs/?state=done", "/jobs/?state=nonsense&sort=nonsense&page=-3"])
def test_empty_list_says_so(administrator: FlaskClient, address: str) -> None:
    answer = administrator.get(address)
    assert answer.status_code == 200
    assert "No such jobs" in answer.text or "No jobs yet" in answer.text


def test_administrator_starts_a_failed_job_again(
    administrator: FlaskClient, session: Database, job_id: int, now: datetime
) -> None:
    fail(job_id, now, error="OSError")
    assert administrator.post(f"/jobs/{job_id}/retry").status_code == 302
    assert read_job(job_id).state == "new"
    assert session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "job.retried"


def test_administrator_cancels_a_job(administrator: FlaskClient, session: Database, job_id: int) -> None:
    assert administrator.post(f"/jobs/{job_id}/cancel").status_code == 302
    assert read_job(job_id).state == "cancelled"
    assert session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "job.cancelled"


def test_change_that_does_not_fit_is_refused_in_words(administrator: FlaskClient, job_id: int) -> None:
    answer = administrator.post(f"/jobs/{job_id}/retry")
    assert answer.status_code == 409
    assert "Only a failed or cancelled job" in answer.text
    administrator.post(f"/jobs/{job_id}/cancel")
    assert administrator.post(f"/jobs/{job_id}/cancel").status_code == 409
    assert administrator.post("/jobs/999999/cancel").status_code == 404


@pytest.mark.parametrize("address", ["/", "/jobs/"])
def test_administrator_is_told_that_no_worker_runs(administrator: FlaskClient, address: str) -> None:
    enqueue("reading", "reading:1", {}, utc_now() - timedelta(hours=1))
    assert b"Background work stands still" in administrator.get(address).data


@pytest.mark.parametrize("address", ["/", "/jobs/"])
def test_administrator_is_told_nothing_while_all_is_well(administrator: FlaskClient, address: str) -> None:
    assert b"stands still" not in administrator.get(address).data
