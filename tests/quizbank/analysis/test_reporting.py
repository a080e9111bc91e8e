"""The report of an activity: a simulated class in which one key is wrong, and classes of nobody and one."""

import random
from dataclasses import replace
from typing import Any

from quizbank.analysis.flags import MISKEYED
from quizbank.analysis.reporting import Asked, report_on
from quizbank.analysis.sittings import Given, Sitting
from quizbank.items.types import item_type

CONTENT: Any = item_type("single_best_answer").examples()[0]
ASKED = [Asked(n, n, n, 1, replace(CONTENT, stem=f"Question {n}"), "AB"[n % 2]) for n in range(1, 9)]
MISKEYED_ITEM = 3


def sitting(number: int, rng: random.Random) -> Sitting:
    """Return an attempt of somebody more or less able; who knows item 3 gives "a", which its key calls wrong."""
    able = rng.random()
    given = {}
    for one in ASKED:
        knows = rng.random() < 0.05 + 0.9 * able
        choice = ("a" if one.number == MISKEYED_ITEM else "b") if knows else rng.choice(["a", "b", "c", "c"])
        response = {"choice": [choice]}
        fraction = CONTENT.grade(response)
        given[one.number] = Given(
            one.number, one.number, 1, 1.0, fraction, response, 30.0 + number, 1 + round(able * 2)
        )
    return Sitting(number, given)


def test_wrong_key_is_found_in_a_class_of_two_hundred_and_no_other_item_is_blamed_for_it() -> None:
    rng = random.Random(8)
    report = report_on([sitting(number, rng) for number in range(200)], ASKED)
    blamed = [one.asked.number for one in report.items if any(flag.kind == MISKEYED for flag in one.flags)]
    assert blamed == [MISKEYED_ITEM]
    assert report.flagged[0].gravity == 0


def test_report_holds_times_objectives_scores_and_confidence() -> None:
    rng = random.Random(8)
    report = report_on([sitting(number, rng) for number in range(10)], ASKED)
    assert (report.items[0].seconds, report.items[0].timed) == (34.5, 10)
    assert [(one.text, one.items, one.n) for one in report.objectives] == [("B", 4, 10), ("A", 4, 10)]
    assert len(report.scores) == report.score.n == 10
    assert report.calibration.n == 80
    assert report.items[0].calibration.n == 10
    assert not report.flagged


def test_nobody_gives_a_report_without_figures() -> None:
    report = report_on([], ASKED)
    assert (report.score.n, report.scores, report.objectives[0].mean, report.calibration.n) == (0, (), None, 0)
    assert [one.statistics.facility for one in report.items] == [None] * 8


def test_attempt_that_was_asked_other_items_only_is_left_out() -> None:
    other = Sitting(1, {50: Given(50, 50, 1, 1.0, 1.0, {})})
    assert report_on([other, sitting(2, random.Random(1))], ASKED).score.n == 1
