"""Serials, the public page and downloads under attack: nothing guessed, nothing told that is not public."""

import csv
import io
import re
import secrets
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from certificates.issuing.models import Certificate
from certificates.issuing.operations import revoke_certificate
from certificates.issuing.serial import ALPHABET, new_serial
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.time_words import long_day_words
from tests.factories import make_account, make_attempt, make_certificate, make_claim, sign_in

FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\uff1d1+1"]


@pytest.fixture
def certificate(session: scoped_session[Session]) -> Certificate:
    found = make_certificate(make_claim(make_attempt(learner=make_account(name="Vera Holder"), right=3)))
    db.session.commit()
    return found


def test_serials_cannot_be_counted_up_or_guessed(session: scoped_session[Session]) -> None:
    serials = [new_serial(secrets.token_bytes) for _ in range(2_000)]
    assert len(set(serials)) == 2_000
    for place in range(27):
        symbols = {serial.replace("-", "")[place] for serial in serials}
        assert symbols == set(ALPHABET), f"the symbol at place {place} is not random"


def test_guessing_serials_is_slowed_down_and_finds_nothing(locked_app: Flask) -> None:
    client = locked_app.test_client()
    statuses = [client.get(f"/v/{new_serial(secrets.token_bytes)}").status_code for _ in range(125)]
    assert set(statuses[:120]) == {404}
    assert set(statuses[120:]) == {429}


def test_forged_serials_get_the_page_of_an_unknown_one(client: FlaskClient, certificate: Certificate) -> None:
    serial = certificate.serial
    unknown = client.get(f"/v/{new_serial(secrets.token_bytes)}").text
    lookalike = serial.translate(str.maketrans("0ABCEHKMPTX", "ОАВСЕНКМРТХ"))
    mistyped = serial.replace(serial[3], "Z" if serial[3] != "Z" else "Y", 1)
    odd = ("' OR 1=1 --", "%", "_" * 34, "../" + serial, f"{serial}/..", f"{serial}\u200b", "9" * 3000)
    for forged in (serial[:-1], serial + "0", serial[::-1], lookalike, mistyped, *odd):
        answer = client.get("/v/" + forged)
        assert answer.status_code == 404, forged
        assert "Vera" not in answer.text
        assert without_serial(answer.text) == without_serial(unknown), forged


def without_serial(page: str) -> str:
    """Return a page without the serial that stands in its search field."""
    return re.sub(r' value="[^"]*"', ' value=""', page)


def test_public_page_tells_what_the_certificate_prints_and_nothing_more(
    client: FlaskClient, certificate: Certificate
) -> None:
    certificate.learner.name = "Changed Later"
    email, serial = certificate.learner.email, certificate.serial
    page = client.get(f"/v/{serial.lower()}").text
    assert "Vera Holder" in page
    for private in (email, "Changed Later", "Physician", "100%", "score", "attempt", f"/issuing/{certificate.id}"):
        assert private not in page.partition("<main")[2], private


def test_revoked_certificate_says_so_and_since_when_only(client: FlaskClient, certificate: Certificate) -> None:
    revoke_certificate(certificate, "Plagiarism by Vera", make_account(ADMINISTRATOR).id, utc_now())
    main = client.get(f"/v/{certificate.serial}").text.partition("<main")[2]
    assert "revoked" in main
    assert long_day_words(utc_now()) in main
    for private in ("Vera", "Plagiarism", certificate.activity.title, "0.25"):
        assert private not in main, private


def test_lists_and_bundles_hold_no_formulas(app: Flask, session: scoped_session[Session]) -> None:
    for name in FORMULAS:
        attempt = make_attempt(learner=make_account(name=name), right=3)
        attempt.activity.title = name
        make_certificate(make_claim(attempt))
    administrator = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    for address in ("/accounts/people.csv", "/attempts/attempts.csv", "/issuing/certificates.csv"):
        assert_harmless(administrator.get(address).get_data(as_text=True))


def assert_harmless(table: str) -> None:
    """Assert that no cell begins like a formula, and that the names are there."""
    cells = [cell for row in csv.reader(io.StringIO(table.removeprefix("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))]
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_bundle_holds_plain_file_names_and_is_kept_by_no_cache(app: Flask, session: scoped_session[Session]) -> None:
    make_certificate(make_claim(make_attempt(learner=make_account(name="../..\\=evil\u202e/x"), right=3)))
    administrator = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    answer = administrator.post("/issuing/bundle")
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as bundle:
        for name in bundle.namelist():
            assert re.fullmatch(r"[A-Za-z0-9-]+\.(pdf|csv)", name)


def test_download_name_of_any_person_stays_in_its_header(app: Flask, session: scoped_session[Session]) -> None:
    name = 'x"; filename="evil.exe Ünï 漢字'
    certificate = make_certificate(make_claim(make_attempt(learner=make_account(name=name), right=3)))
    holder = sign_in(app.test_client(), certificate.learner)
    disposition = holder.get(f"/issuing/{certificate.id}/certificate.pdf").headers["Content-Disposition"]
    assert disposition.isascii()
    assert disposition.count('"') == 2
    assert disposition.count("filename=") == 1
