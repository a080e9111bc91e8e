"""Names as typed and as printed: what is kept, what is cleaned, what is refused and in which words."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.accounts.names import MAX_LETTERS, MAX_NAME, NameRefused, clean_name, printable_name

KEPT = [
    "Ann Lee",
    "Alexandra M. Whitfield-Okonkwo",
    "Seán Ó Súilleabháin",
    "Nguyễn Thị Ánh Tuyết",
    "محمد عبد الرحمن السّيّد",
    "مهدی\u200cزاده",
    "王小明",
    "さくら 김민준",
    "क्षितिज श्रीवास्तव",
    "क्\u200dष",
    "שָׁלוֹם כֹּהֵן",
    "Ӑлексей Иванов",
    "d'Artagnan, Jr.",
    "=cmd|' /C calc'!A0",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "O\u2019Neill",
]


@pytest.mark.parametrize("name", KEPT)
def test_ordinary_name_is_printed_as_typed(name: str) -> None:
    assert printable_name(name) == unicodedata.normalize("NFC", name)


def test_name_is_composed() -> None:
    assert printable_name("Jose\u0301") == "José"


@pytest.mark.parametrize(
    "control", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"]
)
def test_bidi_control_is_stripped(control: str) -> None:
    assert printable_name(f"Ann{control} Lee") == "Ann Lee"


@pytest.mark.parametrize("invisible", ["\x07", "\x1b", "\x7f", "\u00ad", "\ufeff", "\u2060", "\u034f", "\U000e0041"])
def test_invisible_character_is_stripped(invisible: str) -> None:
    assert printable_name(f"A{invisible}nn Lee") == "Ann Lee"


@pytest.mark.parametrize("blank", ["  ", "\t", "\r\n", "\u00a0", "\u3000", "\u2028", "\u3164", "\u2800"])
def test_any_kind_of_blank_becomes_one_space(blank: str) -> None:
    assert printable_name(f" Ann{blank}Lee ") == "Ann Lee"


def test_composition_across_a_stripped_character_is_still_composed() -> None:
    assert printable_name("Jose\u200e\u0301") == "José"


def test_joiner_outside_a_word_is_dropped_and_a_run_of_them_is_one() -> None:
    assert printable_name("\u200dAnn \u200c Lee\u200c क्\u200d\u200dष") == "Ann Lee क्\u200dष"


@pytest.mark.parametrize("empty", ["", "   ", "\u200d", "\u202e", "\u3164\u3164", "...", "\u0301", "🙂"])
def test_name_without_a_letter_is_refused(empty: str) -> None:
    with pytest.raises(NameRefused, match="at least one letter"):
        printable_name(empty)


@pytest.mark.parametrize("broken", ["Ann\x00Lee", "Ann \ud83d", "\udfff", "Ann \ue000", "Ann \u0378"])
def test_character_that_no_keyboard_types_is_refused(broken: str) -> None:
    with pytest.raises(NameRefused, match="cannot be printed"):
        printable_name(broken)


ONE_LETTER = ("W", "é", "x\u0302", "한", "\u1112\u1161\u11ab", "王", "ש\u05c1", "கி", "👩🏽\u200d⚕\ufe0f", "🇫🇷")


@pytest.mark.parametrize("letter", ONE_LETTER)
def test_letters_are_counted_as_readers_count_them(letter: str) -> None:
    many = unicodedata.normalize("NFC", letter) * MAX_LETTERS
    if len(many) <= MAX_NAME:
        assert printable_name(many) == many
    with pytest.raises(NameRefused, match=r"up to (120 letters|200 characters)"):
        printable_name("A" + many)


def test_longest_name_is_kept_and_one_more_letter_is_refused() -> None:
    assert printable_name("W" * MAX_LETTERS) == "W" * MAX_LETTERS
    assert len(printable_name("e\u0301" * MAX_LETTERS)) == MAX_LETTERS
    with pytest.raises(NameRefused, match="up to 120 letters; this one has 121"):
        printable_name("W" * (MAX_LETTERS + 1))


def test_name_of_more_characters_than_are_kept_is_refused() -> None:
    with pytest.raises(NameRefused, match="this one has 240"):
        printable_name("x\u0302" * MAX_LETTERS)


def test_name_for_trying_out_may_have_more_letters_than_any_person_has() -> None:
    assert clean_name("W" * MAX_NAME) == "W" * MAX_NAME
    with pytest.raises(NameRefused, match="this one has 201"):
        clean_name("W" * (MAX_NAME + 1))


@pytest.mark.parametrize(
    "huge", ["W" * 1_000_000, "e\u0301" * 500_000, "Z" + "\u0334" * 1_000_000, "\u202e" * 1_000_000]
)
def test_megabyte_of_name_is_refused_at_once(huge: str) -> None:
    started = time.perf_counter()
    with pytest.raises(NameRefused, match="up to 120"):
        printable_name(huge)
    assert time.perf_counter() - started < 0.1


def test_three_hundred_marks_on_one_letter_are_refused_at_once() -> None:
    started = time.perf_counter()
    with pytest.raises(NameRefused):
        printable_name("Z" + "\u0301" * 300)
    assert time.perf_counter() - started < 0.1


@pytest.mark.parametrize(
    "heaped", ["Z" + "\u0300\u0301\u0302\u0303\u0304", "A" + "\u0334" * 90, "\u0301Ann", "Ann \u0301Lee"]
)
def test_heaped_marks_are_refused(heaped: str) -> None:
    with pytest.raises(NameRefused, match="more than 4 accents"):
        printable_name(heaped)


def test_joiners_do_not_hide_heaped_marks() -> None:
    with pytest.raises(NameRefused, match="accents"):
        printable_name("Z" + "\u0334\u200d" * 6 + "a")


@given(st.text(max_size=250))
def test_printed_name_prints_as_itself(text: str) -> None:
    try:
        name = printable_name(text)
    except NameRefused:
        return
    assert printable_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name)
