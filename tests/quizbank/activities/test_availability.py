"""Availability: when an activity can be started and its credit claimed, and in which words it is refused."""

from datetime import date

import pytest

from quizbank.activities.availability import (
    CLOSED,
    DRAFT,
    PUBLISHED,
    Term,
    closed_because,
    expiry_warning,
    unclaimable_because,
)

RELEASE, EXPIRY = date(2030, 1, 1), date(2031, 12, 31)


def term(state: str = PUBLISHED) -> Term:
    return Term(state, RELEASE, EXPIRY)


@pytest.mark.parametrize("today", [RELEASE, date(2030, 6, 1), EXPIRY])
def test_published_activity_can_be_started_from_release_to_expiry(today: date) -> None:
    assert closed_because(term(), today) is None


@pytest.mark.parametrize(
    ("state", "today", "words"),
    [
        (PUBLISHED, date(2029, 12, 31), "opens on 1 January 2030"),
        (PUBLISHED, date(2032, 1, 1), "expired on 31 December 2031"),
        (CLOSED, RELEASE, "has been closed"),
        (DRAFT, RELEASE, "not been published"),
    ],
)
def test_each_reason_has_its_own_words(state: str, today: date, words: str) -> None:
    assert words in (closed_because(term(state), today) or "")


@pytest.mark.parametrize("state", [PUBLISHED, CLOSED])
def test_credit_earned_can_be_claimed_until_expiry_also_after_closing(state: str) -> None:
    assert unclaimable_because(term(state), EXPIRY) is None


def test_nothing_is_claimed_after_expiry() -> None:
    assert "expired" in (unclaimable_because(term(), date(2032, 1, 1)) or "")


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        (date(2031, 10, 1), None),
        (date(2031, 10, 2), ("Expires in 90 days", "caution")),
        (date(2031, 11, 30), ("Expires in 31 days", "caution")),
        (date(2031, 12, 1), ("Expires in 30 days", "bad")),
        (date(2031, 12, 30), ("Expires tomorrow", "bad")),
        (EXPIRY, ("Expires today", "bad")),
        (date(2032, 1, 1), ("Expired", "neutral")),
    ],
)
def test_expiry_is_warned_of_90_and_30_days_before(today: date, warning: tuple[str, str] | None) -> None:
    assert expiry_warning(term(), today) == warning


@pytest.mark.parametrize("state", [DRAFT, CLOSED])
def test_what_nobody_can_start_is_not_warned_of(state: str) -> None:
    assert expiry_warning(term(state), EXPIRY) is None
