"""Documents for machines: an independent library checks a certificate with them alone, and they tell of nobody."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from joserfc.jwk import KeySet
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from pymerkle import InmemoryTree
from sqlalchemy.orm import scoped_session

from certificates.issuing.checkpoint import read_note
from certificates.issuing.merkle import is_consistent
from certificates.issuing.models import Certificate
from certificates.issuing.operations import ensure_file, revoke_certificate
from certificates.issuing.queries import issuer_certificates
from certificates.issuing.tokens import public_key
from quizbank.db import utc_now
from tests.factories import make_activity, make_attempt, make_certificate, make_claim

Db = scoped_session[Session]
LIST = "http://127.0.0.1:8000/v/status/0"


def issued_today(session: Db) -> tuple[int, str]:
    """Return the id and the credential of a certificate that was issued at the real present time."""
    now = utc_now()
    certificate = make_certificate(make_claim(make_attempt(make_activity(now=now), right=3, now=now)))
    certificate.issued_at = now.replace(year=now.year - 1)
    session.commit()
    return certificate.id, ensure_file(certificate, now).credential or ""


def test_anybody_checks_a_credential_with_the_published_key_and_list(client: FlaskClient, session: Db) -> None:
    certificate_id, token = issued_today(session)
    (jwk,) = client.get("/.well-known/jwks.json").get_json()["keys"]
    pem = KeySet.import_key_set({"keys": [jwk]}).keys[0].as_pem(private=False)
    asked = []

    def download(address: str) -> bytes:
        asked.append(address)
        return client.get(address.removeprefix("http://127.0.0.1:8000")).data

    found = OB3Verifier(pem).verify(token, check_status=True, download=download)
    assert asked == [LIST]
    assert found.issuer.id == "http://127.0.0.1:8000/.well-known/issuer.json"
    assert client.get("/.well-known/issuer.json").get_json()["id"] == found.issuer.id
    certificate = session.get_one(Certificate, certificate_id)
    revoke_certificate(certificate, "Mistake.", certificate.learner_id, utc_now())
    with pytest.raises(OB3VerificationError, match="revocation"):
        OB3Verifier(pem).verify(token, check_status=True, download=download)


def test_key_that_a_token_names_is_where_it_says(client: FlaskClient, session: Db) -> None:
    (jwk,) = client.get("/.well-known/jwks.json").get_json()["keys"]
    assert client.get(f"/.well-known/jwks/{jwk['kid']}").get_json() == jwk
    assert "d" not in jwk
    assert client.get("/.well-known/jwks/unknown").status_code == 404


def test_documents_may_be_cached_and_are_not_sent_again_unchanged(client: FlaskClient, session: Db) -> None:
    make_certificate()
    for address in ("/.well-known/jwks.json", "/v/status/0", "/v/log/checkpoint"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_list_that_no_certificate_is_in_is_not_there(client: FlaskClient, session: Db) -> None:
    assert client.get("/v/status/1").status_code == 404
    assert client.get("/v/status/99999999999").status_code == 404


def test_independent_library_makes_the_signed_root_from_the_published_leaves(client: FlaskClient, session: Db) -> None:
    for _ in range(5):
        make_certificate()
    leaves = client.get("/v/log/leaves").text.splitlines()
    note = read_note(client.get("/v/log/checkpoint").text, [public_key(issuer_certificates()[0])])
    theirs = InmemoryTree.init_from_entries([leaf.encode() for leaf in leaves])
    assert (note.size, note.root) == (5, theirs.get_root())
    assert client.get("/v/log/leaves?start=3").text.splitlines() == leaves[3:]
    assert all(set(json.loads(leaf)) == {"at", "event", "serial", "stated", "v"} for leaf in leaves)


def test_log_proves_that_it_only_grew(client: FlaskClient, session: Db) -> None:
    make_certificate()
    key = public_key(issuer_certificates()[0])
    before = read_note(client.get("/v/log/checkpoint").text, [key])
    for _ in range(6):
        make_certificate()
    grown = client.get("/v/log/consistency", query_string={"old": before.size}).get_json()
    after = read_note(grown["checkpoint"], [key])
    proof = [bytes.fromhex(step) for step in grown["proof"]]
    assert is_consistent(before.size, after.size, before.root, after.root, proof)
    assert client.get("/v/log/consistency?old=99").status_code == 404
    assert client.get("/v/log/consistency").status_code == 404


def test_provider_without_a_key_says_so(app: Flask, client: FlaskClient, session: Db) -> None:
    app.config["SIGNING_KEY"] += ".not-there"
    assert client.get("/.well-known/jwks.json").get_json() == {"keys": []}
    assert client.get("/.well-known/certificate-issuers.pem").status_code == 404
    assert client.get("/v/status/0").status_code == 503
    assert client.get("/v/log/checkpoint").status_code == 404
