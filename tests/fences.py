"""Lets a test change what the database refuses to change, as somebody would who has the database itself."""

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session, scoped_session


def lift_fences(by: Connection | Session | scoped_session[Session]) -> None:
    """Take the triggers away that refuse changes: until the end of the transaction, on SQLite for good."""
    bind = by if isinstance(by, Connection) else by.connection()
    if bind.dialect.name == "postgresql":
        by.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for name in by.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
        by.execute(text(f"DROP TRIGGER {name}"))
