"""Modes, layouts and levels: what may be chosen, from the least to the most."""

from quizbank.activities.modes import FEEDBACK, LAYOUTS, MODES, Level, level


def test_levels_that_may_be_chosen_go_from_the_least_to_the_most() -> None:
    assert [level(name) for name in FEEDBACK] == sorted(set(Level) - {Level.NOTHING})


def test_exam_and_the_learners_choice_come_first() -> None:
    assert (next(iter(MODES)), next(iter(LAYOUTS))) == ("exam", "either")
