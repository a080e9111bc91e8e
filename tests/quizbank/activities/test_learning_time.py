"""Learning time: reading and answering add up, and what may be stated is at most twice that."""

import pytest

from quizbank.activities.learning_time import estimated_minutes, most_minutes


@pytest.mark.parametrize(
    ("words", "items", "minutes"), [(0, 0, 0), (200, 0, 1), (201, 0, 2), (0, 1, 2), (1_000, 10, 20), (2_000, 7, 21)]
)
def test_reading_at_200_words_a_minute_and_a_minute_and_a_half_per_question(
    words: int, items: int, minutes: int
) -> None:
    assert estimated_minutes(words, items) == minutes


@pytest.mark.parametrize(("words", "items", "most"), [(0, 0, 15), (200, 4, 15), (1_000, 10, 40)])
def test_twice_the_estimate_may_be_stated_and_a_quarter_of_an_hour_always(words: int, items: int, most: int) -> None:
    assert most_minutes(words, items) == most
