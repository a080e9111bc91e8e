"""Background work on personal data: writing an export, deleting accounts that are due, erasing old records, clearing up."""

import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from flask import current_app

from certificates.issuing.bundle import file_name
from certificates.issuing.jobs import rendered_entry
from certificates.issuing.models import Certificate
from certificates.issuing.operations import CertificateErased, erase_certificate
from certificates.issuing.queries import stored_file
from certificates.issuing.signing_keys import SigningKeyUnusable
from certificates.issuing.timestamps import StampRefused
from certificates.privacy.models import AccountDeletion
from certificates.privacy.operations import DeletionRefused, delete_account, erase_lines
from certificates.privacy.package import JSON_NAME, README_NAME, data_json, readme, tables
from certificates.privacy.queries import (
    EXPORT,
    certificates_to_pack,
    due_deletions,
    erasable_certificates,
    export_is_over,
    held_about,
    provider_name,
    wallet_files,
)
from certificates.privacy.retention import export_job_in, export_name
from quizbank.accounts.models import Account
from quizbank.db import db
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job
from quizbank.jobs.rules import JobRefused

DELETE, ERASE, CLEAR = "privacy.delete_accounts", "privacy.erase_records", "privacy.clear_exports"
OWNER_ONLY = 0o600


def export_path(job_id: int) -> Path:
    """Return where the ZIP of an export is written."""
    return Path(current_app.config["EXPORT_FOLDER"]) / export_name(job_id)


def export(context: JobContext) -> None:
    """Write the ZIP of everything held about a person; it appears under its name only when it is whole."""
    account_id = db.session.get_one(Job, context.job_id).account_id
    if account_id is None or db.session.get_one(Account, account_id).deleted_at is not None:
        raise JobRefused("The account was deleted.")
    target = export_path(context.job_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                pack(context, archive, account_id)
            file.flush()
            os.fsync(file.fileno())
        context.checkpoint_at_end()
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def pack(context: JobContext, archive: zipfile.ZipFile, account_id: int) -> None:
    """Write everything into an archive: first what the tables hold at one moment, then the certificates."""
    held, now, provider = held_about(account_id), context.now(), provider_name()
    ids = certificates_to_pack(account_id)
    context.let_others_write()
    archive.writestr(JSON_NAME, data_json(held, now))
    for name, content in tables(held).items():
        archive.writestr(name, content)
    for name, content in wallet_files(account_id):
        archive.writestr(f"wallet/{name}", content)
    missing = [words for words in pack_certificates(context, archive, ids) if words]
    archive.writestr(README_NAME, readme(held, provider, now, missing))


def pack_certificates(context: JobContext, archive: zipfile.ZipFile, ids: Sequence[int]) -> list[str]:
    """Write certificates and their credentials into an archive; return the serials of those that cannot be signed yet."""
    missing = []
    for done, certificate_id in enumerate(ids, start=1):
        serial = db.session.get_one(Certificate, certificate_id).serial
        try:
            entry = rendered_entry(certificate_id)
        except CertificateErased:
            continue
        except (SigningKeyUnusable, StampRefused):
            missing.append(serial)
            continue
        name = f"certificates/{file_name(serial, entry.facts.recipient)}"
        archive.writestr(name, entry.pdf, zipfile.ZIP_STORED)
        kept = stored_file(certificate_id)
        if kept and kept.credential:
            archive.writestr(name.removesuffix(".pdf") + ".jwt", kept.credential)
        context.tell("Packing your certificates", done, len(ids))
    return missing


def delete_due(context: JobContext) -> None:
    """Delete the accounts whose time to take it back is over, each in a transaction of its own."""
    ids, refused = due_deletions(context.now()), []
    for done, deletion_id in enumerate(ids, start=1):
        account = db.session.get_one(AccountDeletion, deletion_id).account
        account_id = account.id
        try:
            delete_account(account, context.now(), deletion_id)
        except DeletionRefused as error:
            db.session.rollback()
            refused.append(f"Account {account_id}: {error}")
        context.checkpoint(done, len(ids))
    clear_folder(context.now())
    if refused:
        raise JobRefused(" ".join(refused)[:1_000])
    if not ids:
        context.checkpoint(1, 1)


def erase_due(context: JobContext) -> None:
    """Erase the certificates of deleted accounts that need not be proved any longer; a second time finds nothing to do."""
    erase_lines(context.now())
    ids = erasable_certificates(context.now())
    for done, certificate_id in enumerate(ids, start=1):
        erase_certificate(db.session.get_one(Certificate, certificate_id), context.now())
        context.checkpoint(done, len(ids))
    if not ids:
        context.checkpoint(1, 1)


def clear_exports(context: JobContext) -> None:
    """Delete the exports that are over; a second time finds nothing to do."""
    clear_folder(context.now())
    context.checkpoint(1, 1)


def clear_folder(now: datetime) -> None:
    """Delete exports whose time is over or whose person is gone, and what killed workers left behind."""
    for path in sorted(Path(current_app.config["EXPORT_FOLDER"]).glob("*")):
        job_id = export_job_in(path.name)
        if job_id is not None and export_is_over(job_id, path.name, now):
            path.unlink(missing_ok=True)


privacy_handlers: Mapping[str, Callable[[JobContext], None]] = {
    EXPORT: export,
    DELETE: delete_due,
    ERASE: erase_due,
    CLEAR: clear_exports,
}
privacy_daily = (DELETE, ERASE, CLEAR)
