"""Fitting text: large when short, smaller when long, never outside; lines that wrap are about equally long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing.fitting import Box, fit, pieces_of

BOX = Box("Serif", 400, width=100, height=40, line_height=1.0, sizes=(40, 20, 10, 5))


def half_an_em(character: str, family: str, weight: int) -> float | None:
    return None if character == "\ufffd" else 0.5


def size_of(text: str, box: Box = BOX) -> float | None:
    found = fit(text, box, half_an_em)
    return found.size if found else None


@pytest.mark.parametrize(
    ("text", "size"), [("", 40), ("Ann", 40), ("Ann L", 20), ("Ann Lee Li", 20), ("word " * 6, 10)]
)
def test_size_falls_with_length(text: str, size: float) -> None:
    assert size_of(text) == size


def test_text_too_long_for_the_smallest_size_has_no_fit() -> None:
    assert size_of("x" * 1_000) is None


def test_word_longer_than_a_line_is_broken() -> None:
    assert size_of("x" * 18) == 20


def test_wide_letters_break_anywhere_and_need_no_blank() -> None:
    assert [len(piece.letters) for piece in pieces_of("王小明 Li", BOX, half_an_em)] == [1, 1, 1, 2]
    assert [piece.blank > 0 for piece in pieces_of("王小明 Li", BOX, half_an_em)] == [True, False, False, True]


def test_marks_take_no_room() -> None:
    assert size_of("e\u0301\u0302" * 4) == size_of("e" * 4)


def test_letter_that_no_font_has_counts_as_a_whole_em() -> None:
    assert size_of("\ufffd" * 2) == 40
    assert size_of("\ufffd" * 3) == 20


def test_letter_spacing_counts() -> None:
    spaced = Box("Serif", 400, 100, 40, 1.0, (40, 20, 10, 5), spacing=0.5)
    assert size_of("Ann", spaced) == 20


def test_two_lines_are_made_about_equal() -> None:
    found = fit("one two six ten", BOX, half_an_em)
    assert found is not None
    assert found.size == 20
    assert found.width < 85


def test_single_line_keeps_the_whole_width() -> None:
    found = fit("Ann", BOX, half_an_em)
    assert found is not None
    assert found.width == BOX.width


@given(st.text(alphabet="ab 王", max_size=80), st.text(alphabet="ab 王", max_size=20))
def test_longer_text_never_gets_larger(text: str, more: str) -> None:
    assert (size_of(text + more) or 0) <= (size_of(text) or 0)
