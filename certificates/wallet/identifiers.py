"""Numbers and days that identify a person: as typed they go in; as kept they come out, or what is wrong with them.

Sources: NPI by the check digit of ISO/IEC 7812 (Luhn) over the number behind the prefix 80840; ACCME PARS wants the
birth month and day only.
"""

import re
from datetime import date

PREFIX_OF_NPI = "80840"
LEAP_YEAR = 2000
"""A year in which every birthday has its day."""
SEPARATORS = re.compile(r"[\s.\-]")
DAY_OF_YEAR = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})")


class IdentifierRefused(ValueError):
    """This cannot be the number or day it is given as; the message says why."""


def checked_npi(text: str) -> str:
    """Return a National Provider Identifier as ten digits, empty when none was given; raises IdentifierRefused."""
    number = SEPARATORS.sub("", text)
    if not number:
        return ""
    if not re.fullmatch(r"[0-9]{10}", number):
        raise IdentifierRefused("An NPI has exactly ten digits.")
    if luhn_sum(PREFIX_OF_NPI + number) % 10:
        raise IdentifierRefused("This is no NPI: its last digit does not fit the others. Compare it with your record.")
    return number


def luhn_sum(digits: str) -> int:
    """Return the sum of Luhn's algorithm, a multiple of ten for a number with the right check digit."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled)


def checked_birthday(text: str) -> str:
    """Return a birth month and day as ``MM-DD``, empty when none was given; raises IdentifierRefused for anything more."""
    if not text.strip():
        return ""
    found = DAY_OF_YEAR.fullmatch(text.strip())
    if found is None:
        raise IdentifierRefused("Give month and day only, such as 02-29. The year is never kept.")
    month, day = int(found[1]), int(found[2])
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        raise IdentifierRefused("There is no such day in any year.") from None
    return f"{month:02}-{day:02}"
