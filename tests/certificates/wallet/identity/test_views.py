"""Identity through HTTP: what is kept, what is refused, and the history of consent."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.wallet.models import BoardIdentifier, Identity, ReportingConsent
from certificates.wallet.queries import identity_of
from quizbank.accounts.models import Account, AuditEntry
from tests.factories import make_account, sign_in

Db = scoped_session[Session]
FULL = {"given_name": "Ada", "family_name": "King of Lovelace", "npi": "1234567893", "month": "02", "day": "29"}


@pytest.fixture
def person(session: Db) -> Account:
    return make_account()


@pytest.fixture
def client_of(app: Flask, person: Account) -> FlaskClient:
    return sign_in(app.test_client(), person)


def kept(session: Db, person: Account) -> Identity:
    session.expire_all()
    found = identity_of(person.id)
    assert found is not None
    return found


def test_identity_is_kept_and_shown_again(client_of: FlaskClient, person: Account, session: Db) -> None:
    assert client_of.post("/wallet/identity/", data=FULL).status_code == 302
    found = kept(session, person)
    assert (found.given_name, found.family_name, found.npi) == ("Ada", "King of Lovelace", "1234567893")
    assert found.birthday == "02-29"
    page = client_of.get("/wallet/identity/").text
    assert 'value="1234567893"' in page
    assert '<option selected value="29">' in page


def test_everything_can_be_taken_back(client_of: FlaskClient, person: Account, session: Db) -> None:
    client_of.post("/wallet/identity/", data=FULL)
    client_of.post("/wallet/identity/", data=dict.fromkeys(FULL, ""))
    found = kept(session, person)
    assert (found.given_name, found.npi, found.birthday) == ("", "", "")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("npi", "1234567890", "last digit does not fit"),
        ("npi", "12345", "exactly ten digits"),
        ("day", "30", "no such day"),
        ("day", "", "both month and day"),
        ("given_name", "\u200b", "at least one letter"),
        ("month", "1980", "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    client_of: FlaskClient, person: Account, session: Db, field: str, value: str, words: str
) -> None:
    answer = client_of.post("/wallet/identity/", data={**FULL, field: value})
    assert answer.status_code == 400
    assert words in answer.text
    assert identity_of(person.id) is None


def test_audit_trail_names_the_fields_and_not_what_is_in_them(client_of: FlaskClient, session: Db) -> None:
    client_of.post("/wallet/identity/", data=FULL)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "identity.changed")).one()
    assert entry.facts == {"fields": ["birthday", "family_name", "given_name", "npi"]}


def test_board_is_added_changed_and_removed(client_of: FlaskClient, person: Account, session: Db) -> None:
    for number in ("1", "2"):
        client_of.post("/wallet/identity/boards", data={"board": "Board of Surgery", "number": number})
    (board,) = kept(session, person).boards
    assert board.number == "2"
    assert "will be removed" in client_of.get(f"/wallet/identity/boards/{board.id}/remove").text
    assert session.scalars(select(BoardIdentifier)).all()
    client_of.post(f"/wallet/identity/boards/{board.id}/remove")
    assert kept(session, person).boards == []


def test_board_without_a_number_is_refused(client_of: FlaskClient) -> None:
    assert client_of.post("/wallet/identity/boards", data={"board": " \u200b"}).status_code == 400


def test_consent_has_a_history_that_only_grows(client_of: FlaskClient, person: Account, session: Db) -> None:
    assert "Not given" in client_of.get("/wallet/identity/").text
    for given in ("yes", "yes", "no", "yes"):
        client_of.post("/wallet/identity/consent", data={"given": given})
    rows = session.scalars(select(ReportingConsent).order_by(ReportingConsent.id)).all()
    assert [row.is_given for row in rows] == [True, False, True]
    assert all("reported" in row.words for row in rows)
    assert kept(session, person).consent is not None
    client_of.post("/wallet/identity/consent", data={"given": "no"})
    assert kept(session, person).consent is None
    assert "Withdrawn" in client_of.get("/wallet/identity/").text
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("identity.consent%"))).all()
    assert len(actions) == 4
