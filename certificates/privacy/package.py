"""The files of an export: what is held about a person goes in, JSON, CSV and a page that explains them come out."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from certificates.privacy.holdings import FATES, HOLDINGS
from quizbank.spreadsheets import csv_lines

SCHEMA = 1
JSON_NAME, README_NAME = "my-data.json", "README.txt"
CREDITS = (
    "credits.csv",
    "credits",
    ("claim", "activity", "credit_type", "amount", "claimed_at", "attested"),
)
ATTEMPTS = (
    "attempts.csv",
    "attempts",
    ("attempt", "activity", "number", "state", "started_at", "submitted_at", "score", "passed"),
)
Record = Mapping[str, Any]
Held = Mapping[str, Sequence[Record]]
"""What is held, by the names of the holdings."""


def plain(value: object) -> object:
    """Return a value of the database as JSON knows it: times in UTC, decimals as text so that no digit is lost."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def data_json(held: Held, now: datetime) -> bytes:
    """Return everything as one JSON document with a schema number."""
    document = {"schema": SCHEMA, "made_at": plain(now), "held": {name: plain(rows) for name, rows in held.items()}}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", "backslashreplace")


def table_csv(rows: Sequence[Record], columns: Sequence[str]) -> bytes:
    """Return rows as CSV in which no cell can be taken for a formula."""
    lines = csv_lines(columns, [[plain(row.get(column)) for column in columns] for row in rows])
    return "".join(lines).encode("utf-8", "backslashreplace")


def tables(held: Held) -> dict[str, bytes]:
    """Return the tables of an export by file name."""
    return {name: table_csv(held.get(kind, ()), columns) for name, kind, columns in (CREDITS, ATTEMPTS)}


def readme(held: Held, provider: str, now: datetime, missing: Sequence[str]) -> bytes:
    """Return the page that explains the files: what each part holds, what is left out and why, what deletion does."""
    lines = [
        f"What {provider} holds about you, as of {plain(now)} (UTC)",
        "",
        f"{JSON_NAME}: everything, as JSON with schema {SCHEMA}. Times are UTC in ISO 8601, credits are text.",
        f"{CREDITS[0]}, {ATTEMPTS[0]}: the same credits and attempts for a spreadsheet.",
        "answers_in_words in it: every question you were asked, with your answer as you read it then.",
        "wallet/: the files that you uploaded there.",
        "The score of a pre-test is told once an attempt that counts was submitted.",
        "certificates/: your certificates as PDF as they were issued, and as credentials (JWT) for machines.",
        "",
    ]
    lines += [f"Certificate {serial} is not among them: it is not signed yet. Ask again later." for serial in missing]
    for holding in HOLDINGS:
        if not held.get(holding.name):
            continue
        lines += [f"{holding.name} ({len(held[holding.name])}): {holding.holds}"]
        reasons = {why: [name for name, one in holding.hides.items() if one == why] for why in holding.hides.values()}
        lines += [f"  left out: {said(names)} - {why}" for why, names in reasons.items()]
        lines += [f"  when the account is deleted: {FATES[holding.fate]}. {holding.because}"]
    lines += [
        "",
        "Other people are not named: who granted, reviewed or revoked something is told as a role at most.",
        "Your password is not in here; the provider itself only has a hash of it that cannot be turned back.",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "backslashreplace")


def said(names: Sequence[str]) -> str:
    """Return columns that are left out, in words."""
    return "everything else" if "*" in names else ", ".join(names)
