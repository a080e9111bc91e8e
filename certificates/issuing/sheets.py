"""Sheets of paper: the name of one goes in; its size, and where the area that A4 and US Letter share lies on it, come out.

A design is drawn once for lying and once for standing paper, on the area both sheets have; on either it stands in the
middle. So a place is told once, and the two sheets differ in their margins only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Orientation = Literal["landscape", "portrait"]
SHORT, LONG = 210.0, 279.4
"""Millimetres: A4 is the narrower (210 by 297, ISO 216), US Letter the shorter (215.9 by 279.4, ANSI Y14.1)."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper as it lies; lengths in millimetres."""

    name: str
    label: str
    orientation: Orientation
    width: float
    height: float

    @property
    def shared(self) -> tuple[float, float]:
        """Return width and height of the area that A4 and Letter share in this orientation."""
        return (LONG, SHORT) if self.orientation == "landscape" else (SHORT, LONG)

    @property
    def offset(self) -> tuple[float, float]:
        """Return how far from the left and the top of this sheet the shared area begins."""
        across, down = self.shared
        return (self.width - across) / 2, (self.height - down) / 2


SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet("a4-landscape", "A4, landscape", "landscape", 297, 210),
        Sheet("letter-landscape", "US Letter, landscape", "landscape", 279.4, 215.9),
        Sheet("a4-portrait", "A4, portrait", "portrait", 210, 297),
        Sheet("letter-portrait", "US Letter, portrait", "portrait", 215.9, 279.4),
    )
}
FIRST_SHEET = "a4-landscape"
"""What certificates were printed on before there was a choice."""
