"""Reads of the audit trail, and of who is signed in, which every request makes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from flask import g, request
from flask_security import SQLAlchemyUserDatastore, UserMixin
from sqlalchemy import Row, Select, Table, bindparam, func, null, select
from sqlalchemy.orm import aliased, joinedload

from quizbank.accounts.audit import CHECKED, ERASING, FIRST_HASH, Entry, first_broken, is_sealed, sealed
from quizbank.accounts.models import Account, AuditEntry, AuditWords, Role, account_role
from quizbank.accounts.roles import PROFESSIONS
from quizbank.db import db, run

BATCH = 1_000
ACCOUNT, ROLE = cast("Table", Account.__table__), cast("Table", Role.__table__)
OF_PERSON = (*ACCOUNT.c["id", "email", "name", "profession", "active", "fs_uniquifier"], ROLE.c.name.label("role"))
PERSON = (
    select(*OF_PERSON)
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


def read_with_person(query: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> None:
    """Have the statement that reads who is signed in read one row more: a message to the database less in this request.

    ``query`` is PERSON with the columns of that row behind its own; found_beside_person returns them.
    """
    g.read_with_person = (query, values)


def person_of(uniquifier: str) -> Person | None:
    """Return whom a session belongs to, None when it belongs to nobody (any more)."""
    query, values = g.pop("read_with_person", (PERSON, {}))
    rows = [tuple(row) for row in run(query, {"uniquifier": uniquifier, **values})]
    if not rows:
        return None
    account_id, email, name, profession, active, uniquifier, _, *beside = rows[0]
    g.found_beside_person = tuple(beside)
    roles = frozenset(row[len(OF_PERSON) - 1] for row in rows) - {None}
    return Person(account_id, email, name, profession, active, uniquifier, roles)


def found_beside_person() -> tuple[Any, ...]:
    """Return the columns that were read with the person, () when none were. Once: what is read later may differ."""
    return g.pop("found_beside_person", ())


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


NOTHING_CHECKED = TrailCheck(0, None, "")


def check_trail() -> TrailCheck:
    """Recompute the hash chain of the audit trail and the seal of all words that are kept beside it."""
    *_, found = (NOTHING_CHECKED, *check_parts())
    return found


def check_parts() -> Iterator[TrailCheck]:
    """Check the audit trail part by part, and yield after each what was found so far; the last is what holds of all.

    Between two parts the caller may end the transaction: entries that are written meanwhile are checked as well.
    """
    found, last = NOTHING_CHECKED, -1
    while found.broken is None and (rows := readable_rows(CHAINED, last)):
        found = check_part(found, rows, range(last + 1, rows[-1].id + 1))
        last = rows[-1].id
        yield found
    if found.broken is None and (lost := words_without_entry()) is not None:
        yield found._replace(broken=lost)


def check_part(before: TrailCheck, rows: Sequence[Row[*tuple[Any, ...]]], ids: range) -> TrailCheck:
    """Check the entries that follow on what was checked, and all words that belong to one of these ids."""
    chain = [
        (Entry(one.at, one.actor_id, one.action, one.subject, one.facts), one.previous_hash, one.hash) for one in rows
    ]
    seals = {
        (one.id, name): value
        for one in rows
        if isinstance(one.facts, dict)
        for name, value in one.facts.items()
        if is_sealed(value)
    }
    position = first_broken(chain, before.last_hash or FIRST_HASH)
    broken = {rows[position].id} if position is not None else set()
    wrong = min(broken.union(unaccounted(seals, ids)), default=None)
    return TrailCheck(before.entries + len(rows), wrong, rows[-1].hash)


def readable_rows(query: Select[*tuple[Any, ...]], after: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the next rows of a query after an id, in order; one that cannot be read comes as its id alone."""
    following = select(AuditEntry.id).where(AuditEntry.id > after).order_by(AuditEntry.id).limit(BATCH)
    numbers = db.session.scalars(following).all()
    if not numbers:
        return []
    try:
        return db.session.execute(query.where(AuditEntry.id > after, AuditEntry.id <= numbers[-1])).all()
    except (TypeError, ValueError):
        return [readable_row(query, number) for number in numbers]


def readable_row(query: Select[*tuple[Any, ...]], number: int) -> Row[*tuple[Any, ...]]:
    """Return one row, or one with nothing in it but the id when a column holds what was never written there."""
    try:
        return db.session.execute(query.where(AuditEntry.id == number)).one()
    except (TypeError, ValueError):
        empty = [null().label(column.key) for column in query.selected_columns if column.key != "id"]
        return db.session.execute(select(AuditEntry.id, *empty).where(AuditEntry.id == number)).one()


def unaccounted(seals: Mapping[tuple[int, str], str], ids: range) -> Iterator[int]:
    """Yield the ids, of these, of entries whose words were changed, taken away, or erased without an entry that says so."""
    telling = aliased(AuditEntry)
    query = select(AuditWords, telling.action).outerjoin(telling, AuditWords.erased_in_id == telling.id)
    here = query.where(AuditWords.entry_id >= ids.start, AuditWords.entry_id < ids.stop)
    kept = {(words.entry_id, words.name): (words, action) for words, action in db.session.execute(here)}
    yield from (entry_id for entry_id, _ in seals.keys() ^ kept.keys())
    for place, (words, action) in kept.items():
        is_whole = action in ERASING if words.text is None else seals.get(place) == sealed(words.text, words.salt)
        if not is_whole:
            yield words.entry_id


def words_without_entry() -> int | None:
    """Return the id of an entry that is not there although its words are, None when there is no such thing."""
    entry = select(AuditEntry.id).where(AuditEntry.id == AuditWords.entry_id).exists()
    return db.session.scalar(select(func.min(AuditWords.entry_id)).where(~entry))


def last_check() -> AuditEntry | None:
    """Return the entry that tells what the last check of the trail found, None before the first."""
    query = select(AuditEntry).where(AuditEntry.action == CHECKED).options(joinedload(AuditEntry.actor))
    return db.session.scalars(query.order_by(AuditEntry.id.desc()).limit(1)).first()


def entries_in_all() -> int:
    """Return how many entries the audit trail has."""
    return db.session.scalar(select(func.count(AuditEntry.id))) or 0


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
