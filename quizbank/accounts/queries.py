"""Reads of the audit trail, and of who is signed in, which every request makes."""

from collections.abc import Iterator
from typing import Any

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from quizbank.accounts.audit import Entry, first_broken
from quizbank.accounts.models import Account, AuditEntry
from quizbank.db import db

BATCH = 1_000
SIGNED_IN = select(Account).options(joinedload(Account.roles)).where(Account.fs_uniquifier == bindparam("uniquifier"))
"""Built once: composing it again takes as long as running it."""


def check_trail() -> tuple[int, int | None]:
    """Recompute the hash chain; return how many entries there are, and the id of the first changed one (None = whole)."""
    columns = (AuditEntry.id, AuditEntry.at, AuditEntry.actor_id, AuditEntry.action, AuditEntry.subject)
    query = select(*columns, AuditEntry.facts, AuditEntry.previous_hash, AuditEntry.hash).order_by(AuditEntry.id)
    ids: list[int] = []

    def chained() -> Iterator[tuple[Entry, str, str]]:
        for row in db.session.execute(query).yield_per(BATCH):
            ids.append(row.id)
            yield Entry(row.at, row.actor_id, row.action, row.subject, row.facts), row.previous_hash, row.hash

    broken = first_broken(chained())
    return len(ids), None if broken is None else ids[broken]


class People(SQLAlchemyUserDatastore):
    """Flask-Security's way to people; who a session belongs to is looked up on every request, so that is kept quick."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | None:
        if set(wanted) == {"fs_uniquifier"} and not case_insensitive:
            found: Account | None = self.db.session.scalar(SIGNED_IN, {"uniquifier": wanted["fs_uniquifier"]})
            return found
        return super().find_user(case_insensitive, **wanted)  # type: ignore[return-value]
