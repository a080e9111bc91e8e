"""Choice items: what a posted choice means, what is wrong with a content, and what its JSON may look like."""

from dataclasses import replace
from typing import Any

import pytest

from quizbank.items.choices import MAX_OPTIONS, option_problems, parse_choices, summarise_choices
from quizbank.items.content import InvalidContent, InvalidResponse, Option
from quizbank.items.options import MAX_OPTION, MAX_STEM
from quizbank.items.types.single_best_answer import SingleBestAnswer

OPTIONS = (Option("x1", "Aspirin", "Right."), Option("x2", "Warfarin", "Wrong."), Option("x3", "Heparin", "Wrong."))
STORED = SingleBestAnswer("Which drug?", OPTIONS, ("x1",), "Because.").to_json()


def problems(stem: str = "Which drug?", options: tuple[Option, ...] = OPTIONS, key: tuple[str, ...] = ("x1",)) -> str:
    return " ".join(option_problems(stem, options, key))


def test_choices_are_read_in_the_order_of_the_item() -> None:
    assert parse_choices({"choice": ["x3", "x1"]}, OPTIONS, at_most=3) == {"choice": ["x1", "x3"]}


@pytest.mark.parametrize("fields", [{}, {"choice": []}, {"choice": [""]}, {"other": ["x1"]}])
def test_no_choice_is_a_blank_response(fields: dict[str, list[str]]) -> None:
    assert parse_choices(fields, OPTIONS, at_most=1) == {}


@pytest.mark.parametrize(
    "given", [["x9"], ["X1"], ["x1 "], ["x1\x00"], ["x1", "x9"], ["x1", "x1"], ["x1,x2"], ["null"]]
)
def test_choice_that_is_not_an_option_is_refused(given: list[str]) -> None:
    with pytest.raises(InvalidResponse, match="does not belong"):
        parse_choices({"choice": given}, OPTIONS, at_most=3)


def test_more_choices_than_allowed_are_refused() -> None:
    with pytest.raises(InvalidResponse, match="one answer"):
        parse_choices({"choice": ["x1", "x2"]}, OPTIONS, at_most=1)


def test_summary_names_the_chosen_texts() -> None:
    assert summarise_choices({"choice": ["x1", "x3"]}, OPTIONS) == "Aspirin; Heparin"


def test_summary_of_a_blank_response_is_empty() -> None:
    assert summarise_choices({}, OPTIONS) == ""


def test_complete_content_has_no_problems() -> None:
    assert problems() == ""


@pytest.mark.parametrize("stem", ["", "  \n"])
def test_missing_stem_is_a_problem(stem: str) -> None:
    assert "Write the question" in problems(stem=stem)


def test_stem_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert problems(stem="w" * MAX_STEM) == ""
    assert "Shorten the question" in problems(stem="w" * (MAX_STEM + 1))


def test_two_options_are_too_few() -> None:
    assert "at least 3 options" in problems(options=OPTIONS[:2])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (Option("x3", "  ", "Wrong."), "Fill in every option"),
        (Option("x3", "w" * (MAX_OPTION + 1), "Wrong."), "Shorten every option"),
        (Option("x3", " aspirin", "Wrong."), "say the same"),
        (Option("x1", "Heparin", "Wrong."), "Mark the right answer"),
        (Option("x3", "Heparin", " "), "why it is right or wrong"),
    ],
)
def test_damaged_option_is_a_problem(changed: Option, words: str) -> None:
    assert words in problems(options=(*OPTIONS[:2], changed))


def test_key_outside_the_options_is_a_problem() -> None:
    assert "Mark the right answer" in problems(key=("x9",))


def test_key_named_twice_is_a_problem() -> None:
    assert "Mark the right answer" in problems(key=("x1", "x1"))


def test_content_read_from_its_json_is_equal() -> None:
    content = SingleBestAnswer.from_json(STORED)
    assert content == SingleBestAnswer("Which drug?", OPTIONS, ("x1",), "Because.")
    assert replace(content, stem="Another?") != content


@pytest.mark.parametrize(
    "damage",
    [
        {"schema": 2},
        {"schema": None},
        {"schema": "1"},
        {"stem": None},
        {"stem": 7},
        {"rationale": ["Because."]},
        {"options": None},
        {"options": "abc"},
        {"options": [1, 2, 3]},
        {"options": [{"id": "x1"}]},
        {"options": [["x1", "Aspirin", ""]]},
        {"key": None},
        {"key": 5},
        {"key": "x1"},
        {"key": [5]},
    ],
)
def test_damaged_json_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(InvalidContent):
        SingleBestAnswer.from_json({**STORED, **damage})


@pytest.mark.parametrize("stored", [[], None, "text", 5])
def test_json_that_is_no_object_is_refused(stored: object) -> None:
    with pytest.raises(InvalidContent):
        SingleBestAnswer.from_json(stored)  # type: ignore[arg-type]


def test_more_options_than_there_are_keys_for_are_too_many() -> None:
    many = tuple(Option(f"x{number}", f"Drug {number}", "Told.") for number in range(MAX_OPTIONS + 1))
    assert "Keep at most 8 options." in problems(options=many)
    assert "Keep at most" not in problems(options=many[:-1])
