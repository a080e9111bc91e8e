"""How long things are kept: days and moments go in; until when something may be taken back, is kept or can be downloaded."""

import re
from datetime import date, datetime, timedelta

YEARS_OF_PROOF = 6
"""Providers have to prove credit for six years from the day it was earned or claimed (ACCME, AMA)."""
DAYS_TO_TAKE_BACK = 14
EXPORT_NAME = re.compile(r"export-(\d{1,18})(?:\.\d+)?\.(?:zip|part)")
WRONG_PASSWORDS = 5
"""So many wrong passwords within WRONG_WITHIN are enough to refuse more for a while."""
WRONG_WITHIN = timedelta(minutes=15)

ASKED, TAKEN_BACK, DONE = "asked", "taken back", "done"
"""States of a request to delete an account."""


def due_at(asked_at: datetime) -> datetime:
    """Return when an account is deleted that was asked for now."""
    return asked_at + timedelta(days=DAYS_TO_TAKE_BACK)


def first_provable(today: date) -> date:
    """Return the first day of claims that must be provable today; claims of earlier days are six years old and over."""
    try:
        return today.replace(year=today.year - YEARS_OF_PROOF)
    except ValueError:  # 29 February, six years after a year without one
        return date(today.year - YEARS_OF_PROOF, 3, 1)


def export_name(job_id: int) -> str:
    """Return the file name of an export; while it is written it ends with .part."""
    return f"export-{job_id}.zip"


def export_job_in(file_name: str) -> int | None:
    """Return which job a file in the folder of exports belongs to, None when it is no export."""
    named = EXPORT_NAME.fullmatch(file_name)
    return int(named[1]) if named else None
