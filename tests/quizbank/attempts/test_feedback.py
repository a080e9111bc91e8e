"""Feedback: a question tells nothing of its key; after submission everything is there."""

from dataclasses import fields, replace

import pytest

from quizbank.activities.modes import Level
from quizbank.attempts.feedback import (
    Choice,
    ObjectiveScore,
    Question,
    item_feedback,
    objective_scores,
    question,
)
from quizbank.attempts.log import Marks, Slot
from quizbank.documents.passage import Passage
from quizbank.items.content import ItemContent
from quizbank.items.types import ITEM_TYPES
from quizbank.items.types.single_best_answer import SingleBestAnswer
from tests.contracts.test_item_types import with_another_key

CONTENT, _ = SingleBestAnswer.examples()
SLOT = Slot(2, 71, 5, 1.0, ("c", "a", "b"))
PASSAGE = Passage("Before. ", "Cited.", " After.")

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
    assert {field.name for field in fields(Choice)} == {"id", "letter", "text", "is_chosen", "is_struck"}
    assert {field.name for field in fields(Question)} == {
        "number", "type", "label", "stem", "choices", "prompts", "unit", "given", "answer", "is_answered", "is_begun",
        "problem", "is_flagged", "confidence", "asks_confidence", "can_check", "can_flag", "is_checked", "is_practice",
    }  # fmt: skip


def test_question_shows_what_was_marked() -> None:
    asked = question(SLOT, CONTENT, {}, marks=Marks(flagged=True, struck=("a",), confidence=2))
    assert (asked.is_flagged, asked.confidence) == (True, 2)
    assert [choice.id for choice in asked.choices if choice.is_struck] == ["a"]


def test_question_asked_once_more_is_blank() -> None:
    asked = question(SLOT, CONTENT, {"choice": ["a"]}, marks=Marks(struck=("b",))).asked_again()
    assert asked.is_practice
    assert not any(choice.is_chosen or choice.is_struck for choice in asked.choices)
    assert asked.given == ()


def test_feedback_tells_own_answer_key_and_every_rationale() -> None:
    told = item_feedback(SLOT, CONTENT, {"choice": ["a"]}, 0.0, Level.SOURCE, PASSAGE)
    assert [choice.letter for choice in told.choices if choice.is_chosen] == ["B"]
    assert [choice.letter for choice in told.choices if choice.is_key] == ["C"]
    assert [choice.rationale for choice in told.choices] == [CONTENT.options[place].rationale for place in (2, 0, 1)]
    assert (told.rationale, told.passage) == (CONTENT.rationale, PASSAGE)


@every_type
def test_right_or_wrong_alone_tells_neither_key_nor_reason_nor_source(kind: type[ItemContent]) -> None:
    content, _ = kind.examples()
    slot = replace(SLOT, order=tuple(option.id for option in content.options))
    told = item_feedback(slot, content, {}, 0.0, Level.MARKS, PASSAGE)
    assert not told.shows_key
    assert told == item_feedback(slot, with_another_key(content), {}, 0.0, Level.MARKS, PASSAGE)
    assert told.passage is None


@every_type
def test_key_is_told_without_reasons_when_only_the_key_may_be_seen(kind: type[ItemContent]) -> None:
    content, _ = kind.examples()
    slot = replace(SLOT, order=tuple(option.id for option in content.options))
    told = item_feedback(slot, content, {}, 0.0, Level.KEY, PASSAGE)
    assert any(choice.is_key for choice in told.choices) or all(part.right for part in told.parts)
    reasons = [content.rationale, *(one.rationale for one in (*content.options, *content.prompts))]
    assert not any(reason in repr(told) for reason in reasons if reason)


def test_score_of_an_objective_weighs_its_own_items() -> None:
    slots = [Slot(1, 71, 5, 1.0, ()), Slot(2, 72, 5, 3.0, ()), Slot(3, 73, 6, 1.0, ())]
    found = objective_scores(slots, {1: 0.0, 2: 1.0, 3: 0.5}, {6: "Treat", 5: "Recognise", 7: "Prevent"})
    assert found == (ObjectiveScore("Treat", 50), ObjectiveScore("Recognise", 75))
