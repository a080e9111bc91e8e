"""Renewal cycles: a day on which one begins and its months go in; the cycle that any day belongs to comes out.

Every day belongs to exactly one cycle. A cycle that begins on a day which its month does not have in some year (29
February, the 31st) begins there on the month's last day, and in other years on its own day again.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Anchor:
    """Where some cycle begins: ``day`` may be one that the month does not have in this year. ``months`` is its length."""

    year: int
    month: int
    day: int
    months: int

    def start(self, number: int) -> date:
        """Return the first day of the cycle that is so many after (or before) the one that begins here."""
        month = self.year * 12 + self.month - 1 + number * self.months
        year, index = divmod(month, 12)
        return date(year, index + 1, min(self.day, monthrange(year, index + 1)[1]))


@dataclass(frozen=True)
class Cycle:
    """A renewal cycle with both its days included. ``number`` counts from that of the anchor."""

    number: int
    start: date
    end: date

    def includes(self, day: date) -> bool:
        """Return whether a day belongs to the cycle."""
        return self.start <= day <= self.end


def anchor_on(day: date, months: int) -> Anchor:
    """Return the anchor of cycles one of which begins on a day."""
    return Anchor(day.year, day.month, day.day, months)


def cycle_number(anchor: Anchor, number: int) -> Cycle:
    """Return the cycle of a number."""
    return Cycle(number, anchor.start(number), anchor.start(number + 1) - ONE_DAY)


def cycle_of(anchor: Anchor, day: date) -> Cycle:
    """Return the cycle that a day belongs to."""
    number = ((day.year - anchor.year) * 12 + day.month - anchor.month) // anchor.months
    found = cycle_number(anchor, number)
    return cycle_number(anchor, number - 1) if day < found.start else found


def months_left(anchor: Anchor, cycle: Cycle, day: date) -> int:
    """Return how many months of a cycle are left on a day of it, the month of that day included."""
    return anchor.months - cycle_of(anchor_on(cycle.start, 1), day).number
