"""The only writers of rule files: a text is checked as a whole, and a new version puts it in force."""

import hashlib
from datetime import datetime

from flask import current_app, g
from sqlalchemy.exc import IntegrityError

from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.rulefiles.changes import Change, changes
from quizbank.rulefiles.kinds import DamagedFile, RuleFileKind
from quizbank.rulefiles.models import RuleFileVersion
from quizbank.rulefiles.queries import last_version, rule_file_kinds, text_in_force, texts_in_force

OVERTAKEN = "Somebody else activated a version meanwhile. Compare yours with that one, then decide."


class RuleFileRefused(ValueError):
    """A text cannot rule as asked; the message says why and what to do."""


def check_rule_file(kind: RuleFileKind, text: str) -> list[Change]:
    """Return what a text would change; raises DamagedFile with every problem, those of other files that rest on it too."""
    now = texts_in_force()
    after = kind.read(text, now)
    problems: list[str] = []
    for other in rule_file_kinds():
        if other.name != kind.name:
            problems += problems_of_other(other, now, {**now, kind.name: text})
    if problems:
        raise DamagedFile(*problems)
    return changes(said_now(kind), after)


def problems_of_other(other: RuleFileKind, now: dict[str, str], then: dict[str, str]) -> list[str]:
    """Return what would be wrong with another file once a text is in force, and is not now."""
    try:
        other.read(now[other.name], then)
    except DamagedFile as error:
        try:
            other.read(now[other.name], now)
        except DamagedFile:
            return []
        return [f"{other.title} would not fit any more: {problem}" for problem in error.problems]
    return []


def said_now(kind: RuleFileKind) -> dict[str, object]:
    """Return what the text in force says; nothing when it cannot be read, so that a better one can take its place."""
    try:
        return dict(kind.read(text_in_force(kind), texts_in_force()))
    except DamagedFile:
        return {}


def activate_rule_file(
    kind: RuleFileKind, text: str, note: str, seen: int, actor_id: int, now: datetime
) -> RuleFileVersion:
    """Put a text in force as the next version and return it; raises DamagedFile or RuleFileRefused.

    ``seen`` is the number of the version that the administrator looked at, 0 for none: of two at once the second is told.
    """
    if current_app.config[kind.setting]:
        raise RuleFileRefused(f"The setting {kind.setting} names a file, and that one rules. Empty the setting first.")
    check_rule_file(kind, text)
    last = last_version(kind)
    if seen != (last.number if last else 0):
        raise RuleFileRefused(OVERTAKEN)
    if text == (last.content if last else ""):
        raise RuleFileRefused("This text is in force already. Nothing was changed.")
    sha256 = hash_of(text)
    made = RuleFileVersion(kind=kind.name, number=seen + 1, content=text, sha256=sha256, note=note.strip())
    made.made_at, made.made_by_id = now, actor_id
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError as error:
        raise RuleFileRefused(OVERTAKEN) from error
    g.pop("rule_files", None)
    subject = f"rule_file:{kind.name}"
    record_audit("rule_file.activated", subject, actor_id, now, version=made.number, sha256=sha256, note=made.note)
    return made


def hash_of(text: str) -> str:
    """Return the SHA-256 (hex) of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
