"""Reads of the audit trail, and of who is signed in, which every request makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from flask import request
from flask_security import SQLAlchemyUserDatastore, UserMixin
from sqlalchemy import Table, bindparam, select

from quizbank.accounts.audit import Entry, first_broken
from quizbank.accounts.models import Account, AuditEntry, Role, account_role
from quizbank.accounts.roles import PROFESSIONS
from quizbank.db import db, run

BATCH = 1_000
ACCOUNT, ROLE = cast("Table", Account.__table__), cast("Table", Role.__table__)
PERSON = (
    select(*ACCOUNT.c["id", "email", "name", "profession", "active", "fs_uniquifier"], ROLE.c.name.label("role"))
    .select_from(ACCOUNT.outerjoin(account_role).outerjoin(ROLE))
    .where(ACCOUNT.c.fs_uniquifier == bindparam("uniquifier"))
)
"""Built once: composing it again takes as long as running it."""


@dataclass(frozen=True, eq=False)
class Person(UserMixin):
    """Who is signed in, as pages need it: plain values, read anew for every request. ``roles`` are names."""

    id: int
    email: str
    name: str
    profession: str
    active: bool
    fs_uniquifier: str
    roles: frozenset[str]  # type: ignore[assignment]  # the mixin says RoleMixin

    @property
    def profession_label(self) -> str:
        """Return the profession in words."""
        return PROFESSIONS.get(self.profession, self.profession)

    def has_role(self, role: str) -> bool:  # type: ignore[override]
        """Return whether the person has a role."""
        return role in self.roles


def person_of(uniquifier: str) -> Person | None:
    """Return whom a session belongs to, None when it belongs to nobody (any more)."""
    rows = run(PERSON, {"uniquifier": uniquifier}).all()
    if not rows:
        return None
    one = rows[0]
    roles = frozenset(row.role for row in rows if row.role)
    return Person(one.id, one.email, one.name, one.profession, one.active, one.fs_uniquifier, roles)


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
    """Flask-Security's way to people. Who a session belongs to is looked up on every request, so that is kept quick;

    only Flask-Security's own pages, which check and change passwords, get the account itself.
    """

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | Person | None:
        if wanted.keys() == {"fs_uniquifier"} and request.blueprint != "security":
            return person_of(wanted["fs_uniquifier"])
        return super().find_user(case_insensitive, **wanted)  # type: ignore[return-value]
