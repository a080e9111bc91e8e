"""Days and moments as people read them: a date, or a moment in some time zone, goes in; words come out."""

from datetime import date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""The language of the pages, whatever the machine's is."""


def day_words(day: date) -> str:
    """Return a day as lists show it: 6 May 2030."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long_day_words(day: date) -> str:
    """Return a day with its month in full, as certificates say it, too: 6 September 2030."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_words(moment: datetime) -> str:
    """Return the time of day with the zone it is told in: 08:08 BST."""
    return f"{moment:%H:%M} {zone_words(moment)}"


def moment_words(moment: datetime) -> str:
    """Return a day with its time: 6 May 2030 08:08 BST."""
    return f"{day_words(moment)} {clock_words(moment)}"


def zone_words(moment: datetime) -> str:
    """Return the short name of a moment's zone, or how far it is from UTC where people have no name for it."""
    name = moment.tzname() or ""
    return name if name.isalpha() else f"UTC{name}"
