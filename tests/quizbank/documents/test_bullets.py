"""Bullets, numbers and lists run together in one line are told apart from dashes and names."""

import pytest

from quizbank.documents.bullets import item_of, split_inline_list


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- Fever", "Fever"),
        ("• Fever", "Fever"),
        ("*  Fever", "Fever"),
        ("1. Fever", "Fever"),
        ("(2) Fever", "Fever"),
        ("a) Fever", "Fever"),
    ],
)
def test_bullets_and_numbers_make_items(line: str, text: str) -> None:
    item = item_of(line)
    assert item is not None
    assert item.text == text


@pytest.mark.parametrize("line", ["E. coli grows fast", "-5 degrees", "2.5 mg", "Fever - a sign", "*bold*", "-"])
def test_names_numbers_and_dashes_make_none(line: str) -> None:
    assert item_of(line) is None


def test_indented_bullets_are_nested() -> None:
    item = item_of("    - Deep")
    assert item is not None
    assert item.level == 2


def test_a_list_run_together_comes_apart_and_its_copy_is_left_out() -> None:
    line = "Signs include - fever  - loss of weight  - cough at night fever loss of weight cough at night Rest helps."
    pieces = split_inline_list(line, gap=True)
    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("text", "Signs include"),
        ("item", "fever"),
        ("item", "loss of weight"),
        ("item", "cough at night"),
        ("left_out", "fever loss of weight cough at night"),
        ("text", "Rest helps."),
    ]


def test_dashes_in_prose_stay_prose() -> None:
    line = "The graft - a thin one - heals."
    assert [piece.text for piece in split_inline_list(line, gap=True)] == [line]
