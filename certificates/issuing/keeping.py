"""How long the ZIP of a bundle is kept: its job's state and end go in; whether it can be downloaded comes out."""

import re
from datetime import datetime, timedelta

from quizbank.jobs.rules import DONE, ENDED

BUNDLE = "issuing.bundle"
DAYS_KEPT = 7
WORKING, READY, EXPIRED, GONE, FAILED = "working", "ready", "expired", "gone", "failed"
"""Where a bundle stands. Gone: it should still be there, but someone took it away."""
FILE_NAME = re.compile(r"certificates-(\d{1,18})(?:\.\d+)?\.(?:zip|part)")


def file_name_of(job_id: int) -> str:
    """Return the name of a bundle's file; while it is written it ends with the writer's number and .part."""
    return f"certificates-{job_id}.zip"


def job_id_in(file_name: str) -> int | None:
    """Return which job a file in the folder of bundles belongs to, None when it is no bundle's."""
    named = FILE_NAME.fullmatch(file_name)
    return int(named[1]) if named else None


def kept_until(finished_at: datetime) -> datetime:
    """Return until when a bundle can be downloaded, as often as one likes."""
    return finished_at + timedelta(days=DAYS_KEPT)


def standing(state: str, finished_at: datetime | None, is_there: bool, now: datetime) -> str:
    """Return where a bundle stands; its time decides, not whether its file was cleared already."""
    if state not in ENDED or finished_at is None:
        return WORKING
    if state != DONE:
        return FAILED
    if now >= kept_until(finished_at):
        return EXPIRED
    return READY if is_there else GONE


def may_be_cleared(file_name: str, finished_at: datetime | None, now: datetime) -> bool:
    """Return whether a file is of no use any more: its time is over, or its writer died before it was whole."""
    if finished_at is None:
        return False
    return file_name.endswith(".part") or now >= kept_until(finished_at)
