"""Reads of people that every request makes."""

from typing import Any

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from quizbank.accounts.models import Account

SIGNED_IN = select(Account).options(joinedload(Account.roles)).where(Account.fs_uniquifier == bindparam("uniquifier"))
"""Built once: composing it again takes as long as running it."""


class People(SQLAlchemyUserDatastore):
    """Flask-Security's way to people; who a session belongs to is looked up on every request, so that is kept quick."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | None:
        if set(wanted) == {"fs_uniquifier"} and not case_insensitive:
            found: Account | None = self.db.session.scalar(SIGNED_IN, {"uniquifier": wanted["fs_uniquifier"]})
            return found
        return super().find_user(case_insensitive, **wanted)  # type: ignore[return-value]
