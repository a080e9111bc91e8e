"""Verification over HTTP, signed out: pages and JSON for every state, and files compared byte for byte."""

import io
import json
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from certificates.issuing.checkpoint import Checkpoint, read_note
from certificates.issuing.log import hashed_serial
from certificates.issuing.merkle import includes, is_consistent, leaf_hash
from certificates.issuing.models import Certificate
from certificates.issuing.operations import ensure_file, reissue_certificate, revoke_certificate
from certificates.issuing.queries import issuer_certificates
from certificates.issuing.tokens import public_key
from quizbank.db import utc_now
from tests.certificates.issuing.test_inspection import signed_file
from tests.factories import make_account, make_attempt, make_certificate, make_claim

Db = scoped_session[Session]
UNKNOWN = "0000-0000-0000-0000-0000-0000-0000"


@pytest.fixture
def certificate(session: Db) -> Certificate:
    found = make_certificate(make_claim(make_attempt(learner=make_account(name="Vera Holder"), right=3)))
    session.commit()
    return found


def asked(client: FlaskClient, serial: str, **query: Any) -> dict[str, Any]:
    return dict(client.get(f"/v/{serial}", headers={"Accept": "application/json"}, query_string=query).get_json())


def sent(client: FlaskClient, content: bytes, code: str = "", accept: str = "text/html") -> TestResponse:
    form = {"file": (io.BytesIO(content), "certificate.pdf"), "code": code}
    return client.post("/v/", data=form, headers={"Accept": accept})


def test_valid_certificate_is_told_in_words_and_for_machines(client: FlaskClient, certificate: Certificate) -> None:
    page = client.get(f"/v/{certificate.serial}")
    assert "This certificate is valid." in page.text
    found = asked(client, certificate.serial)
    assert (found["state"], found["serial"], found["since"]) == ("valid", certificate.serial, None)
    assert found["certificate"] == {
        "name": "Vera Holder",
        "activity": certificate.activity.title,
        "credit": "awarded 0.25 AMA PRA Category 1 Credits™",
        "completed_on": "2030-05-06",
        "provider": "Quizbank Education",
    }
    assert client.get(f"/v/{certificate.serial}.json").get_json() == found
    assert client.get(f"/V/{certificate.serial}").text.count("Vera Holder") == page.text.count("Vera Holder")


def test_revoked_certificate_says_since_when_and_nothing_else(
    session: Db, client: FlaskClient, certificate: Certificate
) -> None:
    revoke_certificate(certificate, "Plagiarism.", certificate.learner_id, utc_now())
    found = asked(client, certificate.serial)
    assert (found["state"], found["since"]) == ("revoked", f"{utc_now():%Y-%m-%d}")
    assert found["certificate"] is None
    assert "Plagiarism" not in json.dumps(found)


def test_replaced_certificate_leads_to_the_one_that_counts(
    session: Db, client: FlaskClient, certificate: Certificate
) -> None:
    newer = reissue_certificate(certificate, "Name misspelled.", certificate.learner_id, utc_now(), "Vera M. Holder")
    page = client.get(f"/v/{certificate.serial}").text
    assert f'href="/v/{newer.serial}"' in page
    assert "Vera" not in page.partition("<main")[2]
    found = asked(client, certificate.serial)
    assert (found["state"], found["certificate"]) == ("superseded", None)
    assert found["replaced_by"] == f"http://127.0.0.1:8000/v/{newer.serial}"
    assert asked(client, newer.serial)["certificate"]["name"] == "Vera M. Holder"


def test_whatever_is_no_serial_gets_the_answer_of_an_unknown_one(client: FlaskClient, certificate: Certificate) -> None:
    for forged in (UNKNOWN, certificate.serial[:-1], "' OR 1=1 --", "x" * 3000, f"{certificate.serial}.jsonx"):
        answer = client.get(f"/v/{forged}", headers={"Accept": "application/json"})
        assert answer.status_code == 404
        assert answer.get_json() == {
            "serial": None,
            "state": "unknown",
            "words": "No certificate has this serial.",
            "since": None,
            "replaced_by": None,
            "certificate": None,
            "log": None,
        }


def test_unknown_takes_as_long_as_what_cannot_be_a_serial(client: FlaskClient, session: Db) -> None:
    def seconds(code: str) -> float:
        began = time.process_time()
        client.get(f"/v/{code}.json")
        return time.process_time() - began

    pairs = [(seconds("0" * 28), seconds("nothing")) for _ in range(15)]
    unknown, malformed = (sorted(times)[7] for times in zip(*pairs, strict=True))
    assert malformed > unknown / 3


def test_pages_are_kept_by_nobody(client: FlaskClient, certificate: Certificate) -> None:
    for address in (f"/v/{certificate.serial}", f"/v/{UNKNOWN}", "/v/", f"/v/{certificate.serial}.json"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "Last-Modified" not in headers


def test_address_printed_at_first_leads_on(client: FlaskClient, certificate: Certificate) -> None:
    answer = client.get(f"/verify/{certificate.serial}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/v/{certificate.serial}")


def test_proofs_show_that_the_log_holds_every_event(session: Db, client: FlaskClient, certificate: Certificate) -> None:
    first = asked(client, certificate.serial)["log"]
    for _ in range(4):
        make_certificate()
    revoke_certificate(certificate, "Mistake.", certificate.learner_id, utc_now())
    keys = [public_key(one) for one in issuer_certificates()]
    log = asked(client, certificate.serial, since=first["size"])["log"]
    top = read_note(log["checkpoint"], keys)
    assert [json.loads(entry["leaf"])["event"] for entry in log["entries"]] == ["issued", "revoked"]
    for entry in log["entries"]:
        assert json.loads(entry["leaf"])["serial"] == hashed_serial(certificate.serial)
        path = [bytes.fromhex(step) for step in entry["inclusion"]]
        assert includes(entry["number"], top.size, leaf_hash(entry["leaf"].encode()), path, top.root)
    before: Checkpoint = read_note(first["checkpoint"], keys)
    proof = [bytes.fromhex(step) for step in log["consistency"]["proof"]]
    assert is_consistent(before.size, top.size, before.root, top.root, proof)


@pytest.mark.parametrize("since", ["-1", "99999999999", "x", ""])
def test_log_size_that_never_was_gets_no_proof(client: FlaskClient, certificate: Certificate, since: str) -> None:
    assert asked(client, certificate.serial, since=since)["log"]["consistency"] is None


def test_issued_file_is_recognized_byte_for_byte(session: Db, client: FlaskClient, certificate: Certificate) -> None:
    content = ensure_file(certificate, utc_now()).content
    page = sent(client, content).text
    assert "byte for byte, the one that was issued" in page
    assert "Vera Holder" in page
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    reply = sent(client, bytes(changed), certificate.serial, "application/json").get_json()
    assert reply["file"]["is_genuine"] is False
    assert reply["state"] == "valid"


def test_issued_file_of_a_revoked_certificate_is_genuine_and_revoked(
    session: Db, client: FlaskClient, certificate: Certificate
) -> None:
    content = ensure_file(certificate, utc_now()).content
    revoke_certificate(certificate, "Mistake.", certificate.learner_id, utc_now())
    page = sent(client, content).text
    assert "byte for byte" in page
    assert "Revoked" in page


def test_file_of_another_certificate_is_not_taken_for_this_one(
    session: Db, client: FlaskClient, certificate: Certificate
) -> None:
    other = make_certificate()
    session.commit()
    content = ensure_file(other, utc_now()).content
    assert "not the one of this serial" in sent(client, content, certificate.serial).text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 nothing", "carries no signature"),
        (signed_file(), "not by this provider. The signature names Northgate Academy"),
        (signed_file() + b" ", "altered after it was signed"),
    ],
)
def test_words_say_what_is_wrong_with_a_file(
    client: FlaskClient, session: Db, signed: Any, content: bytes, words: str
) -> None:
    page = sent(client, content).text
    assert words in page
    assert "The file is not genuine" in page


@pytest.fixture
def signed(app: Flask) -> str:
    return str(app.config["SIGNING_KEY"])


def test_missing_and_huge_files_are_refused_in_words(
    client: FlaskClient, session: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certificates.verify.views.LARGEST_FILE", 1_000)
    assert "Choose the PDF" in client.post("/v/", data={}).text
    huge = sent(client, bytes(1_001))
    assert huge.status_code == 413
    assert "too large" in huge.text
