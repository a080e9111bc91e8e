"""Reads of the audit trail."""

from collections.abc import Iterator

from sqlalchemy import select

from quizbank.accounts.audit import Entry, first_broken
from quizbank.accounts.models import AuditEntry
from quizbank.db import db

BATCH = 1_000


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
