"""The database session, constraint names, UTC times, and the SQLite settings that make parallel writing safe."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DDL, JSON, CursorResult, DateTime, Dialect, Executable, MetaData, PoolProxiedConnection, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_ID = 2**31 - 1
"""No row can have a larger id: PostgreSQL counts so far."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """Base of every row."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Model)

Json = JSON().with_variant(JSONB(), "postgresql")
"""JSON column; what is inside belongs to the dataclass that reads it."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps no zone, so it is stored without and given back with UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("Times need a zone; use utc_now().")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


REFUSING = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'Rows of %% are only ever added, never changed or deleted.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""
event.listen(Model.metadata, "before_create", DDL(REFUSING).execute_if(dialect="postgresql"))


def only_added(model: type[Model], unless: str = "") -> None:
    """Have both databases refuse, in words, that a row is changed or deleted; a change may pass ``unless`` it is another.

    For tables that nothing ever changes, not even the deletion of an account: docs/decisions/0042-rule-files.md.
    """
    name, table = model.__tablename__, model.__table__
    words = f"Rows of {name} are only ever added, never changed or deleted."
    for act in ("UPDATE", "DELETE"):
        when = f"WHEN (NOT ({unless})) " if unless and act == "UPDATE" else ""
        head = f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {name} FOR EACH ROW {when}"
        sqlite, postgresql = (
            f"{head}BEGIN SELECT RAISE(ABORT, '{words}'); END",
            f"{head}EXECUTE FUNCTION refuse_change()",
        )
        event.listen(table, "after_create", DDL(sqlite).execute_if(dialect="sqlite"))
        event.listen(table, "after_create", DDL(postgresql).execute_if(dialect="postgresql"))
    emptied = f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION refuse_change()"
    event.listen(table, "after_create", DDL(emptied).execute_if(dialect="postgresql"))


def run(statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
    """Run a statement over tables and columns in the session's transaction and return its result.

    For what every page and save asks: it passes by what the session does for rows, which takes a third of such a
    statement's time. Rows that wait in the session are not written first.
    """
    return db.session.connection().execute(statement, values)


def utc_now() -> datetime:
    """Return the present moment with its zone; operations take it as an argument."""
    return datetime.now(UTC)


def may_write() -> bool:
    """Return whether the work at hand may write: every command and job, and requests with an unsafe method.

    A safe request that must leave a trace all the same (a refusal for the audit trail) sets ``g.writing`` first; a
    sign-in clears it while the password is checked, so that nobody waits for that.
    """
    return not has_request_context() or bool(g.get("writing", request.method not in SAFE_METHODS))


class Sqlite(SQLiteDialect_pysqlite):
    """SQLite with a write-ahead log, patience, foreign keys and full durability, where BEGIN is ours.

    SQLAlchemy's events could do the same, but one listener has it prepare every event of every statement.
    """

    supports_statement_cache = True

    def on_connect(self) -> Callable[[Any], None]:
        prepare = super().on_connect()

        def connected(connection: Any) -> None:
            prepare(connection)
            connection.isolation_level = None
            for pragma in ("busy_timeout=30000", "journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")

        return connected

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Take the write lock at BEGIN when the transaction may write.

        A transaction that reads first and asks for the lock later fails with "database is locked" however long
        busy_timeout is; docs/decisions/0002-sqlite-begin-immediate.md has the figures.
        """
        dbapi_connection.cursor().execute("BEGIN IMMEDIATE" if may_write() else "BEGIN")


for name in ("sqlite", "sqlite.pysqlite"):
    registry.register(name, __name__, Sqlite.__name__)
