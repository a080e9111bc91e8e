"""A pattern's licence and authors' decisions in; what speaks for it, in words and numbers, out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizbank.generation.licences import Licence, licence_of
from quizbank.generation.patterns import Pattern

Named = tuple[str, int]
"""A pattern's name and version."""


@dataclass(frozen=True)
class Decisions:
    """How many questions of a pattern were approved as they were, approved after editing, or rejected.

    ``together`` of those approved as they were had the approval of several at one press, which says less.
    """

    as_is: int = 0
    together: int = 0
    edited: int = 0
    rejected: int = 0

    @property
    def count(self) -> int:
        return self.as_is + self.edited + self.rejected

    @property
    def share(self) -> float:
        """Return the percentage that was approved as it was."""
        return 100 * self.as_is / self.count if self.count else 0.0


@dataclass(frozen=True)
class Evidence:
    """What speaks for one version of a pattern; ``is_present`` tells whether it writes questions today."""

    pattern: Pattern
    is_present: bool
    licence: str
    decisions: Decisions


def licence_words(pattern: str, version: int, licences: Sequence[Licence]) -> str:
    """Return a pattern's licence as an author reads it."""
    found = licence_of(Pattern(pattern, version, ""), licences)
    return found.words if found else "no licence yet"


def licence_told(licences: Sequence[Licence], made: Mapping[str, Any]) -> str:
    """Return the licence of the pattern that wrote something (its provenance), in words."""
    return licence_words(made["pattern"], made["version"], licences)


def evidence_of(
    patterns: Iterable[Pattern], licences: Sequence[Licence], decided: Mapping[Named, Decisions]
) -> list[Evidence]:
    """Return the evidence for each present pattern, then for older versions and patterns that are gone."""
    present = {(one.name, one.version): one for one in patterns}
    older = {named: Pattern(*named, "") for named in sorted(decided) if named not in present}
    return [
        Evidence(one, named in present, licence_words(*named, licences), decided.get(named, Decisions()))
        for named, one in {**present, **older}.items()
    ]
