"""Reminders before a license expires."""

from datetime import date, timedelta

import pytest

from certificates.wallet.licenses.reminders import Reminder, left_words, step_at

TODAY = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("left", "step"),
    [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, 0), (-400, 0)],
)
def test_step_of_reminding_by_days_left(left: int, step: int | None) -> None:
    assert step_at(TODAY + timedelta(days=left), TODAY) == step


def test_license_without_an_end_has_no_reminder() -> None:
    assert step_at(None, TODAY) is None


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (30, "expires in 30 days"),
        (1, "expires tomorrow"),
        (0, "expires today"),
        (-1, "expired yesterday"),
        (-3, "expired 3 days ago"),
    ],
)
def test_reminder_says_how_long(left: int, words: str) -> None:
    assert left_words(left) == words


@pytest.mark.parametrize(("days", "tone"), [(90, "caution"), (30, "caution"), (7, "bad"), (0, "bad")])
def test_reminder_looks_as_urgent_as_it_is(days: int, tone: str) -> None:
    assert Reminder(1, "License", TODAY, days, days).tone == tone
