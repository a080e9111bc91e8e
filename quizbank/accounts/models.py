"""Rows of people, their roles and the audit trail."""

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.audit import is_sealed
from quizbank.accounts.roles import PROFESSIONS
from quizbank.db import Json, Model, UtcDateTime, db, only_added

account_role = Table(
    "account_role",
    db.metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Model, RoleMixin):
    """A named set of pages a person may enter."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class Account(Model, UserMixin):
    """A person who can sign in. ``email`` is stored in its normalised form; ``name`` is printed on certificates.

    ``deleted_at`` tells when the account was deleted: the row stays under a pseudonym, for what refers to it.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("deleted_at IS NULL OR NOT active", name="deleted_closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(200))
    profession: Mapped[str] = mapped_column(String(40))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # the mixin says RoleMixin
        secondary=account_role, lazy="selectin", order_by=Role.id
    )

    @property
    def profession_label(self) -> str:
        """Return the profession in words."""
        return PROFESSIONS.get(self.profession, self.profession)


class AuditEntry(Model):
    """One line of the audit trail; insert-only, each chained to the one before by its hash.

    ``facts`` are as they are chained, with seals in place of words that people typed.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    actor: Mapped[Account | None] = relationship()
    words: Mapped[list["AuditWords"]] = relationship(
        foreign_keys="AuditWords.entry_id", order_by="AuditWords.name", lazy="selectin"
    )

    @property
    def told(self) -> dict[str, Any]:
        """Return the facts as people read them: the words themselves, or that they were erased."""
        words = {one.name: "(erased)" if one.text is None else one.text for one in self.words}
        return {name: words.get(name, value) if is_sealed(value) else value for name, value in self.facts.items()}


class AuditWords(Model):
    """Words that stand sealed in an entry. They can be erased, by an entry that says so, and never changed."""

    __tablename__ = "audit_words"
    __table_args__ = (CheckConstraint("(text IS NULL) = (erased_in_id IS NOT NULL)", name="erasure_told"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str | None] = mapped_column(Text)
    erased_in_id: Mapped[int | None] = mapped_column(ForeignKey("audit_entry.id"))


ERASED_ALONE = """
OLD.entry_id = NEW.entry_id AND OLD.name = NEW.name AND OLD.salt = NEW.salt
AND OLD.text IS NOT NULL AND NEW.text IS NULL AND NEW.erased_in_id IS NOT NULL
"""
only_added(AuditEntry)
only_added(AuditWords, unless=ERASED_ALONE)
