"""Reads of rule files: which text is in force, and its versions."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quizbank.db import db
from quizbank.rulefiles.kinds import DamagedFile, RuleFileKind
from quizbank.rulefiles.models import RuleFileVersion


def text_in_force(kind: RuleFileKind) -> str:
    """Return the text that rules now: that of the file a setting names, else of the last version, else none.

    Asked for many times while one page is made, so it is read once for each.
    """
    if path := str(current_app.config[kind.setting] or ""):
        return text_of(path)
    kept: dict[str, str] = g.setdefault("rule_files", {})
    if kind.name not in kept:
        query = select(RuleFileVersion.content).where(RuleFileVersion.kind == kind.name)
        kept[kind.name] = db.session.scalar(query.order_by(RuleFileVersion.number.desc()).limit(1)) or ""
    return kept[kind.name]


@cache
def text_of(path: str) -> str:
    """Return the text of a file that a setting names, as it was at the start; raises DamagedFile."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedFile(f"The file {path} cannot be read: {error}.") from error


def rule_file_kinds() -> tuple[RuleFileKind, ...]:
    """Return the kinds of rule files that the features of the platform read."""
    kinds: tuple[RuleFileKind, ...] = current_app.extensions["rule_files"]
    return kinds


def texts_in_force() -> dict[str, str]:
    """Return the text in force of every kind."""
    return {kind.name: text_in_force(kind) for kind in rule_file_kinds()}


def versions_of(kind: RuleFileKind) -> Sequence[RuleFileVersion]:
    """Return every version of a kind, the last first."""
    query = (
        select(RuleFileVersion).where(RuleFileVersion.kind == kind.name).options(joinedload(RuleFileVersion.made_by))
    )
    return db.session.scalars(query.order_by(RuleFileVersion.number.desc())).all()


def last_version(kind: RuleFileKind) -> RuleFileVersion | None:
    """Return the last version of a kind, None before the first."""
    query = select(RuleFileVersion).where(RuleFileVersion.kind == kind.name)
    return db.session.scalars(query.order_by(RuleFileVersion.number.desc()).limit(1)).first()


def version_numbered(kind: RuleFileKind, number: int) -> RuleFileVersion | None:
    """Return a version of a kind by its number, None when there is none."""
    query = select(RuleFileVersion).where(RuleFileVersion.kind == kind.name, RuleFileVersion.number == number)
    return db.session.scalar(query)
