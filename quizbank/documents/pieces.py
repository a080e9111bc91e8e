"""What a reader hands over: a flat sequence of pieces of text, each with what the format says about it."""

from dataclasses import dataclass
from typing import Literal

PieceKind = Literal["title", "heading", "text", "item", "row", "left_out"]


@dataclass(frozen=True)
class Piece:
    """A line, paragraph, heading, list item or table row, in reading order.

    ``kind`` is what the format itself says; "text" claims nothing and may turn out to be a heading or a list item.
    ``level`` is 1–6 for a heading and the nesting depth (0 outermost) for an item. ``gap`` is True where the format
    puts space before the piece (a blank line, a new paragraph). ``reason`` explains a "left_out" piece.
    """

    kind: PieceKind
    text: str
    level: int = 0
    cells: tuple[str, ...] = ()
    marker: str = "- "
    gap: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Extract:
    """All that a reader finds in a file; ``declared_title`` is the one in the file's properties, if any."""

    pieces: tuple[Piece, ...]
    declared_title: str = ""
