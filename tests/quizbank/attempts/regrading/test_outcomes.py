"""What a corrected key changes: by replay, to the fraction, and never a pass taken away unless asked for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.attempts.grading import grade_attempt
from quizbank.attempts.log import (
    ANSWERED,
    GRADED,
    REGRADED,
    STARTED,
    SUBMITTED,
    AttemptState,
    Slot,
    Step,
    replay,
    slots_to_json,
)  # fmt: skip
from quizbank.attempts.regrading.outcomes import (
    Correction,
    Outcome,
    SlotOutcome,
    as_payload,
    count,
    decides_alike,
    incomparable_because,
    outcome,
    seal,
)
from quizbank.items.content import Option, Response
from quizbank.items.types import Matching, Numeric, SingleBestAnswer

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
ASKED, _ = SingleBestAnswer.examples()
RIGHT_KEY = replace(ASKED, key=("c",))
CORRECTION = Correction(95, RIGHT_KEY, frozenset({71}))
SLOTS = (Slot(1, 71, 5, 1.0, ("a", "b", "c")), Slot(2, 72, 5, 1.0, ("a", "b", "c")))
CONTENTS = {71: ASKED, 72: ASKED}
GIVEN = st.sampled_from([{}, *({"choice": [option]} for option in "abc")])
RESPONSES = st.fixed_dictionaries({}, optional={1: GIVEN, 2: GIVEN})


def graded(responses: dict[int, Response], pass_mark: int = 50, slots: tuple[Slot, ...] = SLOTS) -> list[Step]:
    """Return the log of an attempt that was graded by what it asked."""
    grades = grade_attempt(slots, CONTENTS, responses, pass_mark)
    fractions = {str(slot): fraction for slot, fraction in grades.fractions.items()}
    kinds = [
        (STARTED, {"seed": 1, "pass_mark": pass_mark, "slots": slots_to_json(slots)}),
        *((ANSWERED, {"slot": slot, "response": response}) for slot, response in responses.items()),
        (SUBMITTED, {}),
        (GRADED, {"fractions": fractions, "score": grades.score, "passed": grades.passed}),
    ]
    return [Step(number, kind, payload, NOON) for number, (kind, payload) in enumerate(kinds, 1)]


def corrected(steps: list[Step], found: Outcome) -> AttemptState:
    """Return the state after an outcome was written into the log."""
    return replay([*steps, Step(len(steps) + 1, REGRADED, as_payload(found, "wrong key", 3), NOON)])


def test_answer_that_was_right_all_along_is_scored_up() -> None:
    found = outcome(replay(graded({1: {"choice": ["c"]}})), CORRECTION)
    assert found == Outcome({1: SlotOutcome(71, 95, 0.0, 1.0)}, 0.0, 50.0, False, True, pass_kept=False)
    assert not found.is_lower


def test_pass_stands_although_the_corrected_score_does_not_reach_the_mark() -> None:
    found = outcome(replay(graded({1: {"choice": ["b"]}})), CORRECTION)
    assert found == Outcome({1: SlotOutcome(71, 95, 1.0, 0.0)}, 50.0, 0.0, True, True, pass_kept=True)
    assert found.is_lower


def test_pass_is_lost_only_when_that_is_allowed() -> None:
    found = outcome(replay(graded({1: {"choice": ["b"]}})), CORRECTION, allow_lowering=True)
    assert found is not None
    assert (found.passed_before, found.passed, found.pass_kept, found.is_lower) == (True, False, False, True)


def test_failed_attempt_that_gets_fewer_marks_is_not_lowered_from_a_pass() -> None:
    found = outcome(replay(graded({1: {"choice": ["b"]}}, pass_mark=100)), CORRECTION)
    assert found is not None
    assert not found.is_lower
    assert not found.pass_kept


def test_slot_of_another_item_is_left_alone() -> None:
    found = outcome(replay(graded({2: {"choice": ["b"]}})), CORRECTION)
    assert found is not None
    assert list(found.slots) == [1]
    assert outcome(replay(graded({2: {"choice": ["b"]}}, slots=SLOTS[1:])), CORRECTION) is None


def test_weights_count() -> None:
    heavy = (replace(SLOTS[0], weight=3.0), SLOTS[1])
    found = outcome(replay(graded({1: {"choice": ["c"]}}, slots=heavy)), CORRECTION)
    assert found is not None
    assert found.score == 75


def test_attempt_that_is_not_graded_cannot_be_graded_again() -> None:
    with pytest.raises(ValueError, match="only a graded attempt"):
        outcome(replay(graded({})[:-1]), CORRECTION)


@given(RESPONSES, st.integers(1, 100), st.booleans())
def test_second_regrade_changes_nothing(responses: dict[int, Response], pass_mark: int, allow_lowering: bool) -> None:
    steps = graded(responses, pass_mark)
    found = outcome(replay(steps), CORRECTION, allow_lowering)
    assert found is not None
    state = corrected(steps, found)
    assert outcome(state, CORRECTION, allow_lowering) is None
    assert (state.score, state.passed) == (found.score, found.passed)
    assert 0 <= found.score <= 100
    assert state.score == pytest.approx(50 * sum((state.fractions or {}).values()))


@given(RESPONSES, st.integers(1, 100))
def test_regrade_gives_what_the_right_key_would_have_given_and_keeps_every_pass(
    responses: dict[int, Response], pass_mark: int
) -> None:
    found = outcome(replay(graded(responses, pass_mark)), CORRECTION)
    at_once = grade_attempt(SLOTS, {**CONTENTS, 71: RIGHT_KEY}, responses, pass_mark)
    assert found is not None
    assert found.score == pytest.approx(at_once.score)
    assert found.passed == (at_once.passed or found.passed_before)
    assert found.pass_kept == (found.passed_before and not at_once.passed)


def test_correction_of_a_correction_starts_from_it() -> None:
    steps = graded({1: {"choice": ["c"]}})
    found = outcome(replay(steps), CORRECTION)
    assert found is not None
    again = outcome(corrected(steps, found), Correction(99, ASKED, frozenset({71, 95})))
    assert again is not None
    assert again.slots == {1: SlotOutcome(95, 99, 1.0, 0.0)}


def test_pass_that_was_kept_can_be_taken_away_later() -> None:
    steps = graded({1: {"choice": ["b"]}})
    found = outcome(replay(steps), CORRECTION)
    assert found is not None
    later = outcome(corrected(steps, found), CORRECTION, allow_lowering=True)
    assert later is not None
    assert (later.slots, later.passed) == ({}, False)


def test_replayed_correction_keeps_responses_and_tells_its_reason() -> None:
    steps = graded({1: {"choice": ["c"]}})
    found = outcome(replay(steps), CORRECTION)
    assert found is not None
    state = corrected(steps, found)
    assert state.responses == {1: {"choice": ["c"]}}
    assert state.submitted_at == NOON
    assert state.corrected[1].reason == "wrong key"
    assert [state.judging(slot) for slot in state.slots] == [95, 72]


def test_other_options_cannot_have_been_chosen() -> None:
    fewer = replace(ASKED, options=ASKED.options[:2])
    other = replace(ASKED, options=(*ASKED.options[:2], Option("z", "Aorta", "Too big.")))
    assert "options" in incomparable_because(ASKED, fewer)
    assert "options" in incomparable_because(ASKED, other)
    assert incomparable_because(ASKED, replace(ASKED, options=ASKED.options[::-1], stem="Mended?", key=("a",))) == ""


def test_another_type_unit_or_left_side_is_another_question() -> None:
    dose, _ = Numeric.examples()
    pairs, _ = Matching.examples()
    assert "type" in incomparable_because(ASKED, dose)
    assert "unit" in incomparable_because(dose, replace(dose, unit="g"))
    assert "prompts" in incomparable_because(pairs, replace(pairs, prompts=pairs.prompts[:2]))
    assert incomparable_because(dose, replace(dose, high="2")) == ""


def test_words_decide_nothing_and_key_range_and_rule_do() -> None:
    dose, _ = Numeric.examples()
    assert decides_alike(ASKED, replace(ASKED, stem="Mended?", rationale="Better.", options=ASKED.options[::-1]))
    assert not decides_alike(ASKED, RIGHT_KEY)
    assert not decides_alike(dose, replace(dose, high="2"))


def test_step_keeps_who_why_which_versions_and_what_was_before() -> None:
    found = Outcome({2: SlotOutcome(71, 95, 1.0, 0.5)}, 100.0, 75.0, True, True, pass_kept=True)
    assert as_payload(found, "wrong key", 3) == {
        "by": 3, "reason": "wrong key", "slots": {"2": {"from": 71, "to": 95, "before": 1.0, "after": 0.5}},
        "score_before": 100.0, "passed_before": True, "score": 75.0, "passed": True, "pass_kept": True,
    }  # fmt: skip


def test_counts_say_what_happens_to_whom() -> None:
    slots = {1: SlotOutcome(71, 95, 1.0, 0.0)}
    up = Outcome(slots, 50, 75, False, True, pass_kept=False)
    kept = Outcome(slots, 75, 50, True, True, pass_kept=True)
    lost = Outcome(slots, 75, 50, True, False, pass_kept=False)
    same = Outcome(slots, 50, 50, False, False, pass_kept=False)
    found = count([up, kept, lost, same])
    assert (found.all, found.higher, found.lower) == (4, 1, 2)
    assert (found.newly_passed, found.passes_kept, found.passes_lost) == (1, 1, 1)


def test_seal_tells_one_report_from_another() -> None:
    one = Outcome({1: SlotOutcome(71, 95, 1.0, 0.0)}, 50, 75, False, True, pass_kept=False)
    assert seal([(1, one)]) == seal([(1, one)])
    assert len({seal([]), seal([(1, one)]), seal([(2, one)]), seal([(1, replace(one, passed=False))])}) == 4
