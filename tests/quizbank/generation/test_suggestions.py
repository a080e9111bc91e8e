"""Suggestions: the best alternatives are filled in, and what a person changes is told in words."""

from dataclasses import replace

import pytest

from quizbank.generation.candidates import Choice
from quizbank.generation.suggestions import (
    SwapRefused,
    answers,
    changes,
    choices_to_json,
    prefilled,
    read_choices,
    swapped,
    traced,
    warnings_of,
)
from quizbank.items.content import Option
from quizbank.items.types import MultipleResponse, Numeric, Ordering, SingleBestAnswer

PROVED = tuple(Choice(text, "Not told.", origin="lexicon") for text in ("Cough", "Itch"))
DOUBTED = Choice("Rash", "Not told.", origin="document", warning="Nobody has proved it.")
FATIGUE, OEDEMA = Option("a", "Fatigue", "So it says."), Option("b", "Oedema", "Late.")
CONTENT = SingleBestAnswer("Which sign is the commonest?", (FATIGUE, OEDEMA), ("a",), "So it says.")


def texts(options: tuple[Option, ...]) -> list[str]:
    return [option.text for option in options]


def test_proved_alternatives_fill_up_to_three_wrong_options_first() -> None:
    start = prefilled(CONTENT, (DOUBTED, *PROVED))
    assert texts(start.kept) == ["Fatigue", "Oedema", "Cough", "Itch"]
    assert texts(start.left_out) == ["Rash"]


def test_unproved_alternatives_are_filled_in_when_there_are_no_others() -> None:
    assert texts(prefilled(CONTENT, (DOUBTED,)).kept) == ["Fatigue", "Oedema", "Rash"]


def test_item_with_enough_wrong_options_gets_no_more() -> None:
    full = replace(CONTENT, options=prefilled(CONTENT, PROVED).kept)
    assert prefilled(full, (DOUBTED,)).kept == full.options


def test_every_right_answer_of_several_stays() -> None:
    several = MultipleResponse("Which are signs?", (FATIGUE, OEDEMA), ("a", "b"), "")
    assert texts(prefilled(several, PROVED).kept) == ["Fatigue", "Oedema", "Cough", "Itch"]


def test_alternatives_read_back_as_they_were_stored() -> None:
    assert read_choices(choices_to_json((*PROVED, DOUBTED))) == (*PROVED, DOUBTED)
    assert warnings_of((*PROVED, DOUBTED)) == {"Rash": "Nobody has proved it."}


def test_unchanged_content_has_no_changes() -> None:
    assert changes(CONTENT, CONTENT) == []


def test_each_change_is_told() -> None:
    other = SingleBestAnswer(
        "Which sign is common?",
        (replace(FATIGUE, text="Tiredness"), Option("c", "Cough", "No.")),
        ("c",),
        "Read it.",
    )
    assert changes(CONTENT, other) == [
        "Question was “Which sign is the commonest?”.",
        "Left out “Oedema”.",
        "Added “Cough”.",
        "“Fatigue” became “Tiredness”.",
        "Other right answers marked.",
        "Explanation rewritten.",
    ]


def test_new_reason_of_an_option_is_told() -> None:
    other = replace(CONTENT, options=(FATIGUE, replace(OEDEMA, rationale="It comes late.")))
    assert changes(CONTENT, other) == ["Reason for “Oedema” rewritten."]


def test_option_that_was_replaced_can_be_taken_back() -> None:
    swapped = replace(CONTENT, options=(FATIGUE, Option("x", "Rash", "Not told.")))
    kept = traced(CONTENT, swapped, (*PROVED, DOUBTED))
    assert [one["text"] for one in kept["options"]] == ["Rash"]
    assert (kept["edited"], traced(CONTENT, CONTENT, PROVED)["edited"]) == (True, False)
    assert [(one["text"], one["origin"]) for one in kept["alternatives"]] == [
        ("Cough", "lexicon"),
        ("Itch", "lexicon"),
        ("Oedema", "replaced"),
    ]


def test_choice_takes_the_place_of_a_wrong_option_under_an_id_of_its_own() -> None:
    content = swapped(CONTENT, "b", DOUBTED)
    assert texts(content.options) == ["Fatigue", "Rash"]
    assert content.options[1].id not in ("a", "b")
    assert (content.options[1].rationale, content.key) == ("Not told.", ("a",))


@pytest.mark.parametrize("option_id", ["a", "z", ""])
def test_key_is_never_swapped(option_id: str) -> None:
    with pytest.raises(SwapRefused, match="Only a wrong option"):
        swapped(CONTENT, option_id, DOUBTED)


def test_other_right_answers_of_an_item_without_letters_are_told_as_they_were() -> None:
    before, _ = Numeric.examples()
    assert changes(before, replace(before, high="2")) == ["Right was “Number: 1 mg”."]
    order, _ = Ordering.examples()
    assert changes(order, replace(order, key=order.key[::-1])) == [f"Right was “{answers(order)}”."]
    assert changes(order, order) == []
