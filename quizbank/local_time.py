"""Time where people are: moments of the database (UTC) go in; their day and words in the setting TIME_ZONE come out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from flask import current_app

from quizbank.time_words import clock_words, day_words, long_day_words, moment_words


def local_time(moment: datetime) -> datetime:
    """Return the same moment in the time zone of the settings."""
    return moment.astimezone(current_app.config["TIME_ZONE"])


def local_date(moment: datetime) -> date:
    """Return the calendar day it is here at a moment; every rule that counts in days goes by it."""
    return local_time(moment).date()


def day_start(day: date) -> datetime:
    """Return the moment a calendar day begins here."""
    return datetime.combine(day, time.min, current_app.config["TIME_ZONE"])


def day_end(day: date) -> datetime:
    """Return the moment a calendar day ends here, which is the first one of the next."""
    return day_start(day + timedelta(days=1))


def last_day(end: datetime) -> date:
    """Return the last calendar day before a moment at which something ends."""
    return local_date(end - timedelta(microseconds=1))


def as_local(value: date) -> date:
    """Return a moment in local time; a plain day is the same everywhere."""
    return local_time(value) if isinstance(value, datetime) else value


time_filters: Mapping[str, Callable[..., str]] = {
    "day": lambda value: day_words(as_local(value)),
    "long_day": lambda value: long_day_words(as_local(value)),
    "last_day": lambda value: long_day_words(last_day(value)),
    "moment": lambda value: moment_words(local_time(value)),
    "clock": lambda value: clock_words(local_time(value)),
}
"""What templates show days and moments with."""
