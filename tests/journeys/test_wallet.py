"""A physician's record over time: credit earned here and elsewhere, a license, what is missing, and a revocation."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from certificates.issuing.models import Certificate
from certificates.wallet.models import License, ReportingConsent
from certificates.wallet.queries import other_issuers
from quizbank.db import utc_now
from tests.certificates.issuing.keys import OURS
from tests.certificates.wallet.external.test_reading import certificate, facts
from tests.certificates.wallet.wallets import make_earned
from tests.factories import make_account
from tests.journeys.conftest import Walk

Db = scoped_session[Session]
Start = Callable[..., Walk]
ELSEWHERE = {
    "title": "Annual meeting",
    "provider": "University",
    "credit_type": "ama_pra_1",
    "amount": "9.75",
    "others": "Patient  Safety",
}


def amounts(walk: Walk) -> list[tuple[str, str]]:
    """Return amount and whether it counts, line by line, from the file a hospital would read."""
    text = walk.download("/wallet/transcript.csv").decode().removeprefix("\ufeff")
    return [(row["Amount"], row["Counts"]) for row in csv.DictReader(io.StringIO(text))]


def test_record_grows_counts_and_loses_what_was_revoked(walk: Start, session: Db) -> None:
    physician, administrator = make_account(name="Dr. Ada Lovelace"), make_account("administrator")
    earned = make_earned(physician, "Heart failure").id
    session.commit()
    ada, today = walk(physician), utc_now().date()
    ada.send("/wallet/external/add", **ELSEWHERE, completed_on=today.isoformat())
    place = ada.go(
        "/wallet/licenses/add",
        kind="medical",
        body="Sample State B",
        number="1",
        issued_on="2019-05-03",
        expires_on=(today + timedelta(days=5)).isoformat(),
    )
    license_id = session.scalars(select(License.id)).one()
    assert "expires in 5 days" in ada.see("/")
    for page, name in (("/issuing/mine", "Certificates"), ("/sharing/", "Shared"), ("/wallet/licenses/", "Licenses")):
        assert re.search(rf'<nav class="places".*aria-current="page">{name}<', ada.see(page), re.DOTALL)
        assert re.search(r'<a href="/wallet/" aria-current="page">Wallet<', ada.see(page))
    assert "· awarded 0.25 " in ada.see("/issuing/mine")
    ada.send("/wallet/requirements/choose", rules="sample-state-b", license=str(license_id))
    assert "50 more by" in ada.see("/wallet/requirements/")
    assert "3 of 3" not in ada.see("/wallet/requirements/")
    assert "9.75 of 3" in ada.see("/wallet/requirements/")
    assert sorted(amounts(ada)) == [("0.25", "yes"), ("9.75", "yes")]
    ada.send("/wallet/identity/consent", given="yes")
    assert session.scalars(select(ReportingConsent.is_given)).all() == [True]
    walk(administrator).send(f"/issuing/{earned}/revoke", reason="A mistake")
    assert sorted(amounts(ada)) == [("0.25", "no"), ("9.75", "yes")]
    assert "50.25 more by" in ada.see("/wallet/requirements/")
    ada.send(f"{place}/delete")
    assert "You follow no rules yet" in ada.see("/wallet/requirements/")
    assert session.get(Certificate, earned) is not None


def test_certificate_of_another_known_provider_is_read(
    app: Flask, walk: Start, session: Db, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = facts(verify_url="https://cme.northgate.example/v/SERIAL")
    file = tmp_path / "issuers.pem"
    file.write_bytes(OURS.pem)
    physician = make_account(name="Alexandra M. Whitfield")
    session.commit()
    make_earned(make_account())  # so that this provider has a key of its own
    session.commit()
    ada, pdf = walk(physician), certificate(given)
    sent = "/wallet/external/read"
    assert "not by this provider" in ada.send(sent, status=400, file=(BytesIO(pdf), "certificate.pdf"))
    app.config["KNOWN_ISSUERS"] = str(file)
    other_issuers.cache_clear()
    page = ada.send(sent, status=400, file=(BytesIO(pdf), "certificate.pdf"))
    assert "credential inside is not in order" in page  # it is dated after today: nothing is valid before its time
    monkeypatch.setattr("certificates.wallet.external.views.utc_now", later)
    page = ada.send(sent, file=(BytesIO(pdf), "certificate.pdf"))
    assert "signature of Northgate Academy holds" in page
    assert "https://cme.northgate.example/v/SERIAL" in walk(physician).client.get("/wallet/").text


def later() -> datetime:
    """Return a moment at which the certificate is in force."""
    return utc_now() + timedelta(days=3_650)
