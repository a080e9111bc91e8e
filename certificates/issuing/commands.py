"""Certificates from the terminal: one certificate's PDF by its serial."""

from pathlib import Path

import click
from flask.cli import AppGroup

from certificates.issuing.operations import ensure_file
from certificates.issuing.queries import certificate_with_serial
from certificates.issuing.serial import normalise_serial
from quizbank.db import utc_now

issuing_commands = AppGroup("issuing", help="Certificates.")


@issuing_commands.command("save")
@click.argument("serial")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def save(serial: str, file: Path) -> None:
    """Write the PDF of a certificate to FILE."""
    normalised = normalise_serial(serial)
    certificate = certificate_with_serial(normalised) if normalised else None
    if certificate is None:
        raise click.ClickException("There is no certificate with this serial.")
    file.write_bytes(ensure_file(certificate, utc_now()).content)
    click.echo(f"{file}: {certificate.state}")
