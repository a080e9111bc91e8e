"""Options whatever they are used for: what is wrong with their texts, and what their JSON may look like."""

import pytest

from quizbank.items.content import InvalidContent, Option
from quizbank.items.options import (
    MAX_OPTION,
    OptionContent,
    options_from_json,
    options_to_json,
    stem_problems,
    text_problems,
)

OPTIONS = (Option("x1", "Aspirin", "Right."), Option("x2", "Warfarin"))
CONTENT = OptionContent("Which drug?", OPTIONS, ("x1",), "Because.")


def test_options_survive_their_json() -> None:
    assert options_from_json(options_to_json(OPTIONS)) == OPTIONS


@pytest.mark.parametrize("stored", [5, [None], ["x"], [{"id": "x1"}], [{"text": "Aspirin"}]])
def test_damaged_options_are_refused(stored: list[dict[str, str]]) -> None:
    with pytest.raises(InvalidContent, match="damaged"):
        options_from_json(stored)


def test_what_is_wrong_with_texts_is_said_in_the_words_of_the_type() -> None:
    assert text_problems(OPTIONS, "step") == []
    assert text_problems((Option("x", ""),), "step") == ["Fill in every step or remove it."]
    assert text_problems((Option("x", "w" * (MAX_OPTION + 1)),), "step") == ["Shorten every step to 500 characters."]
    assert text_problems((*OPTIONS, Option("x", "ASPIRIN ")), "step") == ["Two steps say the same."]


def test_question_without_words_has_a_problem() -> None:
    assert stem_problems(" ") == ["Write the question."]
    assert stem_problems("Which?") == []


def test_other_ids_go_through_options_and_key() -> None:
    named = CONTENT.with_ids({"x1": "one", "x2": "two"})
    assert [option.id for option in named.options] == ["one", "two"]
    assert named.key == ("one",)
    assert [option.text for option in named.options] == ["Aspirin", "Warfarin"]


def test_content_read_from_its_json_is_equal() -> None:
    assert OptionContent.from_json(CONTENT.to_json()) == CONTENT
