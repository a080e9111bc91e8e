"""Patterns and the readings of their items in; which patterns may write ready items out.

A pattern is a family of makers that prove their answers the same way. It is licensed while blind readers found its items
good enough: at least 30 items from at least 10 documents, at least 80 % usable as they are and at most 2 % fatal. A
licence holds for one version of the pattern; changing a maker raises the version and voids it.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from quizbank.generation.patterns import OPEN, PATTERNS, Pattern

ITEMS, DOCUMENTS = 30, 10
AS_IS, FATAL = 0.80, 0.02
_SHIPPED = Path(__file__).parent / "licences.toml"


class DamagedLicences(ValueError):
    """A file of licences cannot be read."""


@dataclass(frozen=True)
class Licence:
    """What the readings of one version of a pattern showed; the lower of two readers' rates counts."""

    pattern: str
    version: int
    read: int
    documents: int
    as_is: int
    fatal: int

    @property
    def holds(self) -> bool:
        """Return whether the readings are enough and good enough."""
        enough = self.read >= ITEMS and self.documents >= DOCUMENTS
        return enough and self.as_is >= AS_IS * self.read and self.fatal <= FATAL * self.read

    @property
    def words(self) -> str:
        """Return the readings as an author reads them."""
        return f"{self.read} read from {self.documents} documents: {self.as_is} usable as they are, {self.fatal} false"


def licence_of(pattern: Pattern, licences: Iterable[Licence]) -> Licence | None:
    """Return the licence of a pattern's present version, None when there is none that holds."""
    return next(
        (one for one in licences if (one.pattern, one.version) == (pattern.name, pattern.version) and one.holds), None
    )


@cache
def shipped_licences() -> tuple[Licence, ...]:
    """Return the licences that come with the program; docs/item-reviews holds their readings."""
    return read_licences(_SHIPPED.read_text(encoding="utf-8"))


def held_licences(own: str = "") -> tuple[Licence, ...]:
    """Return the licences shipped and a provider's own, given as TOML; raises DamagedLicences."""
    return (*shipped_licences(), *read_licences(own))


def read_licences(text: str) -> tuple[Licence, ...]:
    """Return the licences of a TOML text; raises DamagedLicences."""
    try:
        rows: Sequence[Mapping[str, Any]] = tomllib.loads(text).get("licence", [])
        return tuple(Licence(**row) for row in rows)
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise DamagedLicences(f"The licences cannot be read ({error}); write them anew.") from error


def licences_text(licences: Iterable[Licence]) -> str:
    """Return licences as the TOML that read_licences reads."""
    rows = (
        f'[[licence]]\npattern = "{one.pattern}"\nversion = {one.version}\nread = {one.read}\n'
        f"documents = {one.documents}\nas_is = {one.as_is}\nfatal = {one.fatal}\n"
        for one in licences
    )
    return "\n".join(rows)


# What lets every pattern but the open one write ready items, for readers who are to judge them.
AS_IF_LICENSED = tuple(
    Licence(one.name, one.version, ITEMS, DOCUMENTS, ITEMS, 0) for one in PATTERNS if one is not OPEN
)
