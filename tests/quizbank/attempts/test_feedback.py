"""Feedback: a question tells nothing of its key; after submission everything is there."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from quizbank.attempts.feedback import (
    Choice,
    ObjectiveScore,
    Question,
    item_feedback,
    may_see_feedback,
    objective_scores,
    question,
)
from quizbank.attempts.log import AttemptState, Slot
from quizbank.documents.passage import Passage
from quizbank.items.content import ItemContent
from quizbank.items.types import ITEM_TYPES
from quizbank.items.types.single_best_answer import SingleBestAnswer
from tests.contracts.test_item_types import with_another_key

CONTENT, _ = SingleBestAnswer.examples()
SLOT = Slot(2, 71, 5, 1.0, ("c", "a", "b"))
PASSAGE = Passage("Before. ", "Cited.", " After.")
NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)

every_type = pytest.mark.parametrize("kind", ITEM_TYPES, ids=lambda kind: kind.type)


def test_question_shows_the_options_in_the_order_of_the_attempt() -> None:
    asked = question(SLOT, CONTENT, {})
    assert [(choice.letter, choice.id) for choice in asked.choices] == [("A", "c"), ("B", "a"), ("C", "b")]
    assert asked.stem == CONTENT.stem
    assert asked.number == 2


def test_question_shows_what_was_chosen() -> None:
    asked = question(SLOT, CONTENT, {"choice": ["a"]})
    assert [choice.id for choice in asked.choices if choice.is_chosen] == ["a"]
    assert asked.is_answered


def test_blank_question_is_not_answered() -> None:
    assert not question(SLOT, CONTENT, {}).is_answered


@every_type
def test_question_is_the_same_whatever_is_right(kind: type[ItemContent]) -> None:
    content, _ = kind.examples()
    slot = replace(SLOT, order=tuple(option.id for option in content.options))
    other = with_another_key(content)
    for response in ({}, content.right_response()):
        assert question(slot, content, response) == question(slot, other, response)


@every_type
def test_question_holds_no_rationale(kind: type[ItemContent]) -> None:
    content, _ = kind.examples()
    slot = replace(SLOT, order=tuple(option.id for option in content.options))
    shown = repr(question(slot, content, {}))
    reasons = [content.rationale, *(one.rationale for one in (*content.options, *content.prompts))]
    assert not any(reason in shown for reason in reasons if reason)


def test_question_has_no_place_for_a_key() -> None:
    assert {field.name for field in fields(Choice)} == {"id", "letter", "text", "is_chosen"}
    assert {field.name for field in fields(Question)} == {
        "number", "type", "label", "stem", "choices", "prompts", "unit", "given", "answer", "is_answered", "is_begun",
        "problem",
    }  # fmt: skip


def test_feedback_tells_own_answer_key_and_every_rationale() -> None:
    told = item_feedback(SLOT, CONTENT, {"choice": ["a"]}, 0.0, PASSAGE, "Anatomy")
    assert [choice.letter for choice in told.choices if choice.is_chosen] == ["B"]
    assert [choice.letter for choice in told.choices if choice.is_key] == ["C"]
    assert [choice.rationale for choice in told.choices] == [CONTENT.options[place].rationale for place in (2, 0, 1)]
    assert (told.rationale, told.passage, told.objective) == (CONTENT.rationale, PASSAGE, "Anatomy")


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (AttemptState(), False),
        (AttemptState(started_at=NOON), False),
        (AttemptState(started_at=NOON, submitted_at=NOON), False),
        (AttemptState(started_at=NOON, submitted_at=NOON, fractions={}), True),
    ],
)
def test_feedback_opens_with_submission_and_grades(state: AttemptState, may: bool) -> None:
    assert may_see_feedback(state) is may


def test_score_of_an_objective_weighs_its_own_items() -> None:
    slots = [Slot(1, 71, 5, 1.0, ()), Slot(2, 72, 5, 3.0, ()), Slot(3, 73, 6, 1.0, ())]
    found = objective_scores(slots, {1: 0.0, 2: 1.0, 3: 0.5}, {6: "Treat", 5: "Recognise", 7: "Prevent"})
    assert found == (ObjectiveScore("Treat", 50), ObjectiveScore("Recognise", 75))
