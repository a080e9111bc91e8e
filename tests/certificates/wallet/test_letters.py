"""Reminders by mail: what they say, and that they name neither license nor rules."""

from datetime import date, timedelta

import pytest

from certificates.wallet.letters import cycle_letter, cycle_step, license_letter

TODAY = date(2028, 2, 29)
PAGE = "https://cme.example/wallet/licenses/3"


@pytest.mark.parametrize(
    ("left", "step", "words"),
    [(30, 30, "expires in 30 days"), (1, 7, "expires tomorrow"), (0, 7, "expires today"), (-1, 0, "expired yesterday")],
)
def test_license_reminder_says_when_and_where_to_look(left: int, step: int, words: str) -> None:
    letter = license_letter(3, TODAY + timedelta(days=left), step, TODAY, PAGE)
    assert f"A license in your wallet {words}" in letter.paragraphs[0]
    assert PAGE in letter.paragraphs[0]
    assert ("has expired" in letter.subject) == (left < 0)


def test_each_term_and_step_of_a_license_is_an_event_of_its_own() -> None:
    days = [(TODAY, 30), (TODAY, 7), (TODAY + timedelta(days=1), 30)]
    assert len({license_letter(3, ends, step, TODAY, PAGE).key for ends, step in days}) == 3


@pytest.mark.parametrize(("left", "step"), [(91, None), (90, 90), (31, 90), (30, 30), (0, 30), (-1, None)])
def test_step_of_reminding_of_a_cycle(left: int, step: int | None) -> None:
    assert cycle_step(TODAY + timedelta(days=left), TODAY) == step


@pytest.mark.parametrize(("left", "words"), [(0, "ends today"), (1, "ends tomorrow"), (30, "ends in 30 days")])
def test_cycle_reminder_says_that_something_is_missing(left: int, words: str) -> None:
    letter = cycle_letter(5, TODAY + timedelta(days=left), 30, TODAY, PAGE)
    assert words in letter.paragraphs[0]
    assert PAGE in letter.paragraphs[0]
