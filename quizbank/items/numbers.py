"""A number as people write it in; plain decimal text, compared exactly, out."""

import re
from decimal import Decimal

MOST_DIGITS = 15
SHOWN = 40  # characters of what was typed that a message repeats

LONGEST = 60  # characters that are read at all

_AMOUNT = re.compile(r"([-+]?(?:[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9.,]+)) ?(\D.*)?")
_PLAIN = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_COMMA_AS_MARK = re.compile(r"[-+]?[0-9]+,[0-9]+")
_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(\.[0-9]+)?")


class NoNumber(ValueError):
    """What was typed is no number that can be read in one way only; the message says what to write."""


def read_number(typed: str, unit: str = "") -> str:
    """Return plain decimal text ("12.5") for a number as people write it; raises NoNumber.

    The unit may stand behind it. A comma is the decimal mark where it can be nothing else ("12,5", "0,125") and groups
    digits where it can be nothing else ("1,234,567", "1,234.5"); "1,000" is refused, for it would be 1000 to one reader
    and 1 to another. A point is always the decimal mark, a space always groups digits.
    """
    text = " ".join(typed.replace("−", "-").split())
    shown = f"“{text[:SHOWN]}”"
    found = _AMOUNT.fullmatch(text[: LONGEST + 1])
    if not found or len(text) > LONGEST:
        raise NoNumber(f"{shown} is no number. Write digits, such as 12 or 12.5.")
    number, behind = found[1].replace(" ", ""), (found[2] or "").strip()
    if behind and not _is_unit(behind, unit):
        wanted = f"in {unit}, without another unit" if unit else "alone, without words or a unit"
        raise NoNumber(f"{shown} cannot be read. Write the number {wanted}.")
    if len(re.sub(r"[^0-9]", "", number)) > MOST_DIGITS:
        raise NoNumber(f"{shown} is too long. Write a number of at most {MOST_DIGITS} digits.")
    return _plain(number, shown)


def is_plain(text: str) -> bool:
    """Return whether a text is a decimal number as read_number writes it."""
    try:
        return read_number(text) == text
    except NoNumber:
        return False


def is_within(number: str, low: str, high: str) -> bool:
    """Return whether a number lies in a range, both ends included; all are plain decimal text."""
    return Decimal(low) <= Decimal(number) <= Decimal(high)


def _plain(number: str, shown: str) -> str:
    grouped = _GROUPED.fullmatch(number)
    if grouped and number.count(",") == 1 and not grouped[1]:
        together = number.replace(",", "")
        raise NoNumber(f"{shown} can be read in two ways. Write {together}, or use a point for the decimals.")
    if grouped:
        number = number.replace(",", "")
    elif _COMMA_AS_MARK.fullmatch(number):
        number = number.replace(",", ".")
    if not _PLAIN.fullmatch(number):
        raise NoNumber(f"{shown} is no number. Write digits, such as 12 or 12.5.")
    value = Decimal(number)
    return format(value if value else abs(value), "f")  # no "-0"


def _is_unit(behind: str, unit: str) -> bool:
    """Return whether what stands behind a number is the unit, in the singular or plural."""
    return bool(unit) and _bare(behind) == _bare(unit)


def _bare(unit: str) -> str:
    return unit.replace("\u00b5", "\u03bc").replace(" ", "").casefold().removesuffix(".").removesuffix("s")
