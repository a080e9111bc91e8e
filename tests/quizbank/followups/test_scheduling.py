"""When questions come back: sooner after a mistake, later the surer and the older the memory, always the same way."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from quizbank.followups.scheduling import LONGEST_DAYS, Memory, UnreadableMemory, rating_of, remember

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fraction", "confidence", "rating"),
    [
        (1.0, 3, Rating.Easy),
        (1.0, 2, Rating.Good),
        (1.0, None, Rating.Good),
        (1.0, 1, Rating.Hard),
        (0.99, 3, Rating.Hard),
        (0.5, None, Rating.Hard),
        (0.49, 3, Rating.Again),
        (0.0, 3, Rating.Again),
        (0.0, None, Rating.Again),
    ],
)
def test_answer_is_rated_by_what_it_earned_and_how_sure_it_was(
    fraction: float, confidence: int | None, rating: Rating
) -> None:
    assert rating_of(fraction, confidence) == rating


def test_surer_answers_come_back_later_and_mistakes_the_next_day() -> None:
    days = [(remember(None, f, c, NOW).due - NOW).days for f, c in ((0, 3), (1, 1), (1, None), (1, 3))]
    assert days == sorted(days)
    assert days[0] == 1
    assert days[3] > 5


def test_distance_grows_with_every_right_answer_and_shrinks_after_a_mistake() -> None:
    memory, gaps = remember(None, 1.0, 2, NOW), []
    for _ in range(4):
        memory = remember(memory, 1.0, 2, memory.due)
        gaps.append(memory.due - memory.answered_at)
    assert gaps == sorted(gaps)
    assert remember(memory, 0.0, 2, memory.due).due - memory.due < gaps[-1] / 4


def test_same_answers_give_the_same_days() -> None:
    assert remember(None, 1.0, 2, NOW) == remember(None, 1.0, 2, NOW)


def test_time_of_another_zone_is_the_same_moment() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=13)))
    assert remember(None, 1.0, 2, there) == remember(None, 1.0, 2, NOW)


@given(
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from([None, 1, 2, 3]), st.integers(0, 400)), min_size=1, max_size=12)
)
def test_due_day_is_always_after_the_answer_and_within_a_year(answers: list[tuple[float, int | None, int]]) -> None:
    memory, now = None, NOW
    for fraction, confidence, days in answers:
        now += timedelta(days=days)
        memory = remember(memory, fraction, confidence, now)
        assert timedelta(days=1) <= memory.due - now <= timedelta(days=LONGEST_DAYS)
        assert Memory.from_json(memory.to_json()) == memory
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10


def test_memory_of_another_schema_is_not_read() -> None:
    with pytest.raises(UnreadableMemory):
        Memory.from_json({**remember(None, 1.0, 2, NOW).to_json(), "schema": 2})
