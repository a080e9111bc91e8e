"""Who earned what for which item: the response matrix that all statistics are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum


@dataclass(frozen=True)
class Matrix:
    """Rows are learners (or attempts), columns are items.

    ``maxima`` are the marks that each item can earn, above 0; ``fractions`` what was earned of them, 0-1. A blank
    response has earned 0; None means that this learner was not asked this item.
    """

    items: tuple[str, ...]
    maxima: tuple[float, ...]
    fractions: tuple[tuple[float | None, ...], ...]

    @property
    def n(self) -> int:
        """Return how many learners there are."""
        return len(self.fractions)

    @cached_property
    def maximum(self) -> float:
        """Return the marks that all items together can earn."""
        return fsum(self.maxima)

    @cached_property
    def is_complete(self) -> bool:
        """Return whether everyone was asked every item."""
        return not any(None in row for row in self.fractions)

    @cached_property
    def earned(self) -> tuple[float, ...]:
        """Return each learner's marks."""
        return tuple(
            fsum(f * most for f, most in zip(row, self.maxima, strict=True) if f is not None) for row in self.fractions
        )

    @cached_property
    def possible(self) -> tuple[float, ...]:
        """Return the marks that each learner could have earned: those of the items asked."""
        whole = self.maximum
        return tuple(
            fsum(most for f, most in zip(row, self.maxima, strict=True) if f is not None) if None in row else whole
            for row in self.fractions
        )

    @cached_property
    def totals(self) -> tuple[float, ...]:
        """Return each learner's part of the marks that could be earned, 0-1; nobody was asked nothing."""
        return tuple(e / p for e, p in zip(self.earned, self.possible, strict=True))

    def column(self, item: int) -> list[tuple[int, float]]:
        """Return (row, fraction) of everyone who was asked an item."""
        return [(row, f) for row, fractions in enumerate(self.fractions) if (f := fractions[item]) is not None]


def matrix_of(items: Sequence[str], maxima: Sequence[float], fractions: Sequence[Sequence[float | None]]) -> Matrix:
    """Return the matrix; rows of learners who were asked nothing are left out."""
    rows = tuple(tuple(row) for row in fractions)
    return Matrix(tuple(items), tuple(maxima), tuple(row for row in rows if any(f is not None for f in row)))
