"""Places on a certificate: what a design declares in millimetres goes in, rectangles in points on the page come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from certificates.issuing.sheets import Sheet

POINTS_PER_MM = 72 / 25.4
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Place:
    """A rectangle on the page, in points from its left top corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Columns:
    """How signatories stand beside each other: the widest a column may be, the gap between two, and where few stand."""

    width: float
    gap: float
    align: Align


def place_on(sheet: Sheet, declared: Sequence[float]) -> Place:
    """Return the place of [left, top, width, height] in millimetres on the shared area; raises ValueError."""
    left, top, width, height = declared
    across, down = sheet.shared
    if min(left, top) < 0 or min(width, height) <= 0 or left + width > across or top + height > down:
        raise ValueError(f"the place {list(declared)} does not lie on {across:g} by {down:g} mm")
    beside, above = sheet.offset
    return Place(*(length * POINTS_PER_MM for length in (left + beside, top + above, width, height)))


def column_of(zone: Place, columns: Columns, number: int, count: int) -> Place:
    """Return the place of column ``number`` (from 0) of ``count`` in a zone; few columns stand where ``align`` says."""
    width = min(columns.width, (zone.width - (count - 1) * columns.gap) / count)
    spare = zone.width - count * width - (count - 1) * columns.gap
    before = {"left": 0.0, "center": spare / 2, "right": spare}[columns.align]
    return Place(zone.left + before + number * (width + columns.gap), zone.top, width, zone.height)
