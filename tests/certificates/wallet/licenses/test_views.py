"""Licenses through HTTP: keeping, changing, deleting them and their documents."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from certificates.wallet.licenses import operations
from certificates.wallet.models import FollowedRules, License, LicenseDocument, LicenseNotice
from quizbank.accounts.models import Account
from tests.certificates.wallet.wallets import PDF_FILE, make_document_of, make_followed, make_license
from tests.factories import make_account, sign_in

Db = scoped_session[Session]
FORM = {
    "kind": "medical",
    "body": "State Board",
    "number": "A-1",
    "issued_on": "2024-02-29",
    "expires_on": "2031-12-31",
}


@pytest.fixture
def person(session: Db) -> Account:
    return make_account()


@pytest.fixture
def client_of(app: Flask, person: Account) -> FlaskClient:
    return sign_in(app.test_client(), person)


def count(session: Db, model: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_license_is_kept_shown_and_changed(client_of: FlaskClient, session: Db) -> None:
    assert "No licenses yet" in client_of.get("/wallet/licenses/").text
    place = client_of.post("/wallet/licenses/add", data=FORM).location
    page = client_of.get(place).text
    assert "29 February 2024" in page
    assert "State Board" in client_of.get("/wallet/licenses/").text
    client_of.post(f"{place}/edit", data={**FORM, "number": "B-2", "expires_on": ""})
    found = session.scalars(select(License)).one()
    session.refresh(found)
    assert (found.number, found.issued_on, found.expires_on) == ("B-2", date(2024, 2, 29), None)
    assert "Does not expire" in client_of.get(place).text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("body", "", "who issued it"),
        ("number", "\u202e", "its number"),
        ("kind", "driving", "Not a valid choice"),
        ("expires_on", "2024-02-28", "before it was issued"),
        ("expires_on", "2023-02-29", "Not a valid date"),
        ("issued_on", "0001-01-01", "between 1920"),
    ],
)
def test_what_cannot_be_is_refused_when_adding_and_when_changing(
    client_of: FlaskClient, person: Account, session: Db, field: str, value: str, words: str
) -> None:
    license_id = make_license(person).id
    session.commit()
    for place in ("/wallet/licenses/add", f"/wallet/licenses/{license_id}/edit"):
        answer = client_of.post(place, data={**FORM, field: value})
        assert answer.status_code == 400
        assert words in answer.text
    assert count(session, License) == 1
    assert session.get_one(License, license_id).issued_on == date(2020, 2, 29)


def upload(client: FlaskClient, license_id: int, content: bytes, name: str = "scan.pdf") -> object:
    return client.post(f"/wallet/licenses/{license_id}/documents", data={"file": (BytesIO(content), name)})


def test_document_comes_back_as_it_was_given_and_is_never_shown_in_a_page(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    license_id = make_license(person).id
    session.commit()
    assert upload(client_of, license_id, PDF_FILE, "my license.pdf").status_code == 302  # type: ignore[attr-defined]
    document = session.scalars(select(LicenseDocument)).one()
    answer = client_of.get(f"/wallet/licenses/{license_id}/documents/{document.id}")
    assert answer.data == PDF_FILE
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    upload(client_of, license_id, PDF_FILE, "the same again.pdf")
    assert count(session, LicenseDocument) == 1


def test_other_document_under_the_key_of_the_last_one_is_refused_and_not_dropped_quietly(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    place = f"/wallet/licenses/{make_license(person).id}/documents"
    session.commit()
    second = PDF_FILE + b"% another\n%%EOF\n"
    statuses = [
        client_of.post(place, data={"file": (BytesIO(content), "scan.pdf"), "idempotency_key": "one"}).status_code
        for content in (PDF_FILE, PDF_FILE, second)
    ]
    assert statuses == [302, 302, 409]
    assert count(session, LicenseDocument) == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<html>", "a.pdf", "web page"),
        (PDF_FILE, "a.png", "ending"),
        (b"", "a.pdf", "empty"),
    ],
)
def test_file_that_is_no_document_is_refused_with_words(
    client_of: FlaskClient, person: Account, session: Db, content: bytes, name: str, words: str
) -> None:
    license_id = make_license(person).id
    session.commit()
    answer = upload(client_of, license_id, content, name)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert words in answer.text  # type: ignore[attr-defined]
    assert count(session, LicenseDocument) == 0


def test_file_that_is_too_large_is_refused_with_words(
    client_of: FlaskClient, person: Account, session: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    license_id = make_license(person).id
    session.commit()
    monkeypatch.setattr("certificates.wallet.uploads.MAX_BYTES", len(PDF_FILE) - 1)
    answer = upload(client_of, license_id, PDF_FILE)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "larger than" in answer.text  # type: ignore[attr-defined]
    assert count(session, LicenseDocument) == 0


def test_wallet_has_an_end(
    client_of: FlaskClient, person: Account, session: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    license_id = make_license(person).id
    session.commit()
    monkeypatch.setattr(operations, "MAX_KEPT", 10)
    answer = upload(client_of, license_id, PDF_FILE)
    assert "wallet is full" in answer.text  # type: ignore[attr-defined]


def test_document_and_license_are_deleted_only_when_confirmed(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    license = make_license(person, days_left=20)
    document_id = make_document_of(license)
    make_followed(person, license)
    session.commit()
    place = f"/wallet/licenses/{license.id}"
    client_of.post(f"{place}/dismiss", data={"days": "30"})
    assert "cannot be undone" in client_of.get(f"{place}/documents/{document_id}/delete").text
    assert "with 1 document" in client_of.get(f"{place}/delete").text
    assert count(session, LicenseDocument) == count(session, License) == 1
    client_of.post(f"{place}/documents/{document_id}/delete")
    assert count(session, LicenseDocument) == 0
    client_of.post(f"{place}/delete")
    assert [count(session, model) for model in (License, LicenseNotice, FollowedRules)] == [0, 0, 0]


@pytest.mark.parametrize("days", ["", "5", "-1", "999999999999"])
def test_reminder_that_does_not_exist_cannot_be_put_away(
    client_of: FlaskClient, person: Account, session: Db, days: str
) -> None:
    license_id = make_license(person, days_left=20).id
    session.commit()
    assert client_of.post(f"/wallet/licenses/{license_id}/dismiss", data={"days": days}).status_code == 409
    assert count(session, LicenseNotice) == 0
