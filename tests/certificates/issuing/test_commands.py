"""A certificate's PDF from the terminal."""

from pathlib import Path

from flask import Flask
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
