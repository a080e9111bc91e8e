"""Credit from elsewhere through HTTP: entered by hand, and read from certificates issued here."""

from decimal import Decimal
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.models import Certificate
from certificates.issuing.operations import ensure_file, revoke_certificate
from certificates.wallet.identity.operations import save_identity
from certificates.wallet.models import ExternalCredit, ExternalFile
from certificates.wallet.queries import entries_of
from quizbank.accounts.models import Account
from quizbank.db import db, utc_now
from tests.certificates.wallet.wallets import PDF_FILE, make_earned, make_external
from tests.factories import make_account, sign_in

Db = scoped_session[Session]
FORM = {
    "title": "Annual meeting",
    "provider": "University",
    "credit_type": "ama_pra_1",
    "label": "",
    "amount": "1.25",
    "completed_on": "2026-05-03",
}


@pytest.fixture
def person(session: Db) -> Account:
    return make_account(name="Ada Lovelace", email="ada@example.org")


@pytest.fixture
def client_of(app: Flask, person: Account) -> FlaskClient:
    return sign_in(app.test_client(), person)


def count(session: Db, model: type = ExternalCredit) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_credit_is_entered_changed_and_deleted(client_of: FlaskClient, session: Db) -> None:
    sent = {**FORM, "topics": ["ethics"], "others": "Sleep, sleep", "file": (BytesIO(PDF_FILE), "proof.pdf")}
    assert client_of.post("/wallet/external/add", data=sent).status_code == 302
    found = session.scalars(select(ExternalCredit)).one()
    assert (found.amount, found.topics, found.origin) == (Decimal("1.25"), ["ethics", "sleep"], "typed")
    place = f"/wallet/external/{found.id}"
    assert client_of.get(f"{place}/file").data == PDF_FILE
    assert 'value="sleep"' in client_of.get(f"{place}/edit").text
    other = {**FORM, "credit_type": "other", "label": "Category 2", "amount": "2"}
    assert client_of.post(f"{place}/edit", data=other).status_code == 302
    session.refresh(found)
    assert (found.label, found.amount, found.topics) == ("Category 2", Decimal(2), [])
    assert client_of.get(f"{place}/file").data == PDF_FILE
    assert "cannot be undone" in client_of.get(f"{place}/delete").text
    assert count(session) == 1
    client_of.post(f"{place}/delete")
    assert count(session) == count(session, ExternalFile) == 0


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", " ", "what it was called"),
        ("provider", "\u200b", "who provided it"),
        ("amount", "0", "0.01 to 999.99"),
        ("amount", "-1", "0.01 to 999.99"),
        ("amount", "1.255", "two decimals"),
        ("amount", "NaN", "0.01 to"),
        ("amount", "Infinity", "0.01 to"),
        ("amount", "1e2147483647", "0.01 to"),
        ("amount", "much", "Not a valid decimal"),
        ("completed_on", "2999-01-01", "in the future"),
        ("completed_on", "1949-12-31", "before 1950"),
        ("completed_on", "", "Choose a day"),
        ("credit_type", "cash", "Not a valid choice"),
        ("credit_type", "other", "what the credit is called"),
        ("others", ",".join(f"topic {n}" for n in range(21)), "20 topics"),
        ("others", "x" * 61, "60 characters"),
    ],
)
def test_what_cannot_be_is_refused_when_adding_and_when_changing(
    client_of: FlaskClient, person: Account, session: Db, field: str, value: str, words: str
) -> None:
    external_id = make_external(person, "7").id
    session.commit()
    for place in ("add", f"{external_id}/edit"):
        answer = client_of.post(f"/wallet/external/{place}", data={**FORM, field: value})
        assert answer.status_code == 400
        assert words in answer.text
    assert count(session) == 1
    assert session.get_one(ExternalCredit, external_id).amount == Decimal(7)


def test_file_of_credit_without_one_says_so(client_of: FlaskClient, person: Account, session: Db) -> None:
    external_id = make_external(person).id
    session.commit()
    answer = client_of.get(f"/wallet/external/{external_id}/file")
    assert answer.status_code == 404
    assert "There is no file" in answer.text


def certificate_of(name: str, email: str) -> tuple[Certificate, bytes]:
    """Return a certificate that was issued here to another account, with its PDF."""
    earner = make_account(name=name, email=email)
    certificate = make_earned(earner)
    return certificate, file_of(certificate)


def file_of(certificate: Certificate) -> bytes:
    """Return the PDF of a certificate."""
    db.session.commit()  # it is signed with no transaction open
    return ensure_file(certificate, certificate.issued_at).content


def read(client: FlaskClient, pdf: bytes) -> str:
    """Return the page that reading a file leads to."""
    sent = {"file": (BytesIO(pdf), "certificate.pdf")}
    return client.post("/wallet/external/read", data=sent, follow_redirects=True).get_data(as_text=True)


def test_certificate_of_an_earlier_account_is_read_once(client_of: FlaskClient, person: Account, session: Db) -> None:
    certificate, pdf = certificate_of("ADA LOVELACE", "earlier@example.org")
    session.commit()
    page = read(client_of, pdf)
    assert "holds, and the certificate bears the name ADA LOVELACE" in page
    (entry,) = entries_of(person.id)
    assert (entry.origin, entry.amount, entry.serial) == ("read", Decimal("0.25"), certificate.serial)
    assert "bears the name ADA LOVELACE" in client_of.get("/wallet/").text
    assert "You added this certificate before" in read(client_of, pdf)
    assert count(session) == 1


def test_what_was_read_cannot_be_changed_but_for_its_topics(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    _, pdf = certificate_of("Ada Lovelace", "earlier@example.org")
    session.commit()
    read(client_of, pdf)
    found = session.scalars(select(ExternalCredit)).one()
    sent = {**FORM, "amount": "99", "others": "Sleep"}
    assert client_of.post(f"/wallet/external/{found.id}/edit", data=sent).status_code == 302
    session.refresh(found)
    assert (found.amount, found.topics) == (Decimal("0.25"), ["sleep"])


def test_read_certificate_that_is_revoked_later_counts_no_more(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    certificate, pdf = certificate_of("Ada Lovelace", "earlier@example.org")
    session.commit()
    read(client_of, pdf)
    revoke_certificate(certificate, "A mistake", make_account("administrator").id, utc_now())
    session.commit()
    assert not entries_of(person.id)[0].counts
    assert "Revoked" in client_of.get("/wallet/").text


def test_certificate_of_somebody_else_is_told_and_not_taken(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    _, pdf = certificate_of("Grace Hopper", "grace@example.org")
    session.commit()
    page = read(client_of, pdf)
    assert "holds, but the certificate bears the name Grace Hopper" in page
    assert count(session) == 0
    save_identity(person.id, "Grace", "Hopper", "", "", utc_now())
    session.commit()
    assert "bears the name Grace Hopper" in read(client_of, pdf)
    assert count(session) == 1


def test_own_revoked_altered_and_other_files_are_not_taken(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    own = make_earned(person)
    own_pdf = file_of(own)
    revoked, revoked_pdf = certificate_of("Ada Lovelace", "earlier@example.org")
    revoke_certificate(revoked, "A mistake", make_account("administrator").id, utc_now())
    session.commit()
    assert "in your transcript already" in read(client_of, own_pdf)
    assert "was revoked" in read(client_of, revoked_pdf)
    assert "was altered" in read(client_of, own_pdf.replace(b"/Title", b"/Titel", 1))
    assert "no signature" in read(client_of, PDF_FILE)
    assert "web page" in read(client_of, b"<html>")
    assert count(session) == 0
