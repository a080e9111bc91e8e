"""The only writers of accounts, roles and the audit trail."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_security import hash_password
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from quizbank.accounts.audit import FIRST_HASH, Entry, chained_hash
from quizbank.accounts.models import Account, AuditEntry, Role
from quizbank.accounts.names import printable_name
from quizbank.accounts.roles import PROFESSIONS, ROLES
from quizbank.db import db

AUDIT_LOCK = 7_309_001
"""Number of PostgreSQL's advisory lock that lets one transaction at a time append to the trail."""


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


def change_profile(account: Account, name: str, profession: str, now: datetime) -> None:
    """Change how a person is named on future certificates; issued ones stay as they are."""
    if profession not in PROFESSIONS:
        raise AccountRefused("Choose a profession from the list.")
    account.name = printable_name(name)
    account.profession = profession
    record_audit("account.changed", f"account:{account.id}", account.id, now)


def give_new_password(account: Account, actor_id: int | None, now: datetime) -> str:
    """Replace a lost password by a random one and return it; every session of the account ends."""
    password = secrets.token_urlsafe(12)
    account.password = hash_password(password)
    end_sessions(account)
    record_audit("account.password_given", f"account:{account.id}", actor_id, now)
    return password


def set_active(account: Account, active: bool, actor_id: int, now: datetime) -> None:
    """Open or close an account; closing ends its sessions at once and keeps all its records."""
    account.active = active
    end_sessions(account)
    record_audit("account.opened" if active else "account.closed", f"account:{account.id}", actor_id, now)


def end_sessions(account: Account) -> None:
    """Make every cookie given to this person worthless, on all devices (docs/decisions/0003-sign-out-everywhere.md)."""
    account.fs_uniquifier = secrets.token_hex(32)
    db.session.flush()


def record_audit(action: str, subject: str, actor_id: int | None, now: datetime, **facts: Any) -> None:
    """Append one line to the audit trail, in the same transaction as what it tells of."""
    record_audits(action, [(subject, facts)], actor_id, now)


def record_audits(
    action: str, lines: Iterable[tuple[str, Mapping[str, Any]]], actor_id: int | None, now: datetime
) -> None:
    """Append a line per (subject, facts) to the audit trail: what one action did to many."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": AUDIT_LOCK})
    previous = db.session.scalar(select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)) or FIRST_HASH
    for subject, facts in lines:
        entry = Entry(now, actor_id, action, subject[:120], facts)
        own = chained_hash(previous, entry)
        db.session.add(
            AuditEntry(
                at=now,
                actor_id=actor_id,
                action=action,
                subject=entry.subject,
                facts=dict(facts),
                previous_hash=previous,
                hash=own,
            )
        )
        previous = own
    db.session.flush()
