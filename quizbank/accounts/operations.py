"""The only writers of accounts, roles and the audit trail."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_security import hash_password
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from quizbank.accounts.audit import FIRST_HASH, FREE_TEXTS, Entry, chained_hash, sealed
from quizbank.accounts.models import Account, AuditEntry, AuditWords, Role
from quizbank.accounts.names import printable_name
from quizbank.accounts.roles import PROFESSIONS, ROLES
from quizbank.db import db

AUDIT_LOCK = 7_309_001
"""Number of PostgreSQL's advisory lock that lets one transaction at a time append to the trail."""
AT_ONCE = 500
"""Subjects named in one statement."""


class AccountRefused(ValueError):
    """The account cannot be made or changed as asked; the message says why."""


def normalise_email(email: str) -> str:
    """Return the one form in which an address is stored; raises AccountRefused."""
    try:
        found = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise AccountRefused(f"This is not an e-mail address: {error}") from error
    return found.normalized.casefold()


def create_account(
    email: str, name: str, profession: str, roles: Sequence[str], now: datetime, actor_id: int | None = None
) -> tuple[Account, str]:
    """Create a person with a random first password and return both; raises AccountRefused or a ValueError of the name."""
    email = normalise_email(email)
    if profession not in PROFESSIONS or not roles or not set(roles) <= set(ROLES):
        raise AccountRefused("Choose a profession and at least one role from the lists.")
    if db.session.scalar(select(Account.id).where(Account.email == email)):
        raise AccountRefused(f"There is an account for {email} already.")
    password = secrets.token_urlsafe(12)
    account = Account(
        email=email,
        name=printable_name(name),
        profession=profession,
        password=hash_password(password),
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        created_at=now,
        roles=[ensure_role(role) for role in ROLES if role in roles],
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        raise AccountRefused(f"There is an account for {email} already.") from None
    record_audit("account.created", f"account:{account.id}", actor_id, now, roles=sorted(roles))
    return account, password


def ensure_role(name: str) -> Role:
    """Return the row of a role, made on first use."""
    query = select(Role).where(Role.name == name)
    if role := db.session.scalar(query):
        return role
    with suppress(IntegrityError), db.session.begin_nested():  # another request may be faster; its row is the role
        db.session.add(Role(name=name))
    return db.session.scalars(query).one()


def lock_person(account_id: int) -> None:
    """Make other changes of what is this person's wait for this transaction (SQLite has one writer at a time anyway)."""
    db.session.execute(select(Account.id).where(Account.id == account_id).with_for_update(key_share=True))


def require_kept(account: Account) -> None:
    """Raise AccountRefused for an account that was deleted; what is kept of it belongs to nobody any more."""
    db.session.refresh(account, with_for_update=True)
    if account.deleted_at is not None:
        raise AccountRefused("This account was deleted. If the person comes back, add them as somebody new.")


def change_profile(account: Account, name: str, profession: str, now: datetime) -> None:
    """Change how a person is named on future certificates; issued ones stay as they are."""
    require_kept(account)
    if profession not in PROFESSIONS:
        raise AccountRefused("Choose a profession from the list.")
    account.name = printable_name(name)
    account.profession = profession
    record_audit("account.changed", f"account:{account.id}", account.id, now)


def give_new_password(account: Account, actor_id: int | None, now: datetime) -> str:
    """Replace a lost password by a random one and return it; every session of the account ends."""
    require_kept(account)
    password = secrets.token_urlsafe(12)
    account.password = hash_password(password)
    end_sessions(account)
    record_audit("account.password_given", f"account:{account.id}", actor_id, now)
    return password


def set_active(account: Account, active: bool, actor_id: int, now: datetime) -> None:
    """Open or close an account; closing ends its sessions at once and keeps all its records."""
    require_kept(account)
    account.active = active
    end_sessions(account)
    record_audit("account.opened" if active else "account.closed", f"account:{account.id}", actor_id, now)


def pseudonymise_account(account: Account, profession: str, now: datetime) -> None:
    """Take everything that names a person out of an account; nobody signs in to it again, and its address is free.

    ``profession`` is what stays told of it. Part of a deletion, which writes the line of the audit trail.
    """
    account.name = f"Former member {account.id}"
    account.email = f"former-member-{account.id}@deleted.invalid"  # no address that anybody can have (RFC 2606)
    account.password = hash_password(secrets.token_urlsafe(32))
    account.profession = profession
    account.roles = []
    account.active = False
    account.deleted_at = now
    end_sessions(account)


def end_sessions(account: Account) -> None:
    """Make every cookie given to this person worthless, on all devices (docs/decisions/0003-sign-out-everywhere.md)."""
    account.fs_uniquifier = secrets.token_hex(32)
    db.session.flush()


def record_audit(action: str, subject: str, actor_id: int | None, now: datetime, **facts: Any) -> AuditEntry:
    """Append one line to the audit trail, in the same transaction as what it tells of.

    Words that people typed belong under the names in FREE_TEXTS: they are sealed, so that they can be erased.
    """
    return record_audits(action, [(subject, facts)], actor_id, now)[0]


def record_audits(
    action: str, lines: Iterable[tuple[str, Mapping[str, Any]]], actor_id: int | None, now: datetime
) -> list[AuditEntry]:
    """Append a line per (subject, facts) to the audit trail: what one action did to many."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": AUDIT_LOCK})
    previous = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or FIRST_HASH
    written = []
    for subject, facts in lines:
        words = sealed_words(facts)
        kept = {**facts, **{one.name: sealed(one.text or "", one.salt) for one in words}}
        entry = Entry(now, actor_id, action, subject[:120], kept)
        own = chained_hash(previous, entry)
        chained = {"at": now, "actor_id": actor_id, "action": action, "subject": entry.subject, "facts": kept}
        written.append(AuditEntry(**chained, previous_hash=previous, hash=own, words=words))
        previous = own
    db.session.add_all(written)
    db.session.flush()
    return written


def sealed_words(facts: Mapping[str, Any]) -> list[AuditWords]:
    """Return the words among the facts of a line, each with a salt of its own."""
    typed = {name: text for name, text in facts.items() if name in FREE_TEXTS and isinstance(text, str) and text}
    return [AuditWords(name=name, salt=secrets.token_hex(16), text=text) for name, text in sorted(typed.items())]


def erase_words(subjects: Collection[str], told_in: AuditEntry) -> None:
    """Erase what people typed in the lines about these subjects; ``told_in`` is the line that accounts for it."""
    listed = sorted(subjects)
    for start in range(0, len(listed), AT_ONCE):
        lines = select(AuditEntry.id).where(AuditEntry.subject.in_(listed[start : start + AT_ONCE]))
        spoken = update(AuditWords).where(AuditWords.entry_id.in_(lines), AuditWords.entry_id != told_in.id)
        kept = spoken.where(AuditWords.text.is_not(None))
        db.session.execute(kept.values(text=None, erased_in_id=told_in.id))
