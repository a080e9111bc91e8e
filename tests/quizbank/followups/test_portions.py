"""What is asked now: the most overdue first, no more than a week has room for."""

from datetime import UTC, datetime, timedelta

from quizbank.followups.portions import A_WEEK, WEEK, Card, portion_of
from quizbank.followups.scheduling import Memory

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def card(item_id: int, days: float) -> Card:
    """Return a card that was due so many days ago (negative: will be due)."""
    return Card(1, item_id, 0, Memory(1.0, 5.0, NOW - 30 * DAY, NOW - days * DAY))


def test_most_overdue_is_asked_first_and_what_is_not_due_waits() -> None:
    found = portion_of([card(1, 1), card(2, 5), card(3, -2)], [], NOW)
    assert [one.item_id for one in found.cards] == [2, 1]
    assert found.later == NOW + 2 * DAY


def test_week_has_room_for_five_minutes() -> None:
    many = [card(number, 1) for number in range(40)]
    found = portion_of(many, [], NOW)
    assert len(found.cards) == A_WEEK
    assert found.minutes == 5
    assert len(portion_of(many, [NOW - DAY] * 8, NOW).cards) == A_WEEK - 8
    assert len(portion_of(many, [NOW - WEEK] * 8, NOW).cards) == A_WEEK


def test_full_week_says_when_there_is_room_again() -> None:
    found = portion_of([card(1, 1)], [NOW - 3 * DAY] * A_WEEK, NOW)
    assert (found.cards, found.later) == ((), NOW + 4 * DAY)


def test_nothing_to_come_is_said_so() -> None:
    assert portion_of([], [], NOW).later is None


def test_portion_takes_at_least_a_minute() -> None:
    assert portion_of([card(1, 1)], [], NOW).minutes == 1
