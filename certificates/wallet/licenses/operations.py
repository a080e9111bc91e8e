"""The only writers of licenses, their documents and the notices that they expire."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from certificates.wallet.letters import license_letter
from certificates.wallet.licenses.kinds import LicenseFacts
from certificates.wallet.licenses.reminders import ALL_DAYS, step_at
from certificates.wallet.models import License, LicenseDocument, LicenseNotice
from certificates.wallet.queries import bytes_kept, expiring_licenses, licenses_of
from certificates.wallet.uploads import Upload, UploadRefused
from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.post.operations import write_message
from quizbank.post.queries import address_of

MAX_LICENSES = 50
MAX_DOCUMENTS = 20
MAX_KEPT = 300 * 1024**2
"""Bytes of files that one wallet has room for."""


class LicenseRefused(ValueError):
    """The license cannot be kept as given; the message says why."""


def add_license(account_id: int, facts: LicenseFacts, now: datetime) -> License:
    """Keep a license; raises LicenseRefused."""
    if len(licenses_of(account_id)) >= MAX_LICENSES:
        raise LicenseRefused(f"There is room for {MAX_LICENSES} licenses. Delete one that is not needed any more.")
    made = License(account_id=account_id)
    set_license(made, facts, now)
    db.session.add(made)
    db.session.flush()
    record_audit("license.added", f"license:{made.id}", account_id, now, kind=facts.kind)
    return made


def change_license(found: License, facts: LicenseFacts, now: datetime) -> None:
    """Change a license; reminders go by its new last day. Raises LicenseRefused."""
    set_license(found, facts, now)
    db.session.flush()
    record_audit("license.changed", f"license:{found.id}", found.account_id, now, kind=facts.kind)


def set_license(found: License, facts: LicenseFacts, now: datetime) -> None:
    """Set what is kept of a license; raises LicenseRefused."""
    if facts.issued_on and facts.expires_on and facts.expires_on < facts.issued_on:
        raise LicenseRefused("A license cannot expire before it was issued. Check both days.")
    found.kind, found.body, found.number = facts.kind, facts.body, facts.number
    found.issued_on, found.expires_on, found.changed_at = facts.issued_on, facts.expires_on, now


def delete_license(found: License, now: datetime) -> None:
    """Delete a license with its documents, notices and the rules followed for it."""
    number, account_id, kind = found.id, found.account_id, found.kind
    db.session.delete(found)
    db.session.flush()
    record_audit("license.deleted", f"license:{number}", account_id, now, kind=kind)


def add_document(found: License, upload: Upload, now: datetime) -> LicenseDocument:
    """Keep a document of a license; the same file again is the one that is there. Raises UploadRefused."""
    known = next((one for one in found.documents if one.sha256 == upload.sha256), None)
    if known is not None:
        return known
    if len(found.documents) >= MAX_DOCUMENTS:
        raise UploadRefused(f"A license has room for {MAX_DOCUMENTS} documents. Delete one first.")
    require_room(found.account_id, upload)
    made = LicenseDocument(**upload.columns, added_at=now)
    found.documents.append(made)
    db.session.flush()
    record_audit("license.document_added", f"license:{found.id}", found.account_id, now, sha256=upload.sha256)
    return made


def require_room(account_id: int, upload: Upload) -> None:
    """Raise UploadRefused when the wallet is full."""
    if bytes_kept(account_id) + len(upload.content) > MAX_KEPT:
        raise UploadRefused(
            f"Your wallet is full: it has room for {MAX_KEPT // 1024**2} MB of files. Delete some first."
        )


def delete_document(found: License, document: LicenseDocument, now: datetime) -> None:
    """Delete a document of a license."""
    sha256 = document.sha256
    found.documents.remove(document)
    db.session.flush()
    record_audit("license.document_deleted", f"license:{found.id}", found.account_id, now, sha256=sha256)


def write_notices(today: date, now: datetime) -> int:
    """Write the notice of every license that has come to a step of reminding, once, and return how many were new."""
    written = 0
    for found, days_written in expiring_licenses(today):
        step = step_at(found.expires_on, today)
        if step is not None and step not in days_written and note(found, step, now) is not None:
            record_audit("license.reminded", f"license:{found.id}", None, now, days=step)
            tell_holder(found, step, today, now)
            written += 1
    return written


def tell_holder(found: License, step: int, today: date, now: datetime) -> None:
    """Write the message that goes with a notice."""
    if found.expires_on is not None:
        page = address_of(f"/wallet/licenses/{found.id}")
        write_message(found.account_id, license_letter(found.id, found.expires_on, step, today, page), now)


def note(found: License, days: int, now: datetime) -> LicenseNotice | None:
    """Write one notice, None when a twin was faster."""
    try:
        with db.session.begin_nested():
            made = LicenseNotice(license_id=found.id, expires_on=found.expires_on, days=days, written_at=now)
            db.session.add(made)
            db.session.flush()
            return made
    except IntegrityError:
        return None


def dismiss_reminder(found: License, days: int, now: datetime) -> None:
    """Show a reminder no more; the next step of reminding shows again. Raises LicenseRefused."""
    if found.expires_on is None or days not in ALL_DAYS:
        raise LicenseRefused("This license has no such reminder. Reload the page to see how things stand now.")
    notice = next((one for one in found.notices if (one.expires_on, one.days) == (found.expires_on, days)), None)
    if notice is None:
        notice = LicenseNotice(expires_on=found.expires_on, days=days, written_at=now)
        found.notices.append(notice)
    notice.dismissed_at = notice.dismissed_at or now
    db.session.flush()
