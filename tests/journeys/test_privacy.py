"""The story of somebody who earns credit, takes a copy, leaves, comes back as somebody new, and is forgotten in the end."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select, update
from sqlalchemy.orm import scoped_session

from certificates.credits.models import CreditClaim
from certificates.issuing.models import Certificate
from certificates.privacy.jobs import DELETE, ERASE
from certificates.privacy.models import AccountDeletion
from certificates.privacy.queries import EXPORT
from quizbank.db import utc_now
from quizbank.jobs.models import Job
from quizbank.jobs.operations import queue_daily
from tests.factories import EVALUATION, PASSWORD, make_account, make_activity
from tests.journeys.conftest import Walk
from tests.journeys.test_learner import take

Db = scoped_session[Session]
Start = Callable[..., Walk]
TITLE = "Recognising heart failure early"


def test_somebody_leaves_and_their_certificate_stays_provable_for_six_years(
    app: Flask, walk: Start, session: Db, work: Callable[[], None]
) -> None:
    account = make_account(name="Dr. Ada Lovelace", email="ada@example.org")
    activity = make_activity(items=4, now=utc_now(), title=TITLE)
    ada = walk(account)
    attempt_id, _ = take(ada, session, activity, right=4)
    ada.send(f"/credits/{attempt_id}/evaluation", **EVALUATION)
    ada.send(f"/credits/{attempt_id}/claim", amount="0.25", attested="y")
    place = ada.client.get(f"/issuing/attempt/{attempt_id}").location
    pdf = ada.download(f"{place}/certificate.pdf")
    session.rollback()
    serial = session.scalars(select(Certificate.serial)).one()

    assert "My data" in ada.see("/accounts/profile")
    ada.send("/privacy/export")
    work()
    assert "Download ZIP" in ada.see("/privacy/")
    job_id = session.scalars(select(Job.id).where(Job.kind == EXPORT)).one()
    session.rollback()
    with zipfile.ZipFile(io.BytesIO(ada.download(f"/privacy/exports/{job_id}/my-data.zip"))) as archive:
        assert pdf in [archive.read(name) for name in archive.namelist()]
        assert json.loads(archive.read("my-data.json"))["held"]["credits"][0]["activity"] == TITLE

    ada.send("/privacy/delete", password=PASSWORD, understood="y")
    session.execute(update(AccountDeletion).values(due_at=utc_now() - timedelta(minutes=1)))
    queue_daily([DELETE], utc_now())
    work()
    assert ada.client.get("/privacy/").status_code == 302
    refused = ada.client.post("/accounts/sign-in", data={"email": "ada@example.org", "password": PASSWORD})
    assert refused.status_code == 200
    stranger = walk()
    page = stranger.see(f"/v/{serial}")
    assert all(word in page for word in ("Valid", "Dr. Ada Lovelace", TITLE))
    anew = walk(make_account(name="Dr. Ada Lovelace", email="ada@example.org"))
    assert "No certificates yet" in anew.see("/issuing/mine")
    assert anew.client.get(place).status_code == 404

    session.execute(update(CreditClaim).values(claimed_at=utc_now() - timedelta(days=6 * 366)))
    queue_daily([ERASE], utc_now())
    work()
    page = stranger.see(f"/v/{serial}")
    assert "Cannot be confirmed any more" in page
    assert all(word not in page for word in ("Ada", TITLE))
    answer = stranger.client.get(f"/v/{serial}.json").get_json()
    assert (answer["state"], answer["certificate"]) == ("erased", None)
    assert [entry["leaf"].count('"event":"erased"') for entry in answer["log"]["entries"]] == [0, 0, 1]
    told = stranger.send("/v/", file=(io.BytesIO(pdf), "certificate.pdf"))
    assert "byte for byte, the one that was issued" in told
    alex = walk(make_account("administrator"))
    assert "Erased on" in alex.see(place)
    assert alex.client.get(f"{place}/certificate.pdf").status_code == 404
    assert "Erased" in alex.see("/issuing/")
    assert "chain whole" in app.test_cli_runner().invoke(args=["accounts", "check-audit"]).output
    assert app.test_cli_runner().invoke(args=["issuing", "audit"]).exit_code == 0
    assert app.test_cli_runner().invoke(args=["issuing", "save", serial, "x.pdf"]).exit_code == 1
