"""Subscriptions by their events: every state and every question, in tables."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from quizbank.plans.subscription import (
    ACTIVE,
    CANCEL_ASKED,
    CANCELED,
    CANCELED_NOW,
    EXTENDED,
    GRACE,
    GRANTED,
    OPENED,
    PAST_DUE,
    REPORTED,
    RESUMED,
    TRIALING,
    ChangeRefused,
    Event,
    advance,
    changed,
    latest,
    standing_at,
    was_in_force,
)
from tests.clock import FIXED_NOW

DAY = timedelta(days=1)
UNTIL = FIXED_NOW + 30 * DAY
START = Event(FIXED_NOW, GRANTED, "small", ACTIVE, UNTIL)


def at(days: float, **changes: object) -> Event:
    """Return the granted event, so many days later and changed."""
    return replace(START, at=FIXED_NOW + days * DAY, **changes)  # type: ignore[arg-type]


HISTORIES: dict[str, list[Event]] = {
    "active": [START],
    "trialing": [at(0, state=TRIALING)],
    "past due": [START, at(10, kind=REPORTED, state=PAST_DUE)],
    "past due, reported again": [
        START, at(10, kind=REPORTED, state=PAST_DUE), at(20, kind=REPORTED, state=PAST_DUE)],
    "past due, then paid": [
        START, at(10, kind=REPORTED, state=PAST_DUE), at(12, kind=REPORTED, until=UNTIL + 30 * DAY)],
    "past due and not renewed": [START, at(20, kind=REPORTED, state=PAST_DUE, cancels_at_end=True)],
    "canceled": [START, at(10, kind=CANCELED_NOW, state=CANCELED)],
    "cancel at period end": [START, at(10, kind=CANCEL_ASKED, cancels_at_end=True)],
    "resumed": [START, at(10, kind=CANCEL_ASKED, cancels_at_end=True), at(11, kind=RESUMED)],
    "extended": [START, at(10, kind=EXTENDED, until=UNTIL + 30 * DAY)],
    "shortened": [START, at(10, kind=EXTENDED, until=FIXED_NOW + 15 * DAY)],
    "canceled, granted again": [
        START, at(10, kind=CANCELED_NOW, state=CANCELED), at(20, until=UNTIL + 30 * DAY)],
    "lapsed, granted again": [START, at(40, until=UNTIL + 60 * DAY)],
}  # fmt: skip
MOMENTS = (-1, 0, 5, 12, 16, 23.9, 24, 29.9, 30, 33.9, 35, 59.9, 60, 90)
IN_FORCE: dict[str, str] = {
    # days from the start:  -1 0 5 12 16 23.9 24 29.9 30 33.9 35 59.9 60 90
    "active":                 ".xxxxxxx......",
    "trialing":               ".xxxxxxx......",
    "past due":               ".xxxxx........",
    "past due, reported again": ".xxxxx........",
    "past due, then paid":    ".xxxxxxxxxxx..",
    "past due and not renewed": ".xxxxxxx......",
    "canceled":               ".xx...........",
    "cancel at period end":   ".xxxxxxx......",
    "resumed":                ".xxxxxxx......",
    "extended":               ".xxxxxxxxxxx..",
    "shortened":              ".xxx..........",
    "canceled, granted again": ".xx..xxxxxxx..",
    "lapsed, granted again":  ".xxxxxxx...xx.",
}  # fmt: skip
WORDS: dict[str, tuple[str, str]] = {
    # what people call it after 13 days, and after 200
    "active": ("active", "ended"),
    "trialing": ("trialing", "ended"),
    "past due": ("past_due", "ended"),
    "past due, reported again": ("past_due", "ended"),
    "past due, then paid": ("active", "ended"),
    "past due and not renewed": ("active", "canceled"),
    "canceled": ("canceled", "canceled"),
    "cancel at period end": ("ending", "canceled"),
    "resumed": ("active", "ended"),
    "extended": ("active", "ended"),
    "shortened": ("active", "ended"),
    "canceled, granted again": ("canceled", "ended"),
    "lapsed, granted again": ("active", "ended"),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_subscription_is_in_force_exactly_when_the_table_says(name: str) -> None:
    found = "".join(".x"[was_in_force(HISTORIES[name], FIXED_NOW + days * DAY)] for days in MOMENTS)
    assert found == IN_FORCE[name]


@pytest.mark.parametrize("name", HISTORIES)
def test_subscription_is_called_what_the_table_says(name: str) -> None:
    found = []
    for days in (13, 200):
        moment = FIXED_NOW + days * DAY
        standing = standing_at(HISTORIES[name], moment)
        assert standing is not None
        found.append(standing.word(moment))
    assert tuple(found) == WORDS[name]


def test_nothing_stands_before_the_first_event() -> None:
    assert standing_at([START], FIXED_NOW - DAY) is None


def test_failed_payment_leaves_fourteen_days() -> None:
    assert timedelta(days=14) == GRACE


MESSAGES = [
    at(0, kind=OPENED, state=TRIALING),
    at(0, kind=REPORTED, until=UNTIL),
    at(30, kind=REPORTED, state=PAST_DUE, until=UNTIL + 30 * DAY),
    at(33, kind=REPORTED, until=UNTIL + 30 * DAY),
    at(50, kind=REPORTED, state=CANCELED, until=UNTIL + 30 * DAY),
]


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_messages_lead_to_the_same_standing_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    arrived = [MESSAGES[place] for place in order]
    assert latest(arrived) == latest(MESSAGES)
    for days in (1, 31, 40, 49, 51):
        moment = FIXED_NOW + days * DAY
        assert was_in_force(arrived, moment) == (days < 50)


def test_message_after_a_cancellation_does_not_revive_a_subscription() -> None:
    canceled = at(10, kind=REPORTED, state=CANCELED)
    assert latest([START, canceled, at(11, kind=REPORTED)]).state == CANCELED


def test_what_people_do_counts_in_the_order_they_did_it_though_the_clock_was_put_back() -> None:
    assert latest([START, at(-1 / 24, kind=CANCELED_NOW, state=CANCELED)]).state == CANCELED


LAPSED = FIXED_NOW + 31 * DAY
LATER = FIXED_NOW + 90 * DAY
CHANGES = [
    # history, change, moment, new last moment, what comes out (None = refused)
    ("active", EXTENDED, 12, LATER, ACTIVE),
    ("trialing", EXTENDED, 12, LATER, TRIALING),
    ("cancel at period end", EXTENDED, 12, LATER, ACTIVE),
    ("active", EXTENDED, 31, LATER, ACTIVE),
    ("canceled", EXTENDED, 12, LATER, None),
    ("active", EXTENDED, 12, FIXED_NOW, None),
    ("active", EXTENDED, 12, None, None),
    ("active", CANCEL_ASKED, 12, None, "ending"),
    ("past due", CANCEL_ASKED, 12, None, PAST_DUE),
    ("active", CANCEL_ASKED, 31, None, None),
    ("canceled", CANCEL_ASKED, 12, None, None),
    ("cancel at period end", RESUMED, 12, None, ACTIVE),
    ("cancel at period end", RESUMED, 31, None, None),
    ("active", CANCELED_NOW, 12, None, CANCELED),
    ("past due", CANCELED_NOW, 12, None, CANCELED),
    ("canceled", CANCELED_NOW, 12, None, None),
    ("active", CANCELED_NOW, 31, None, None),
]


@pytest.mark.parametrize(("name", "kind", "days", "until", "word"), CHANGES)
def test_change_leads_where_the_table_says(
    name: str, kind: str, days: int, until: datetime | None, word: str | None
) -> None:
    standing, now = latest(HISTORIES[name]), FIXED_NOW + days * DAY
    if word is None:
        with pytest.raises(ChangeRefused):
            changed(standing, kind, now, until)
    else:
        assert advance(standing, changed(standing, kind, now, until)).word(now) == word
