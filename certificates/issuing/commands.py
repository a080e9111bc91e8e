"""Certificates from the terminal: one certificate's PDF by its serial, and the provider's signing key."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from certificates.issuing.auditing import LogAudit, certificate_problems
from certificates.issuing.bundle import bundle_chunks
from certificates.issuing.checkpoint import CheckpointRejected, read_note
from certificates.issuing.designs import DESIGNS
from certificates.issuing.filling import RenderingRefused
from certificates.issuing.judging import IssuerUnreadable, judge, read_issuers
from certificates.issuing.operations import CertificateErased, adopt_certificates, ensure_file, provider_seal
from certificates.issuing.queries import (
    certificate_with_serial,
    issuer_certificates,
    kept_certificates,
    logged_rows,
    orphaned_entries,
)
from certificates.issuing.serial import normalise_serial
from certificates.issuing.signing import Seal
from certificates.issuing.signing_keys import (
    FileSigner,
    SigningKeyUnusable,
    keep_first_signer,
    make_signer,
    read_signer,
    replace_signer,
    signing_request,
    with_chain,
)
from certificates.issuing.specimens import MAX_COUNT, specimen, specimens
from certificates.issuing.timestamps import StampRefused
from certificates.issuing.tokens import public_jwk, public_key
from quizbank.accounts.names import NameRefused
from quizbank.accounts.operations import record_audit
from quizbank.db import db, utc_now
from quizbank.time_words import long_day_words

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
    try:
        content = ensure_file(certificate, utc_now()).content
    except CertificateErased as error:
        raise click.ClickException(str(error)) from error
    file.write_bytes(content)
    click.echo(f"{file}: {certificate.state}")


@issuing_commands.command("init-key")
@click.option(
    "--replace", is_flag=True, help="Make a new key although there is one; what the old one signed stays valid."
)
def init_key(replace: bool) -> None:
    """Make the provider's signing key with a certificate of its own."""
    path = Path(current_app.config["SIGNING_KEY"])
    signer = make_signer(current_app.config["PROVIDER_NAME"], utc_now())
    is_replaced = replace and path.exists()
    note_key("signing_key.replaced" if is_replaced else "signing_key.made", signer)
    if is_replaced:
        replace_signer(signer, path)
    elif not keep_first_signer(signer, path):
        db.session.rollback()
        raise click.ClickException(f"There is a signing key at {path} already. --replace makes a new one.")
    db.session.commit()
    tell_key(path, signer)


@issuing_commands.command("request-certificate")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def request_certificate(file: Path) -> None:
    """Write to FILE the request with which an authority issues a certificate for the signing key."""
    _, signer = present_signer()
    file.write_bytes(signing_request(signer))
    click.echo(f"Send {file} to your certificate authority, then: flask --app app issuing install-chain CHAIN.pem")


@issuing_commands.command("install-chain")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def install_chain(file: Path) -> None:
    """Sign from now on with the certificates in FILE, which an authority issued for the signing key."""
    path, signer = present_signer()
    try:
        issued = with_chain(signer, file.read_bytes())
    except SigningKeyUnusable as error:
        raise click.ClickException(str(error)) from error
    note_key("signing_key.certified", issued)
    replace_signer(issued, path)
    db.session.commit()
    tell_key(path, issued)


@issuing_commands.command("sample")
@click.option("--design", required=True, type=click.Choice(DESIGNS), help="The design.")
@click.option("--name", required=True, help="The name to print, in any script.")
@click.option("--count", default=1, show_default=True, type=click.IntRange(1, MAX_COUNT), help="How many.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def sample(design: str, name: str, count: int, output: Path) -> None:
    """Write a signed sample certificate as PDF, or several as ZIP, with sample facts and without the database."""
    try:
        seal, address = sample_seal(), current_app.config["PUBLIC_URL"]
        if count == 1:
            output.write_bytes(specimen(name, design, address, seal).pdf)
        else:
            with output.open("wb") as file:
                file.writelines(bundle_chunks(specimens(name, design, address, seal, count)))
    except (NameRefused, RenderingRefused, SigningKeyUnusable, StampRefused) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{output}: {count} sample{'s' if count > 1 else ''}")


def sample_seal() -> Seal:
    """Return what signs samples: the provider's key, or while there is none a key that says it is for samples only."""
    path = Path(current_app.config["SIGNING_KEY"])
    if path.exists() or current_app.config["DEMO"]:
        return provider_seal()
    own = path.with_name("sample_key.pem")
    if keep_first_signer(make_signer("Samples only, not a provider", utc_now()), own):
        click.echo(f"There is no signing key, so samples are signed with {own}.", err=True)
    return Seal(read_signer(own))


def present_signer() -> tuple[Path, FileSigner]:
    """Return the key file and its signer, or say why there is none."""
    path = Path(current_app.config["SIGNING_KEY"])
    try:
        return path, read_signer(path)
    except SigningKeyUnusable as error:
        raise click.ClickException(str(error)) from error


def note_key(action: str, signer: FileSigner) -> None:
    """Write into the audit trail what signs from the commit on; a key that is made before the database is not told of."""
    try:
        record_audit(action, f"signing_key:{public_jwk(public_key(signer.chain[0]))['kid']}", None, utc_now())
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        click.echo("There is no database yet, so the audit trail does not tell of this key.", err=True)


def tell_key(path: Path, signer: FileSigner) -> None:
    """Say what signs from now on, and what to do with it."""
    certificate = signer.chain[0]
    click.echo(f"{path} signs for {certificate.subject.rfc4514_string()}")
    click.echo(
        f"Valid until {long_day_words(certificate.not_valid_after_utc)}. Back the file up, where nobody else reads it."
    )


FOR_READING = click.Path(exists=True, dir_okay=False, path_type=Path)


@issuing_commands.command("verify")
@click.argument("file", type=FOR_READING)
@click.option("--issuer", type=FOR_READING, help="The provider's published certificates (PEM).")
@click.option("--key", type=FOR_READING, help="The provider's public key (PEM, JWK or JWKS) instead.")
@click.option("--status", type=FOR_READING, help="The provider's present status list, to see if it was revoked.")
def verify(file: Path, issuer: Path | None, key: Path | None, status: Path | None) -> None:
    """Say whether FILE is a certificate of the provider, unchanged; without a database or a network.

    Exit codes: 0 genuine, 1 altered, 3 not signed by this provider, 4 revoked or replaced by the status list given.
    """
    try:
        issuers = [one for given in (issuer, key) if given for one in read_issuers(given.read_bytes())]
        if issuer is None and key is None:
            issuers = [*issuer_certificates()]
    except (IssuerUnreadable, SigningKeyUnusable) as error:
        raise click.UsageError(str(error)) from error
    if not issuers:
        raise click.UsageError("Give the provider's certificates with --issuer or its key with --key.")
    judgement = judge(file.read_bytes(), issuers, status.read_text("utf-8", "replace") if status else None, utc_now())
    for line in judgement.lines:
        click.echo(line)
    click.get_current_context().exit(judgement.code)


@issuing_commands.command("audit")
@click.option("--checkpoint", type=FOR_READING, multiple=True, help="A checkpoint that was kept elsewhere.")
def audit(checkpoint: tuple[Path, ...]) -> None:
    """Recompute the log, every stored PDF's hash and every state, and name whatever was changed."""
    keys = [public_key(one) for one in issuer_certificates()]
    try:
        witnessed = [read_note(one.read_text("utf-8", "replace"), keys) for one in checkpoint]
    except CheckpointRejected as error:
        raise click.UsageError(str(error)) from error
    log = LogAudit(keys, witnessed)
    found = list(log.problems(logged_rows()))
    found += [f"Entry {number} of the log is about a certificate that is not there." for number in orphaned_entries()]
    counted = 0
    for counted, (kept, leaves) in enumerate(kept_certificates(), 1):  # noqa: B007 - how many they were is told below
        found += certificate_problems(kept, leaves)
    for problem in found:
        click.echo(problem)
    click.echo(f"{counted} certificates and {log.size} log entries were checked; root {log.root.hex()}.")
    if found:
        raise click.ClickException(f"{len(found)} of them are not as they were written.")


@issuing_commands.command("adopt")
def adopt() -> None:
    """Write certificates that were issued before the log began into it, as they stand now. Once, after an upgrade."""
    adopted = adopt_certificates(utc_now())
    db.session.commit()
    click.echo(f"{adopted} certificates were written into the log.")
