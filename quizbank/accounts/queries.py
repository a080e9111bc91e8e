"""Reads of the audit trail, and of who is signed in, which every request makes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from flask import request
from flask_security import SQLAlchemyUserDatastore, UserMixin
from sqlalchemy import Row, Select, Table, bindparam, null, select
from sqlalchemy.orm import aliased

from quizbank.accounts.audit import ERASING, Entry, first_broken, is_sealed, sealed
from quizbank.accounts.models import Account, AuditEntry, AuditWords, Role, account_role
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


CHAINED = select(
    *(AuditEntry.id, AuditEntry.at, AuditEntry.actor_id, AuditEntry.action, AuditEntry.subject, AuditEntry.facts),
    *(AuditEntry.previous_hash, AuditEntry.hash),
).order_by(AuditEntry.id)


class TrailCheck(NamedTuple):
    """What checking the audit trail found: how many entries, the id of the first changed one (None = whole), the last hash.

    Whoever keeps the last hash elsewhere can see later that the trail was not cut at its end (``is_continued``).
    """

    entries: int
    broken: int | None
    last_hash: str


def check_trail() -> TrailCheck:
    """Recompute the hash chain of the audit trail and the seal of all words that are kept beside it."""
    ids: list[int] = []
    seals: dict[tuple[int, str], str] = {}
    last_hash = ""

    def chained() -> Iterator[tuple[Entry, str, str]]:
        nonlocal last_hash
        for row in readable_rows(CHAINED):
            ids.append(row.id)
            last_hash = row.hash
            if isinstance(row.facts, dict):
                seals.update({(row.id, name): value for name, value in row.facts.items() if is_sealed(value)})
            yield Entry(row.at, row.actor_id, row.action, row.subject, row.facts), row.previous_hash, row.hash

    broken = first_broken(chained())
    if broken is not None:
        return TrailCheck(len(ids), ids[broken], last_hash)
    return TrailCheck(len(ids), min(unaccounted(seals), default=None), last_hash)


def readable_rows(query: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    """Yield the rows of a query ordered by id, a part in memory at a time; one that cannot be read comes as its id alone."""
    last = -1
    while numbers := db.session.scalars(
        select(AuditEntry.id).where(AuditEntry.id > last).order_by(AuditEntry.id).limit(BATCH)
    ).all():
        part = query.where(AuditEntry.id > last, AuditEntry.id <= numbers[-1])
        last = numbers[-1]
        try:
            yield from db.session.execute(part).all()
        except (TypeError, ValueError):
            for number in numbers:
                yield readable_row(query, number)


def readable_row(query: Select[*tuple[Any, ...]], number: int) -> Row[*tuple[Any, ...]]:
    """Return one row, or one with nothing in it but the id when a column holds what was never written there."""
    try:
        return db.session.execute(query.where(AuditEntry.id == number)).one()
    except (TypeError, ValueError):
        empty = [null().label(column.key) for column in query.selected_columns if column.key != "id"]
        return db.session.execute(select(AuditEntry.id, *empty).where(AuditEntry.id == number)).one()


def unaccounted(seals: Mapping[tuple[int, str], str]) -> Iterator[int]:
    """Yield the ids of entries whose words were changed, taken away, or erased without an entry that says so."""
    telling = aliased(AuditEntry)
    query = select(AuditWords, telling.action).outerjoin(telling, AuditWords.erased_in_id == telling.id)
    kept = {(words.entry_id, words.name): (words, action) for words, action in db.session.execute(query)}
    yield from (entry_id for entry_id, _ in seals.keys() ^ kept.keys())
    for place, (words, action) in kept.items():
        is_whole = action in ERASING if words.text is None else seals.get(place) == sealed(words.text, words.salt)
        if not is_whole:
            yield words.entry_id


def is_continued(last_hash: str) -> bool:
    """Return whether a hash that the check told of earlier is still one of the trail's: nothing before it was cut off."""
    return db.session.scalar(select(AuditEntry.id).where(AuditEntry.hash == last_hash)) is not None


class People(SQLAlchemyUserDatastore):
    """Flask-Security's way to people. Who a session belongs to is looked up on every request, so that is kept quick;

    only Flask-Security's own pages, which check and change passwords, get the account itself.
    """

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | Person | None:
        if wanted.keys() == {"fs_uniquifier"} and request.blueprint != "security":
            return person_of(wanted["fs_uniquifier"])
        return super().find_user(case_insensitive, **wanted)  # type: ignore[return-value]
