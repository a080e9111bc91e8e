"""Numbers as people write them: read in one way only, or refused with a sentence that says what to write."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.items.numbers import LONGEST, NoNumber, is_plain, is_within, read_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        (" 12.5 ", "12.5"),
        ("12,5", "12.5"),
        ("0,125", "0.125"),
        ("1000,125", "1000.125"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("12 500", "12500"),
        ("12 500,5", "12500.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.000", "1.000"),
        ("007", "7"),
        ("+3", "3"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("-0", "0"),
        ("-0.0", "0.0"),
    ],
)
def test_number_is_read(typed: str, number: str) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", "one", "NaN", "nan", "inf", "-Infinity", "1e3", "1e999", "0x1F", "½", "1/2", "10²", "١٢", "１２", "1_000", "5%",
     "12-14", "12 14", "1.2.3", "1,2,3", "1.234,5", "1,23,456", ",", ".", "-", "+-1", "12 0000", "1;2", "9" * 16,
     "9" * 5_000, "1" + " " * 5_000 + "2", "\x00", "5 mg"],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(NoNumber, match=r"^“.*” .*\. ?.*Write .*\.$") as refused:
        read_number(typed)
    assert len(str(refused.value)) < 160


def test_comma_before_three_digits_is_never_guessed() -> None:
    with pytest.raises(
        NoNumber, match=r"“1,000” can be read in two ways. Write 1000, or use a point for the decimals."
    ):
        read_number("1,000")


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("5mg", "mg"), ("5 MG", "mg"), ("5 week", "weeks"), ("5 weeks", "week"), ("5 %", "%"), ("5 µg", "μg"), ("5 mg/ kg", "mg/kg")],
)  # fmt: skip
def test_unit_may_stand_behind_the_number(typed: str, unit: str) -> None:
    assert read_number(typed, unit) == "5"


@pytest.mark.parametrize(
    ("typed", "unit"), [("5 g", "mg"), ("5 mg", "g"), ("5 mg", ""), ("5 mg mg", "mg"), ("5 m", "mg")]
)
def test_other_unit_is_refused(typed: str, unit: str) -> None:
    with pytest.raises(NoNumber, match="Write the number"):
        read_number(typed, unit)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_every_plain_number_is_read_as_itself(number: Decimal) -> None:
    assert Decimal(read_number(f"{number:f}")) == number


@given(st.text(max_size=LONGEST + 10))
def test_nothing_typed_breaks_the_reader(typed: str) -> None:
    try:
        number = read_number(typed, "mg")
    except NoNumber:
        return
    assert is_plain(number)


def test_long_text_is_refused_at_once() -> None:
    started = time.perf_counter()
    for typed in ("1" * 500_000, "1 000 " * 100_000, "1," * 200_000):
        with pytest.raises(NoNumber):
            read_number(typed)
    assert time.perf_counter() - started < 0.5


def test_range_includes_its_ends() -> None:
    assert is_within("0.1", "0.1", "0.3")
    assert is_within("0.30", "0.1", "0.3")
    assert not is_within("0.3000000000000001", "0.1", "0.3")
