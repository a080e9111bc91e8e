"""Limits: when a learner may start, and in which words it is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizbank.attempts.limits import Earlier, attempts_left, refusal

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
FAILED = Earlier(NOON - timedelta(hours=1), passed=False)
PASSED = Earlier(NOON - timedelta(hours=1), passed=True)


def words(*earlier: Earlier, closed: str | None = None, limit: int | None = None, hours: int = 0) -> str | None:
    return refusal(earlier, closed, limit, timedelta(hours=hours), NOON)


def test_first_attempt_may_start() -> None:
    assert words() is None


def test_closed_activity_cannot_be_started() -> None:
    assert words(closed="It opens in May.") == "It opens in May."


def test_passed_activity_cannot_be_started_again() -> None:
    assert "passed this activity already" in (words(FAILED, PASSED) or "")


def test_attempts_are_unlimited_without_a_limit() -> None:
    assert words(*[FAILED] * 100) is None


@pytest.mark.parametrize(("used", "left"), [(0, 3), (2, 1), (3, 0), (4, 0)])
def test_attempts_left_are_counted_down_to_none(used: int, left: int) -> None:
    assert attempts_left([FAILED] * used, 3) == left


def test_unlimited_attempts_are_not_counted() -> None:
    assert attempts_left([FAILED], None) is None


def test_last_attempt_may_start_and_no_other() -> None:
    assert words(FAILED, FAILED, limit=3) is None
    assert "all 3 attempts" in (words(FAILED, FAILED, FAILED, limit=3) or "")
    assert "your only attempt" in (words(FAILED, limit=1) or "")


def test_next_attempt_waits_for_the_cooldown() -> None:
    assert "6 May 2030 at 13:00 UTC" in (words(FAILED, hours=2) or "")


def test_next_attempt_is_told_in_the_zone_of_the_question() -> None:
    asked = NOON.astimezone(ZoneInfo("Pacific/Auckland"))
    told = refusal([FAILED], None, None, timedelta(hours=2), asked)
    assert "7 May 2030 at 01:00 NZST" in (told or "")


def test_next_attempt_may_start_the_moment_the_cooldown_ends() -> None:
    assert words(FAILED, hours=1) is None


def test_cooldown_counts_from_the_latest_submission() -> None:
    before = Earlier(NOON - timedelta(hours=30), passed=False)
    assert "13:00" in (words(FAILED, before, hours=2) or "")
