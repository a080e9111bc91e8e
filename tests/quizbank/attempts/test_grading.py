"""Grading: fractions and weights become a score, the score meets the pass mark, and the order follows its seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.attempts.grading import grade_attempt, has_passed, lay_out, score_of
from quizbank.attempts.log import Slot
from quizbank.items.types.matching import Matching
from quizbank.items.types.multiple_response import MultipleResponse
from quizbank.items.types.ordering import Ordering
from quizbank.items.types.single_best_answer import SingleBestAnswer

SINGLE, _ = SingleBestAnswer.examples()
SEVERAL, _ = MultipleResponse.examples()
ITEMS = [(71, 5, SINGLE), (72, 5, SEVERAL), (73, 6, SINGLE), (74, 6, SEVERAL)]
CONTENTS = {version_id: content for version_id, _, content in ITEMS}
FRACTIONS = st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 100)), min_size=1, max_size=30)


def slots_weighing(*weights: float) -> list[Slot]:
    return [Slot(number, 70 + number, 5, weight, ()) for number, weight in enumerate(weights, start=1)]


def test_attempt_is_graded_slot_by_slot() -> None:
    responses = {1: {"choice": ["b"]}, 2: {"choice": ["a", "b"]}, 3: {"choice": ["a"]}}
    grades = grade_attempt(slots_weighing(1, 1, 1, 1), CONTENTS, responses, pass_mark=40)
    assert grades.fractions == pytest.approx({1: 1, 2: 2 / 3, 3: 0, 4: 0})
    assert grades.score == pytest.approx(100 * (5 / 3) / 4)
    assert grades.passed


def test_attempt_left_blank_scores_nothing() -> None:
    grades = grade_attempt(slots_weighing(1, 1), CONTENTS, {}, pass_mark=1)
    assert (grades.score, grades.passed) == (0, False)


def test_heavier_item_counts_more() -> None:
    assert score_of(slots_weighing(1, 3), {1: 0, 2: 1}) == 75


def test_attempt_without_items_scores_nothing() -> None:
    assert score_of([], {}) == 0


@given(FRACTIONS)
def test_score_stays_between_0_and_100(rows: list[tuple[float, float]]) -> None:
    slots = slots_weighing(*(weight for _, weight in rows))
    fractions = {slot.number: fraction for slot, (fraction, _) in zip(slots, rows, strict=True)}
    assert 0 <= score_of(slots, fractions) <= 100


@given(FRACTIONS)
def test_everything_right_scores_100(rows: list[tuple[float, float]]) -> None:
    slots = slots_weighing(*(weight for _, weight in rows))
    assert score_of(slots, {slot.number: 1.0 for slot in slots}) == pytest.approx(100)


@pytest.mark.parametrize(
    ("score", "passed"), [(70, True), (70.0001, True), (70 - 1e-12, True), (69.999, False), (0, False), (100, True)]
)
def test_score_has_to_reach_the_pass_mark(score: float, passed: bool) -> None:
    assert has_passed(score, 70) is passed


def test_thirds_that_add_up_to_the_pass_mark_reach_it() -> None:
    slots = slots_weighing(*[1] * 10)
    fractions = {number: 1 / 3 + 1 / 3 if number <= 3 else (0 if number == 10 else 5 / 6) for number in range(1, 11)}
    assert has_passed(score_of(slots, fractions), 70)


def test_same_seed_gives_the_same_order() -> None:
    assert lay_out(ITEMS, 4) == lay_out(ITEMS, 4)


def test_other_seeds_give_other_orders() -> None:
    assert len({lay_out(ITEMS, seed) for seed in range(20)}) > 10


@given(st.integers(0, 2**32 - 1))
def test_every_item_is_asked_once_with_all_its_options(seed: int) -> None:
    slots = lay_out(ITEMS, seed)
    assert [slot.number for slot in slots] == [1, 2, 3, 4]
    assert {(slot.version_id, slot.objective_id) for slot in slots} == {(71, 5), (72, 5), (73, 6), (74, 6)}
    assert all(sorted(slot.order) == [option.id for option in CONTENTS[slot.version_id].options] for slot in slots)


def test_key_lands_on_every_letter() -> None:
    places = [slots[0].order.index("b") for slots in (lay_out([(71, 5, SINGLE)], seed) for seed in range(300))]
    assert all(70 <= places.count(place) <= 130 for place in range(3))


def test_items_and_options_stand_as_written_when_they_are_not_shuffled() -> None:
    slots = lay_out(ITEMS, seed=4, shuffle_items=False, shuffle_options=False)
    assert [slot.version_id for slot in slots] == [71, 72, 73, 74]
    assert [slot.order for slot in slots] == [tuple(o.id for o in content.options) for _, _, content in ITEMS]


@pytest.mark.parametrize("kind", [Ordering, Matching], ids=["ordering", "matching"])
def test_steps_and_pairs_are_always_shuffled(kind: type[Ordering | Matching]) -> None:
    content, _ = kind.examples()
    as_written = tuple(option.id for option in content.options)
    orders = {lay_out([(71, 5, content)], seed, shuffle_options=False)[0].order for seed in range(20)}
    assert orders != {as_written}
