"""The log: replaying the steps gives the state, whatever the steps were; steps that cannot follow are refused."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.attempts.log import (
    ANSWERED,
    CHECKED,
    EXTENDED,
    GRADED,
    MARKED,
    PRACTISED,
    STARTED,
    SUBMITTED,
    AttemptState,
    BrokenLog,
    Marks,
    Slot,
    Step,
    Try,
    replay,
    slots_to_json,
)

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
SLOTS = (Slot(1, 71, 5, 1.0, ("a", "b", "c")), Slot(2, 72, 5, 2.0, ("c", "a", "b")), Slot(3, 73, 6, 1.0, ("b", "a")))
GRADES = {"fractions": {"1": 1.0, "2": 0.5, "3": 0.0}, "score": 50.0, "passed": False}
ANSWERS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from([{}, {"choice": ["a"]}, {"choice": ["a", "b"]}])))


def log(*kinds: tuple[str, Mapping[str, Any]]) -> list[Step]:
    """Return steps of these kinds and payloads, a minute apart."""
    return [
        Step(sequence, kind, payload, NOON + timedelta(minutes=sequence))
        for sequence, (kind, payload) in enumerate(kinds, start=1)
    ]


def started() -> tuple[str, dict[str, Any]]:
    return STARTED, {"seed": 4, "pass_mark": 70, "slots": slots_to_json(SLOTS)}


def answered(slot: int, response: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return ANSWERED, {"slot": slot, "response": response}


def test_empty_log_is_an_attempt_that_has_not_begun() -> None:
    assert replay([]) == AttemptState()


def test_first_step_lays_out_the_slots_and_keeps_the_pass_mark() -> None:
    state = replay(log(started()))
    assert state.slots == SLOTS
    assert state.pass_mark == 70
    assert state.started_at == NOON + timedelta(minutes=1)
    assert state.responses == {}


def test_later_answer_replaces_the_earlier_one_of_its_slot() -> None:
    state = replay(log(started(), answered(1, {"choice": ["a"]}), answered(2, {}), answered(1, {"choice": ["b"]})))
    assert state.responses == {1: {"choice": ["b"]}, 2: {}}


@given(ANSWERS)
def test_responses_are_the_last_given_for_each_slot(answers: list[tuple[int, dict[str, Any]]]) -> None:
    state = replay(log(started(), *(answered(slot, response) for slot, response in answers)))
    assert state.responses == dict(answers)
    assert state.submitted_at is None
    assert state.score is None


@given(ANSWERS)
def test_submission_and_grades_leave_the_responses_alone(answers: list[tuple[int, dict[str, Any]]]) -> None:
    given_answers = [answered(slot, response) for slot, response in answers]
    before = replay(log(started(), *given_answers))
    after = replay(log(started(), *given_answers, (SUBMITTED, {}), (GRADED, GRADES)))
    assert after.responses == before.responses
    assert (after.score, after.passed) == (50.0, False)
    assert after.fractions == {1: 1.0, 2: 0.5, 3: 0.0}


@given(ANSWERS)
def test_log_read_back_from_json_replays_to_the_same_state(answers: list[tuple[int, dict[str, Any]]]) -> None:
    steps = log(started(), *(answered(slot, response) for slot, response in answers), (SUBMITTED, {}), (GRADED, GRADES))
    stored = [replace(step, payload=json.loads(json.dumps(step.payload))) for step in steps]
    assert replay(stored) == replay(steps)


def test_replay_leaves_the_steps_as_they_are() -> None:
    steps = log(started(), answered(1, {"choice": ["a"]}))
    replay(steps)
    assert steps == log(started(), answered(1, {"choice": ["a"]}))


def test_submission_notes_its_time_and_a_second_one_changes_nothing() -> None:
    state = replay(log(started(), (SUBMITTED, {}), (SUBMITTED, {})))
    assert state.submitted_at == NOON + timedelta(minutes=2)


def test_answer_after_submission_is_refused() -> None:
    with pytest.raises(BrokenLog, match="after submission"):
        replay(log(started(), (SUBMITTED, {}), answered(1, {"choice": ["a"]})))


def test_answer_after_grading_is_refused() -> None:
    with pytest.raises(BrokenLog, match="after submission"):
        replay(log(started(), (SUBMITTED, {}), (GRADED, GRADES), answered(1, {})))


def test_grades_before_submission_are_refused() -> None:
    with pytest.raises(BrokenLog, match="before submission"):
        replay(log(started(), (GRADED, GRADES)))


def test_log_that_does_not_begin_with_the_start_is_refused() -> None:
    with pytest.raises(BrokenLog):
        replay(log(answered(1, {})))


def test_second_start_is_refused() -> None:
    with pytest.raises(BrokenLog):
        replay(log(started(), started()))


def test_step_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BrokenLog, match="unknown kind"):
        replay(log(started(), ("paused", {})))


@given(st.permutations(range(4)).filter(lambda order: order != [0, 1, 2, 3]))
def test_steps_out_of_order_are_refused(order: list[int]) -> None:
    steps = log(started(), answered(1, {}), answered(2, {}), (SUBMITTED, {}))
    with pytest.raises(BrokenLog):
        replay([steps[place] for place in order])


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_gap_in_the_log_is_refused(missing: int) -> None:
    steps = log(started(), answered(1, {}), answered(2, {}), (SUBMITTED, {}))
    del steps[missing]
    with pytest.raises(BrokenLog):
        replay(steps)


def test_step_told_twice_is_refused() -> None:
    steps = log(started(), answered(1, {}))
    with pytest.raises(BrokenLog):
        replay([*steps, steps[-1]])


def marked(slot: int, confidence: int | None = None, flagged: bool = False) -> tuple[str, dict[str, Any]]:
    return MARKED, {"slot": slot, "flagged": flagged, "struck": ["b"], "confidence": confidence}


def tried(kind: str, slot: int, choice: str, fraction: float) -> tuple[str, dict[str, Any]]:
    return kind, {"slot": slot, "response": {"choice": [choice]}, "fraction": fraction}


def test_later_marks_replace_the_earlier_ones_and_leave_answers_alone() -> None:
    state = replay(log(started(), answered(1, {"choice": ["a"]}), marked(1, 2, flagged=True), marked(1, 3), marked(2)))
    assert state.marks == {1: Marks(False, ("b",), 3), 2: Marks(False, ("b",), None)}
    assert state.responses == {1: {"choice": ["a"]}}


def test_checked_answer_counts_whatever_was_said_before_or_is_practised_after() -> None:
    first, again = tried(CHECKED, 1, "c", 0.0), tried(PRACTISED, 1, "a", 1.0)
    state = replay(log(started(), answered(1, {"choice": ["b"]}), first, again))
    assert state.responses == {1: {"choice": ["c"]}}
    assert state.checked == {1: Try({"choice": ["c"]}, 0.0)}
    assert state.practised == {1: Try({"choice": ["a"]}, 1.0)}


@pytest.mark.parametrize(
    "steps",
    [
        (tried(CHECKED, 1, "a", 1.0), answered(1, {"choice": ["b"]})),
        (tried(CHECKED, 1, "a", 1.0), tried(CHECKED, 1, "b", 0.0)),
        (tried(PRACTISED, 1, "a", 1.0),),
        ((SUBMITTED, {}), tried(CHECKED, 1, "a", 1.0)),
        (tried(CHECKED, 1, "a", 1.0), (SUBMITTED, {}), tried(PRACTISED, 1, "a", 1.0)),
    ],
    ids=["answered after the check", "checked twice", "practised unchecked", "checked late", "practised late"],
)
def test_steps_around_a_check_that_cannot_follow_are_refused(steps: tuple[tuple[str, dict[str, Any]], ...]) -> None:
    with pytest.raises(BrokenLog):
        replay(log(started(), *steps))


def test_deadline_is_what_the_start_said_until_it_is_extended() -> None:
    first, later = NOON + timedelta(minutes=20), NOON + timedelta(minutes=30)
    start = STARTED, {**started()[1], "deadline": first.isoformat()}
    assert replay(log(started())).deadline is None
    assert replay(log(start)).deadline == first
    assert replay(log(start, (EXTENDED, {"minutes": 10, "deadline": later.isoformat()}))).deadline == later


def test_attempt_that_ran_out_of_time_ended_at_its_deadline() -> None:
    ended = NOON + timedelta(minutes=1, seconds=30)
    state = replay(log(started(), (SUBMITTED, {"because": "time", "ended_at": ended.isoformat()})))
    assert (state.submitted_at, state.ran_out) == (ended, True)
    assert not replay(log(started(), (SUBMITTED, {}))).ran_out
