"""Runs migrations on the application's own database connection; batch mode lets SQLite alter tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from quizbank.db import db


def run() -> None:
    """Bring the connected database to the revision asked for, all or nothing."""
    with db.engine.connect() as connection, rows_may_wait(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def rows_may_wait(connection: Connection) -> Iterator[None]:
    """Let SQLite replace a table that other rows point to, and make sure afterwards that they all still point somewhere.

    Batch mode copies a table, drops it and renames the copy; with foreign keys enforced the drop fails as soon as there
    are rows (https://www.sqlite.org/lang_altertable.html, "Making other kinds of table schema changes").
    """
    sqlite = connection.connection.dbapi_connection if connection.dialect.name == "sqlite" else None
    if sqlite is None:
        yield
        return
    sqlite.execute("PRAGMA foreign_keys=OFF")  # outside a transaction, where alone it has an effect
    try:
        yield
        if lost := sqlite.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(
                f"Rows point to nothing after the migration: {lost[:5]}. Restore the copy made before it."
            )
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


run()
