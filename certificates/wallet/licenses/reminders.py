"""Reminders before a license expires: its last day and today go in; how urgent it is comes out."""

from dataclasses import dataclass
from datetime import date

DAYS = (7, 30, 90)
"""Days before its end at which the holder of a license is reminded, the most urgent first."""
EXPIRED = 0
ALL_DAYS = (EXPIRED, *DAYS)


@dataclass(frozen=True)
class Reminder:
    """That a license expires. ``days`` is the step of reminding it is at: 90, 30, 7, or 0 once it has expired."""

    license_id: int
    label: str
    expires_on: date
    days: int
    left: int

    @property
    def tone(self) -> str:
        """Return how urgent it is, as a tone of pages."""
        return "bad" if self.days == EXPIRED or self.days == DAYS[0] else "caution"

    @property
    def words(self) -> str:
        """Return what is said about it."""
        return left_words(self.left)


def step_at(expires_on: date | None, today: date) -> int | None:
    """Return the step of reminding that a license is at, None while there is nothing to say. Its last day is its own."""
    if expires_on is None:
        return None
    left = (expires_on - today).days
    if left < 0:
        return EXPIRED
    return next((days for days in DAYS if left <= days), None)


def left_words(left: int) -> str:
    """Return how long a license has left, in words."""
    if left < -1:
        return f"expired {-left} days ago"
    if left == -1:
        return "expired yesterday"
    return {0: "expires today", 1: "expires tomorrow"}.get(left, f"expires in {left} days")
