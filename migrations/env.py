"""Runs migrations on the application's own database connection; batch mode lets SQLite alter tables."""

from alembic import context

from quizbank.db import db


def run() -> None:
    """Bring the connected database to the revision asked for, all or nothing."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
