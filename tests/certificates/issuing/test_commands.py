"""From the terminal: a certificate's PDF, and the provider's signing key from its making to its replacement."""

from pathlib import Path

import pytest
from cryptography import x509
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.models import Certificate, LogEntry
from certificates.issuing.operations import ensure_file, reissue_certificate, revoke_certificate
from tests.clock import FIXED_NOW
from tests.factories import make_certificate
from tests.fences import lift_fences

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


@pytest.fixture
def audited(app: Flask, session: Db) -> Certificate:
    """Return a certificate among others in every state, all of them in order."""
    found, replaced, revoked = make_certificate(), make_certificate(), make_certificate()
    session.commit()
    ensure_file(found, FIXED_NOW)
    reissue_certificate(replaced, "Name misspelled.", found.learner_id, FIXED_NOW)
    revoke_certificate(revoked, "Mistake.", found.learner_id, FIXED_NOW)
    session.commit()
    return found


def test_audit_of_what_nobody_changed_finds_nothing(app: Flask, audited: Certificate) -> None:
    code, output = called(app, "audit")
    assert code == 0, output
    assert "4 certificates and 7 log entries were checked" in output


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE certificate SET name = 'Eve' WHERE id = :id", "{serial}: the name in the list is not the one"),
        ("UPDATE certificate SET design = 'modern' WHERE id = :id", "{serial}: what it states was changed"),
        ("UPDATE certificate SET serial = 'X' WHERE id = :id", "Certificate X: the log knows it under another serial"),
        ("UPDATE certificate SET issued_at = '2020-01-01 00:00:00+00' WHERE id = :id", "what it states was changed"),
        (
            "UPDATE certificate SET state = 'revoked', changed_at = issued_at, reason = 'x' WHERE id = :id",
            "{serial}: it is kept as revoked, the log says valid",
        ),
        (
            "UPDATE certificate SET state = 'valid', changed_at = NULL, reason = NULL WHERE state = 'revoked'",
            "it is kept as valid, the log says revoked",
        ),
        ("UPDATE certificate_file SET sha256 = 'x' WHERE certificate_id = :id", "{serial}: the bytes of its PDF"),
        ("UPDATE certificate_file SET content = 'forged' WHERE certificate_id = :id", "{serial}: the bytes of its PDF"),
        ("DELETE FROM certificate_file WHERE certificate_id = :id", "{serial}: the bytes of its PDF were changed"),
        ("UPDATE log_entry SET leaf = replace(leaf, 'issued', 'ISSUED') WHERE number = 1", "Entry 1 of the log was"),
        ("UPDATE log_entry SET hashes = 'x' WHERE number = 2", "Entry 2 of the log was changed"),
        ("DELETE FROM log_entry WHERE number = 2", "Entry 2 of the log is missing"),
        ("UPDATE log_entry SET checkpoint = replace(checkpoint, '3', '4') WHERE number = 2", "Entry 2 of the log:"),
        ("DELETE FROM log_entry WHERE certificate_id = :id", "Certificate {serial} is not in the log"),
    ],
)
def test_audit_names_whatever_was_changed(
    app: Flask, session: Db, audited: Certificate, statement: str, words: str
) -> None:
    certificate_id, serial = audited.id, audited.serial
    lift_fences(session)
    session.execute(text(statement), {"id": certificate_id} if ":id" in statement else {})
    session.commit()
    code, output = called(app, "audit")
    assert code == 1
    assert words.format(serial=serial) in output


def test_audit_finds_a_log_that_was_cut_by_a_checkpoint_kept_elsewhere(
    app: Flask, session: Db, audited: Certificate, tmp_path: Path
) -> None:
    kept = tmp_path / "checkpoint"
    kept.write_text(session.scalars(select(LogEntry.checkpoint).order_by(LogEntry.number.desc())).first() or "")
    assert called(app, "audit", "--checkpoint", str(kept))[0] == 0
    lift_fences(session)
    session.execute(delete(LogEntry).where(LogEntry.number == 6))
    session.commit()
    assert "It was cut" in called(app, "audit", "--checkpoint", str(kept))[1]
    kept.write_text("nothing")
    assert called(app, "audit", "--checkpoint", str(kept))[0] == 2


def test_file_is_verified_with_the_published_certificate(
    app: Flask, session: Db, audited: Certificate, client: FlaskClient, tmp_path: Path
) -> None:
    file, issuer, key = tmp_path / "a.pdf", tmp_path / "issuer.pem", tmp_path / "jwks.json"
    file.write_bytes(ensure_file(audited, FIXED_NOW).content)
    issuer.write_bytes(client.get("/.well-known/certificate-issuers.pem").data)
    key.write_bytes(client.get("/.well-known/jwks.json").data)
    for given in ([], ["--issuer", str(issuer)], ["--key", str(key)]):
        code, output = called(app, "verify", str(file), *given)
        assert "signed by Quizbank Education, and not one byte has changed" in output
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    file.write_bytes(changed)
    code, output = called(app, "verify", str(file))
    assert (code, "altered" in output) == (1, True)
    file.write_bytes(b"%PDF")
    assert called(app, "verify", str(file))[0] == 3
    assert called(app, "verify", str(file), "--key", str(file))[0] == 2


def test_certificates_from_before_the_log_are_written_into_it(app: Flask, session: Db) -> None:
    make_certificate()
    lift_fences(session)
    session.execute(delete(LogEntry))
    session.commit()
    assert called(app, "adopt") == (0, "1 certificates were written into the log.\n")
    assert called(app, "audit")[0] == 0
