"""Visibility: before submission only what was checked, afterwards as the activity says, never another attempt's help."""

from itertools import product

import pytest

from quizbank.activities.modes import Level
from quizbank.attempts.visibility import OPEN, FeedbackRule, Moment, visible

EXAM = FeedbackRule(checked=Level.NOTHING, submitted=Level.MARKS, final=Level.SOURCE)
STUDY = FeedbackRule(checked=Level.REASONS, submitted=Level.SOURCE, final=Level.SOURCE)
SUBMITTED = Moment(is_submitted=True)
OVER = Moment(is_submitted=True, is_over=True)
RETAKING = Moment(is_submitted=True, is_over=True, is_retaking=True)


@pytest.mark.parametrize("levels", [*product(Level, Level)], ids=str)
def test_open_exam_shows_nothing_whatever_comes_later(levels: tuple[Level, Level]) -> None:
    rule = FeedbackRule(Level.NOTHING, *levels)
    assert visible(rule, OPEN, is_checked=True) == visible(rule, OPEN) == Level.NOTHING


def test_study_shows_an_item_once_it_was_checked_and_no_other() -> None:
    assert visible(STUDY, OPEN, is_checked=True) == Level.REASONS
    assert visible(STUDY, OPEN) == Level.NOTHING


def test_submission_opens_what_the_activity_says() -> None:
    assert visible(EXAM, SUBMITTED) == Level.MARKS
    assert visible(STUDY, SUBMITTED) == Level.SOURCE


def test_more_is_shown_once_no_attempt_is_left() -> None:
    assert visible(EXAM, OVER) == Level.SOURCE


def test_less_is_never_shown_at_the_end_than_before() -> None:
    rule = FeedbackRule(Level.NOTHING, submitted=Level.KEY, final=Level.SCORE)
    assert visible(rule, OVER) == Level.KEY


def test_earlier_attempt_keeps_its_answers_while_the_same_questions_are_asked_again() -> None:
    assert visible(STUDY, RETAKING) == visible(EXAM, RETAKING) == Level.SCORE
