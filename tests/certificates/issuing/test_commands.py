"""From the terminal: a certificate's PDF, and the provider's signing key from its making to its replacement."""

from pathlib import Path

import pytest
from cryptography import x509
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from tests.factories import make_certificate

Db = scoped_session[Session]


def test_certificate_is_saved_by_its_serial_however_it_was_typed(app: Flask, session: Db, tmp_path: Path) -> None:
    certificate = make_certificate()
    session.commit()
    typed, target = certificate.serial.lower().replace("-", ""), tmp_path / "ada.pdf"
    result = app.test_cli_runner().invoke(args=["issuing", "save", typed, str(target)])
    assert (result.exit_code, result.output) == (0, f"{target}: valid\n")
    assert target.read_bytes().startswith(b"%PDF-")


def test_unknown_serial_is_said_so_and_nothing_is_written(app: Flask, session: Db, tmp_path: Path) -> None:
    target = tmp_path / "ada.pdf"
    result = app.test_cli_runner().invoke(args=["issuing", "save", "0000-0000", str(target)])
    assert (result.exit_code, result.output) == (1, "Error: There is no certificate with this serial.\n")
    assert not target.exists()


@pytest.fixture
def keyless(app: Flask, tmp_path: Path) -> Path:
    """Return where the signing key of an application without one is looked for."""
    path = tmp_path / "own" / "signing_key.pem"
    app.config["SIGNING_KEY"] = str(path)
    return path


def called(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["issuing", *words])
    return result.exit_code, result.output


def issuers(client: FlaskClient) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(client.get("/.well-known/certificate-issuers.pem").data)


def test_key_is_made_once_and_replaced_only_when_asked(app: Flask, client: FlaskClient, keyless: Path) -> None:
    assert client.get("/.well-known/certificate-issuers.pem").status_code == 404
    assert called(app, "init-key")[0] == 0
    first = issuers(client)
    code, words = called(app, "init-key")
    assert (code, "already" in words) == (1, True)
    assert issuers(client) == first
    assert called(app, "init-key", "--replace")[0] == 0
    assert issuers(client)[1:] == first


def test_request_for_an_authority_and_its_chain_go_through_files(app: Flask, keyless: Path, tmp_path: Path) -> None:
    request, chain = tmp_path / "request.pem", tmp_path / "chain.pem"
    code, words = called(app, "request-certificate", str(request))
    assert (code, "init-key" in words) == (1, True)
    called(app, "init-key")
    assert called(app, "request-certificate", str(request))[0] == 0
    assert x509.load_pem_x509_csr(request.read_bytes()).is_signature_valid
    chain.write_text("nothing")
    code, words = called(app, "install-chain", str(chain))
    assert (code, "not a chain" in words) == (1, True)


@pytest.mark.parametrize(("count", "first"), [("1", b"%PDF-1.7"), ("3", b"PK\3\4")])
def test_samples_need_no_database_and_say_which_key_signs(
    app: Flask, keyless: Path, tmp_path: Path, count: str, first: bytes
) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://nobody@127.0.0.1:9/nothing"
    keyless.parent.mkdir()
    target = tmp_path / "sample"
    options = ["--design", "plain", "--name", "Ann Lee", "--count", count, "--output", str(target)]
    code, words = called(app, "sample", *options)
    assert (code, "samples are signed with" in words) == (0, True)
    assert target.read_bytes().startswith(first)


def test_name_that_cannot_be_printed_is_said_so(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "sample.pdf"
    code, words = called(app, "sample", "--design", "plain", "--name", "\u202e", "--output", str(target))
    assert (code, words) == (1, "Error: Enter a name with at least one letter.\n")
    assert not target.exists()
