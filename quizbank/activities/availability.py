"""When an activity can be started and its credit claimed: its state and dates go in, a reason in words (or None) out."""

from dataclasses import dataclass
from datetime import date, timedelta

from quizbank.time_words import long_day_words

DRAFT = "draft"
PUBLISHED = "published"
CLOSED = "closed"
WARNING_DAYS = (30, 90)
"""So many days before expiry those who keep activities are warned, urgently and in time."""


@dataclass(frozen=True)
class Term:
    """The state of an activity and the days from release to expiry, both included."""

    state: str
    released_on: date | None
    expires_on: date | None


def closed_because(term: Term, today: date) -> str | None:
    """Return why the activity cannot be started today, None when it can (ACCME: no start after expiry)."""
    if term.state == CLOSED:
        return "This activity has been closed, so it cannot be started any more."
    if term.state != PUBLISHED or term.released_on is None or term.expires_on is None:
        return "This activity has not been published yet."
    if today < term.released_on:
        return f"This activity opens on {long_day_words(term.released_on)}."
    if today > term.expires_on:
        return f"This activity expired on {long_day_words(term.expires_on)}: nothing can be started after that day."
    return None


def unclaimable_because(term: Term, today: date) -> str | None:
    """Return why credit cannot be claimed today, None when it can: until expiry, also after the activity was closed."""
    if term.expires_on is None or today > term.expires_on:
        return "This activity has expired, so its credit can no longer be claimed."
    return None


def warning_step(term: Term, today: date) -> int | None:
    """Return the step of warning that an activity is at before its expiry, None while there is nothing to say."""
    if term.state != PUBLISHED or term.expires_on is None:
        return None
    left = (term.expires_on - today).days
    return next((days for days in WARNING_DAYS if 0 <= left <= days), None)


def expiry_warning(term: Term, today: date) -> tuple[str, str] | None:
    """Return (words, tone) about an expiry that is near, None when there is none or nobody can start it anyway."""
    if (
        term.state != PUBLISHED
        or term.expires_on is None
        or term.expires_on > today + timedelta(days=max(WARNING_DAYS))
    ):
        return None
    left = (term.expires_on - today).days
    if left < 0:
        return "Expired", "neutral"
    tone = "bad" if left <= min(WARNING_DAYS) else "caution"
    words = {0: "Expires today", 1: "Expires tomorrow"}
    return words.get(left, f"Expires in {left} days"), tone
