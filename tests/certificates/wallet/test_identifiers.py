"""NPI and birthday: what is kept of what people type, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.wallet.identifiers import IdentifierRefused, checked_birthday, checked_npi

VALID_NPIS = ("1234567893", "1245319599", "1003000126")


@pytest.mark.parametrize("npi", VALID_NPIS)
def test_npi_with_the_right_check_digit_is_kept(npi: str) -> None:
    assert checked_npi(npi) == npi
    assert checked_npi(f" {npi[:4]} {npi[4:7]}-{npi[7:]} ") == npi


def test_no_npi_is_none() -> None:
    assert checked_npi("  ") == ""


@pytest.mark.parametrize(
    "typed",
    ["1234567890", "123456789", "12345678930", "123456789a", "١٢٣٤٥٦٧٨٩٣", "１２３４５６７８９３", "000000000", "1e9"],
)
def test_what_is_no_npi_is_refused(typed: str) -> None:
    with pytest.raises(IdentifierRefused):
        checked_npi(typed)


@given(st.integers(0, 10**9 - 1))
def test_exactly_one_last_digit_fits_any_nine(first: int) -> None:
    fitting = [digit for digit in range(10) if is_npi(f"{first:09}{digit}")]
    assert len(fitting) == 1


@given(st.sampled_from(VALID_NPIS), st.integers(0, 9), st.integers(1, 9))
def test_any_one_mistyped_digit_is_noticed(npi: str, place: int, more: int) -> None:
    wrong = str((int(npi[place]) + more) % 10)
    assert not is_npi(npi[:place] + wrong + npi[place + 1 :])


def is_npi(text: str) -> bool:
    try:
        return bool(checked_npi(text))
    except IdentifierRefused:
        return False


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("02-29", "02-29"), ("2/29", "02-29"), ("12-31", "12-31"), ("1-1", "01-01"), ("", ""), (" 07-04 ", "07-04")],
)
def test_birthday_is_kept_as_month_and_day(typed: str, kept: str) -> None:
    assert checked_birthday(typed) == kept


@pytest.mark.parametrize(
    "typed", ["02-30", "13-01", "00-10", "04-31", "1980-02-29", "02-29-1980", "29.2.", "-", "2-", "०२-२९"]
)
def test_years_and_days_that_do_not_exist_are_refused(typed: str) -> None:
    with pytest.raises(IdentifierRefused):
        checked_birthday(typed)
