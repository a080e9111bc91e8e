"""The transcript through HTTP: what it shows, sums, filters and gives as files, and what home shows of it."""

import csv
import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.operations import reissue_certificate, revoke_certificate
from certificates.wallet.licenses.operations import dismiss_reminder
from certificates.wallet.models import ClaimTopics
from quizbank.accounts.models import Account
from quizbank.db import utc_now
from tests.certificates.wallet.wallets import make_earned, make_external, make_followed, make_license
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim, sign_in

Db = scoped_session[Session]


@pytest.fixture
def person(session: Db) -> Account:
    return make_account(email="ada@example.org")


@pytest.fixture
def client_of(app: Flask, person: Account) -> FlaskClient:
    return sign_in(app.test_client(), person)


def rows_of(client: FlaskClient, search: str = "") -> list[dict[str, str]]:
    """Return the lines of the CSV file."""
    text = client.get(f"/wallet/transcript.csv{search}").text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_empty_wallet_says_what_to_do(client_of: FlaskClient) -> None:
    page = client_of.get("/wallet/").text
    assert "No credit yet" in page
    assert "Add credit from elsewhere" in page


def test_transcript_tells_where_each_line_comes_from(client_of: FlaskClient, person: Account, session: Db) -> None:
    make_earned(person)
    make_external(person)
    session.commit()
    page = client_of.get("/wallet/").text
    assert "Heart failure" in page
    assert "Entered by you" in page
    assert [(row["Amount"], row["Proof"]) for row in rows_of(client_of)] == [
        ("1.25", "Entered by you"),
        ("0.25", "Certificate issued here"),
    ]
    assert "<strong>1.5</strong>" in page


def test_revoked_and_replaced_certificates_are_shown_and_do_not_count(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    revoked, replaced = make_earned(person, "Revoked one"), make_earned(person, "Replaced one")
    administrator = make_account("administrator")
    revoke_certificate(revoked, "A mistake", administrator.id, utc_now())
    reissue_certificate(replaced, "A name", administrator.id, utc_now(), "Ada L.")
    session.commit()
    assert sorted((row["Title"], row["Counts"]) for row in rows_of(client_of)) == [
        ("Replaced one", "no"),
        ("Replaced one", "yes"),
        ("Revoked one", "no"),
    ]
    assert "<strong>0.25</strong>" in client_of.get("/wallet/").text


def test_claim_counts_before_its_certificate_is_issued(client_of: FlaskClient, person: Account, session: Db) -> None:
    now = utc_now()
    activity = make_activity(now=now - timedelta(hours=1))
    make_claim(make_attempt(activity, person, right=3, now=now - timedelta(minutes=20)))
    session.commit()
    assert rows_of(client_of)[0]["Counts"] == "yes"


@pytest.mark.parametrize("issued", [True, False], ids=["with certificate", "claim only"])
def test_nobody_but_physicians_has_ama_credit_in_the_transcript(app: Flask, session: Db, issued: bool) -> None:
    nurse, now = make_account(profession="nurse"), utc_now()
    activity = make_activity(now=now - timedelta(hours=1))
    claim = make_claim(make_attempt(activity, nurse, right=3, now=now - timedelta(minutes=20)))
    if issued:
        make_certificate(claim)
    session.commit()
    client = sign_in(app.test_client(), nurse)
    assert rows_of(client)[0]["Type of credit"] == "Hours of participation"
    assert "AMA PRA" not in client.get("/wallet/").text


def test_address_filters_by_year_type_and_days(client_of: FlaskClient, person: Account, session: Db) -> None:
    make_external(person, "1", completed_on=date(2024, 2, 29))
    make_external(person, "2", completed_on=date(2025, 1, 1), credit_type="cpd")
    make_external(person, "3", completed_on=date(2025, 12, 31))
    session.commit()
    for search, amounts in [
        ("?year=2025", ["3.00", "2.00"]),
        ("?type=cpd", ["2.00"]),
        ("?year=2025&type=ama_pra_1", ["3.00"]),
        ("?from=2024-02-29&until=2025-01-01", ["2.00", "1.00"]),
        ("?year=abc&from=never", ["3.00", "2.00", "1.00"]),
    ]:
        assert [row["Amount"] for row in rows_of(client_of, search)] == amounts, search
        assert client_of.get(f"/wallet/{search}").status_code == 200
    assert "Nothing matches" in client_of.get("/wallet/?year=1999").text


@pytest.mark.parametrize(
    "search",
    ["?year=99999999999999999999", "?type=%27%22%3Cscript%3E", "?from=0001-01-01&until=9999-12-31", "?year=-1"],
)
def test_odd_addresses_break_nothing(client_of: FlaskClient, person: Account, session: Db, search: str) -> None:
    make_external(person)
    session.commit()
    for page in ("", "transcript.csv", "transcript.xlsx"):
        answer = client_of.get(f"/wallet/{page}{search}")
        assert answer.status_code == 200
        assert "<script>" not in answer.get_data().decode(errors="replace").replace('<script type="module"', "")


def test_long_transcript_shows_the_latest_and_then_all(client_of: FlaskClient, person: Account, session: Db) -> None:
    for number in range(55):
        make_external(person, title=f"Session number {number:02}", completed_on=date(2025, 1, 1) + timedelta(number))
    session.commit()
    page, everything = client_of.get("/wallet/").text, client_of.get("/wallet/?all=1").text
    assert "Session number 54" in page
    assert "Session number 04" not in page
    assert "latest 50 of 55 lines" in page
    assert "Session number 04" in everything


def test_files_hold_no_formulas(client_of: FlaskClient, person: Account, session: Db) -> None:
    make_external(person, title="=cmd|' /C calc'!A0", provider="@SUM(A1)")
    session.commit()
    row = rows_of(client_of)[0]
    assert row["Title"].startswith("'=")
    assert row["Provider"].startswith("'@")
    workbook = zipfile.ZipFile(io.BytesIO(client_of.get("/wallet/transcript.xlsx").data))
    sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "'=cmd" in sheet
    assert "<v>1.25</v>" in sheet


def test_transcript_is_given_as_pdf(client_of: FlaskClient, person: Account, session: Db) -> None:
    make_external(person)
    session.commit()
    answer = client_of.get("/wallet/transcript.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"


def test_home_shows_the_ring_of_the_cycle_and_expiring_licenses(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    assert "Your cycle" not in client_of.get("/").text
    license = make_license(person, days_left=29)
    make_followed(person, license)
    make_external(person, "12.5", completed_on=utc_now().date())
    session.commit()
    page = client_of.get("/").text
    assert "Your cycle" in page
    assert "12.5 of 60" in page
    assert "expires in 29 days" in page
    dismiss_reminder(license, 30, utc_now())
    session.commit()
    assert "expires in 29 days" not in client_of.get("/").text


def test_reminder_put_away_comes_back_at_the_next_step(client_of: FlaskClient, person: Account, session: Db) -> None:
    license = make_license(person, days_left=29)
    dismiss_reminder(license, 30, utc_now())
    license.expires_on = utc_now().date() + timedelta(days=6)
    session.commit()
    assert "expires in 6 days" in client_of.get("/wallet/").text


def test_every_line_of_the_menu_leads_to_the_wallet(client_of: FlaskClient) -> None:
    assert re.search(r'href="/wallet/"[^>]*>\s*Wallet', client_of.get("/").text)


def test_topics_of_a_claim_count_for_its_rules_and_change_nothing_else(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    certificate = make_earned(person)
    session.commit()
    claim_id = certificate.claim_id
    before = rows_of(client_of)[0]
    answer = client_of.post(
        f"/wallet/external/claims/{claim_id}/topics", data={"topics": ["patient safety"], "others": "Grand  Rounds, "}
    )
    assert answer.status_code == 302
    after = rows_of(client_of)[0]
    assert after.pop("Topics") == "patient safety, grand rounds"
    before.pop("Topics")
    assert after == before
    session.expire_all()
    kept = session.get(ClaimTopics, claim_id)
    assert kept is not None
    assert kept.topics == ["patient safety", "grand rounds"]
