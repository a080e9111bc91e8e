"""The clock of an attempt: the server's time and the minutes allowed decide, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from quizbank.attempts.timing import deadline_of, ended_at, is_over, seconds_left

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_without_a_limit_there_is_no_deadline_however_much_extra_time() -> None:
    assert deadline_of(NOON, None, 30) is None
    assert not is_over(None, NOON)
    assert ended_at(None, NOON) == NOON
    assert seconds_left(None, NOON) is None


def test_extra_time_comes_on_top_of_the_limit() -> None:
    assert deadline_of(NOON, 20) == NOON + timedelta(minutes=20)
    assert deadline_of(NOON, 20, 10) == NOON + timedelta(minutes=30)


@pytest.mark.parametrize(("now", "over"), [(NOON - SECOND, False), (NOON, True), (NOON + SECOND, True)])
def test_time_is_up_at_the_deadline(now: datetime, over: bool) -> None:
    assert is_over(NOON, now) is over


def test_attempt_closed_late_ended_at_its_deadline() -> None:
    assert ended_at(NOON, NOON + timedelta(days=3)) == NOON
    assert ended_at(NOON, NOON - SECOND) == NOON - SECOND


def test_seconds_left_never_go_below_nothing() -> None:
    assert seconds_left(NOON, NOON - timedelta(minutes=2)) == 120
    assert seconds_left(NOON, NOON + timedelta(hours=1)) == 0
