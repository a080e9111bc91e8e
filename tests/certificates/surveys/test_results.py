"""Results of a survey: counts, means and texts, and rows that tell nobody's name and no order of time."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.surveys.questions import CHOICE, CHOICES, LIKERT, TEXT, Choice, Question
from certificates.surveys.results import answer_rows, tallies, tally

TWO = (Choice("c1", "Hospital"), Choice("c2", "Practice"))
GOOD = Question("q1", LIKERT, "It was good.")
WHERE = Question("q2", CHOICE, "Where do you work?", False, TWO)
ALSO = Question("q3", CHOICES, "Where else?", False, TWO)
WORDS = Question("q4", TEXT, "What else?", False)
ALL = (GOOD, WHERE, ALSO, WORDS)
ANSWERS = [
    {"q1": 5, "q2": "c1", "q3": ["c1", "c2"], "q4": "zebra"},
    {"q1": 4, "q3": [], "q4": ""},
    {"q1": 4, "q2": "c2", "q3": ["c2"], "q4": "Apple"},
]


def once(given_: Iterable[Any]) -> list[tuple[Any, int]]:
    """Return each answer as given by one person."""
    return [(one, 1) for one in given_]


def test_each_question_is_counted_by_its_kind() -> None:
    good, where, also, words = tallies(ALL, once(ANSWERS))
    assert (good.answered, good.mean) == (3, Decimal("4.3"))
    assert dict(good.counts)["Agree"] == 2
    assert (where.answered, where.counts, where.mean) == (2, (("Hospital", 1), ("Practice", 1)), None)
    assert (also.answered, also.counts) == (2, (("Hospital", 1), ("Practice", 2)))
    assert (words.answered, words.texts) == (2, (("Apple", 1), ("zebra", 1)))


def test_same_text_is_told_once_with_how_often_it_was_written() -> None:
    assert tally(WORDS, [("None.", 1), ("more", 1), (None, 1), ("None.", 1)]).texts == (("more", 1), ("None.", 2))


def test_question_nobody_answered_has_no_mean() -> None:
    empty = tally(GOOD, [(None, 2)])
    assert (empty.answered, empty.mean, sum(count for _, count in empty.counts)) == (0, None, 0)


@pytest.mark.parametrize(("given_", "mean"), [([5, 4], "4.5"), ([1], "1.0"), ([5, 5, 4], "4.7"), ([1, 1, 1, 2], "1.3")])
def test_mean_is_rounded_half_up_to_one_decimal(given_: list[int], mean: str) -> None:
    assert tally(GOOD, once(given_)).mean == Decimal(mean)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60))
def test_counts_sum_up_and_the_mean_lies_on_the_scale(given_: list[int]) -> None:
    found = tally(GOOD, once(given_))
    assert sum(count for _, count in found.counts) == found.answered == len(given_)
    assert found.mean is not None
    assert 1 <= found.mean <= 5


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9)), max_size=20))
def test_answers_counted_before_come_to_the_same_as_one_by_one(counted: list[tuple[int, int]]) -> None:
    assert tally(GOOD, counted) == tally(GOOD, once(answer for answer, times in counted for _ in range(times)))


@given(st.permutations(ANSWERS))
def test_rows_do_not_tell_in_which_order_people_answered(answers: list[dict[str, object]]) -> None:
    assert answer_rows(ALL, answers) == answer_rows(ALL, ANSWERS)
    assert tallies(ALL, once(answers)) == tallies(ALL, once(ANSWERS))


def test_row_has_an_answer_per_question_in_words() -> None:
    assert ("Strongly agree", "Hospital", "Hospital; Practice", "zebra") in answer_rows(ALL, ANSWERS)
    assert ("Agree", "", "", "") in answer_rows(ALL, ANSWERS)
