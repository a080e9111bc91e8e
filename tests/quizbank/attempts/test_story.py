"""The story of an attempt: each step is told by what it changed, responses in the words of their item type."""

from datetime import UTC, datetime, timedelta

import pytest

from quizbank.attempts.log import (
    ANSWERED,
    CHECKED,
    EXTENDED,
    GRADED,
    MARKED,
    REGRADED,
    STARTED,
    SUBMITTED,
    BrokenLog,
    Slot,
    Step,
    slots_to_json,
)  # fmt: skip
from quizbank.attempts.story import told
from quizbank.items.types import Matching, SingleBestAnswer

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
CONTENTS = {71: SingleBestAnswer.examples()[0], 72: Matching.examples()[0]}
SLOTS = (Slot(1, 71, 5, 1.0, ("a", "b", "c")), Slot(2, 72, 5, 1.0, ("a", "b", "c", "d")))
START = (STARTED, {"seed": 4, "pass_mark": 70, "slots": slots_to_json(SLOTS)})
GRADES = (GRADED, {"fractions": {"1": 1.0, "2": 0.5}, "score": 75.0, "passed": True})


def story(*kinds: tuple[str, dict]) -> list[list[str]]:  # type: ignore[type-arg]
    """Return what each step after the start changed."""
    steps = [
        Step(n, kind, payload, NOON + timedelta(minutes=n)) for n, (kind, payload) in enumerate([START, *kinds], 1)
    ]
    return [lines for _, lines in told(steps, CONTENTS, lambda moment: f"{moment:%H:%M}")][1:]


def test_start_tells_what_is_asked_and_the_pass_mark() -> None:
    first = next(told([Step(1, *START, NOON)], CONTENTS, str))[1]
    assert first[:3] == ["asked 1: item version 71", "asked 2: item version 72", "pass mark: 100 → 70"]


def test_answers_are_told_in_words_before_and_after() -> None:
    lines = story(
        (ANSWERED, {"slot": 1, "response": {"choice": ["a"]}}),
        (ANSWERED, {"slot": 1, "response": {"choice": ["b"]}}),
        (ANSWERED, {"slot": 2, "response": {"match": {"p": "b"}}}),
        (ANSWERED, {"slot": 1, "response": {}}),
    )
    assert lines == [
        ["answer 1: – → Circumflex artery"],
        ["answer 1: Circumflex artery → Left anterior descending artery"],
        ["answer 2: – → Radial nerve → Extension of the wrist"],
        ["answer 1: Left anterior descending artery → –"],
    ]


def test_same_answer_again_changed_nothing() -> None:
    same = (ANSWERED, {"slot": 1, "response": {"choice": ["a"]}})
    assert story(same, same)[1] == []


def test_submission_and_grades_are_told() -> None:
    assert story((SUBMITTED, {}), GRADES) == [
        ["submitted at: – → 12:02"],
        ["fraction 1: – → 1", "fraction 2: – → 0.5", "score: – → 75", "passed: – → yes"],
    ]


def test_correction_is_told_with_its_reason() -> None:
    row = {"from": 71, "to": 95, "before": 1.0, "after": 0.0}
    wrong_key = {"by": 3, "reason": "wrong key", "slots": {"1": row}, "score": 25.0, "passed": True}
    assert story((SUBMITTED, {}), GRADES, (REGRADED, wrong_key))[-1] == [
        "fraction 1: 1 → 0",
        "score: 75 → 25",
        "judged by 1: – → item version 95 (wrong key)",
    ]


def test_marks_checks_and_extra_time_are_told() -> None:
    noted = {"slot": 1, "flagged": True, "struck": ["a", "c"], "confidence": 2}
    checked = {"slot": 1, "response": {"choice": ["b"]}, "fraction": 1.0}
    assert story((MARKED, noted), (CHECKED, checked), (EXTENDED, {"minutes": 5, "deadline": NOON.isoformat()})) == [
        ["mark 1: – → flagged, struck out a, c, confidence 2"],
        [
            "answer 1: – → Left anterior descending artery",
            "checked 1: – → Left anterior descending artery (fraction 1)",
        ],
        ["deadline: – → 12:00"],
    ]


def test_marks_that_were_taken_back_are_told_as_none() -> None:
    noted = {"slot": 1, "flagged": True, "struck": [], "confidence": None}
    assert story((MARKED, noted), (MARKED, {**noted, "flagged": False}))[1] == ["mark 1: flagged → –"]


def test_damaged_log_is_told_up_to_the_damage() -> None:
    with pytest.raises(BrokenLog, match="before submission"):
        story(GRADES)
