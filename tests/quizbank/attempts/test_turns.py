"""Turns: a page saves while it is the newest, or was itself the last to save."""

from quizbank.attempts.turns import Turn, may_save

MINE, OTHER = "0" * 16, "f" * 16


def test_page_that_saw_every_save_may_save() -> None:
    assert may_save(Turn(MINE, 3), saves=3, writer=OTHER)


def test_page_that_saved_last_may_save_on() -> None:
    assert may_save(Turn(MINE, 3), saves=7, writer=MINE)


def test_page_left_behind_may_not() -> None:
    assert not may_save(Turn(MINE, 3), saves=4, writer=OTHER)
    assert not may_save(Turn(MINE, 3), saves=4, writer="")
