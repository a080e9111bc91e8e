"""Runs migrations on the application's own database connection; batch mode lets SQLite alter tables."""

import sqlite3

from alembic import context
from sqlalchemy import Connection

from quizbank.db import db


def run() -> None:
    """Bring the connected database to the revision asked for, all or nothing."""
    with db.engine.connect() as connection:
        watch_foreign_keys(connection, False)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        watch_foreign_keys(connection, True)


def watch_foreign_keys(connection: Connection, on: bool) -> None:
    """Switch SQLite's foreign keys, outside of any transaction.

    A table is altered by copying it and dropping the old one, which would take its rows for deleted
    (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


run()
