"""A subscription's events go in; how it stands at a moment, and whether it is in force then, comes out.

Every event says how the subscription stands from then on, so the last one counts. A payment provider's messages come in
any order and are put in the order of their own times; a subscription that has been canceled comes back only by a grant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

TRIALING = "trialing"
ACTIVE = "active"
PAST_DUE = "past_due"
CANCELED = "canceled"
STATES = (TRIALING, ACTIVE, PAST_DUE, CANCELED)
ENDED = "ended"
"""What a subscription is that ran out: no state of its own, only a moment that has passed."""
ENDING = "ending"

GRANTED = "granted"
EXTENDED = "extended"
CANCEL_ASKED = "cancel asked"
RESUMED = "resumed"
CANCELED_NOW = "canceled"
OPENED = "opened"
REPORTED = "reported"
"""Kinds of events; the last two are a payment provider's."""

WORDS = {
    TRIALING: ("In trial", "accent"),
    ACTIVE: ("In force", "good"),
    ENDING: ("Ends, not renewed", "caution"),
    PAST_DUE: ("Payment overdue", "caution"),
    ENDED: ("Ended", "neutral"),
    CANCELED: ("Canceled", "neutral"),
}
"""How a subscription stands, in words, with the tone of its badge."""
STANDINGS = [("in_force", "In force, all"), *((word, label) for word, (label, _) in WORDS.items())]
"""What a list of subscriptions can be filtered by."""

GRACE = timedelta(days=14)
"""How long a plan stays in force after a payment failed."""


class ChangeRefused(ValueError):
    """The subscription cannot be changed so; the message says why and what to do."""


@dataclass(frozen=True)
class Event:
    """How a subscription stands from ``at`` on. ``until`` is the moment its paid or granted time runs out."""

    at: datetime
    kind: str
    plan: str
    state: str
    until: datetime
    cancels_at_end: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """How a subscription stands. ``ends_at`` is the first moment at which it is not in force any more."""

    plan: str
    state: str
    until: datetime
    cancels_at_end: bool
    past_due_since: datetime | None
    ends_at: datetime

    def is_in_force(self, now: datetime) -> bool:
        """Return whether the plan may be used at a moment."""
        return now < self.ends_at

    def word(self, now: datetime) -> str:
        """Return what people call it: one of STATES, ENDING (to be canceled) or ENDED."""
        if self.state == CANCELED:
            return CANCELED
        if not self.is_in_force(now):
            return CANCELED if self.cancels_at_end else ENDED
        return ENDING if self.cancels_at_end and self.state != PAST_DUE else self.state


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return events, given as they were written, in the order in which they happened.

    What people do happens in the order it is written, whatever the clock says. A provider's messages go by its own
    clock, which counts seconds: within one, the opening comes first and the rest as they arrived.
    """
    given = list(events)
    if not any(event.kind in (OPENED, REPORTED) for event in given):
        return given
    return sorted(given, key=lambda event: (event.at, event.kind != OPENED))


def advance(standing: Standing | None, event: Event) -> Standing:
    """Return how a subscription stands after one more event."""
    if standing is not None and standing.state == CANCELED and event.kind != GRANTED:
        return standing
    since = None
    if event.state == PAST_DUE:
        since = standing.past_due_since if standing and standing.past_due_since else event.at
    ends_at = end_of(event, since)
    return Standing(event.plan, event.state, event.until, event.cancels_at_end, since, ends_at)


def end_of(event: Event, past_due_since: datetime | None) -> datetime:
    """Return when a subscription stops to be in force if nothing else happens."""
    if event.state == CANCELED:
        return event.at
    if past_due_since is None:
        return event.until
    return min(event.until, past_due_since + GRACE) if event.cancels_at_end else past_due_since + GRACE


def standing_at(events: Iterable[Event], moment: datetime) -> Standing | None:
    """Return how a subscription stood at a moment, by what had happened until then; None before its first event."""
    until_then = [event for event in events if event.at <= moment]
    return latest(until_then) if until_then else None


def was_in_force(events: Iterable[Event], moment: datetime) -> bool:
    """Return whether a subscription was in force at a moment."""
    standing = standing_at(events, moment)
    return standing is not None and standing.is_in_force(moment)


def latest(events: Iterable[Event]) -> Standing:
    """Return how a subscription stands after all its events; there is at least one."""
    first, *others = in_order(events)
    standing = advance(None, first)
    for event in others:
        standing = advance(standing, event)
    return standing


def changed(standing: Standing, kind: str, now: datetime, until: datetime | None = None, reason: str = "") -> Event:
    """Return the event of a change by a person; raises ChangeRefused for what makes no sense now."""
    same = Event(now, kind, standing.plan, standing.state, until or standing.until, standing.cancels_at_end, reason)
    if standing.state == CANCELED or (kind != EXTENDED and not standing.is_in_force(now)):
        raise ChangeRefused("This plan has ended already. Grant it anew instead.")
    if kind == CANCEL_ASKED:
        return replace(same, cancels_at_end=True)
    if kind == RESUMED:
        return replace(same, cancels_at_end=False)
    if kind == CANCELED_NOW:
        return replace(same, state=CANCELED)
    if until is None or until <= now:
        raise ChangeRefused("Choose a day that has not passed.")
    return replace(same, cancels_at_end=False)
