"""Making text fit its place: a text, its fonts and a box go in, the largest type size at which it fits comes out."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

SAFETY = 1.03
"""Kerning and shaping make lines a little longer or shorter than the sum of their letters."""
UNKNOWN_WIDTH = 1.0


@dataclass(frozen=True)
class Box:
    """A place for text: how it is set, its room in points, the sizes it may take, largest first.

    ``left`` and ``top`` are where it stands on the page, in points; ``spacing`` is letter spacing in ems.
    """

    family: str
    weight: int
    width: float
    height: float
    line_height: float
    sizes: tuple[float, ...]
    spacing: float = 0.0
    left: float = 0.0
    top: float = 0.0
    align: Literal["left", "center", "right"] = "center"
    vertical: Literal["top", "middle", "bottom"] = "middle"
    italic: bool = False
    capitals: bool = False
    colour: str = "#000000"


@dataclass(frozen=True)
class Piece:
    """Text that stays on one line if it can: the widths of its letters in ems, and of the blank before it."""

    letters: Sequence[float]
    blank: float


Width = Callable[[str, str, int], float | None]


@dataclass(frozen=True)
class Fit:
    """How a text stands in its box, in points: its type size, and the narrowest width with as many lines."""

    size: float
    width: float


@lru_cache(maxsize=2_000)
def fit(text: str, box: Box, width_of: Width) -> Fit | None:
    """Return the largest size at which the text stays inside the box, None when not even the smallest does."""
    pieces = pieces_of(text, box, width_of)
    for size in box.sizes:
        room = box.width / size
        if line_count(pieces, room) * size * box.line_height <= box.height:
            return Fit(size, size * balanced_room(pieces, room))
    return None


def balanced_room(pieces: Sequence[Piece], room: float) -> float:
    """Return the narrowest room, in twentieths, that needs no more lines: then all lines are about equally long."""
    lines = line_count(pieces, room)
    narrower = [room * part / 20 for part in range(8, 20)]
    return next((width for width in narrower if lines > 1 and line_count(pieces, width) <= lines), room)


def pieces_of(text: str, box: Box, width_of: Width) -> list[Piece]:
    """Return the pieces between which a line may break: words, and every wide (Chinese, Japanese, Korean) letter."""
    blank = (width_of(" ", box.family, box.weight) or 0.25) + box.spacing
    return [
        Piece([letter_width(letter, box, width_of) for letter in part], 0.0 if number else blank)
        for word in text.split()
        for number, part in enumerate(breakable(word))
    ]


def breakable(word: str) -> list[str]:
    """Return a word divided before and after every wide letter."""
    return "".join(f" {one} " if unicodedata.east_asian_width(one) in "WF" else one for one in word).split()


def letter_width(letter: str, box: Box, width_of: Width) -> float:
    """Return the width of a letter in ems; marks sit on their letter and take no room."""
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return SAFETY * (width_of(letter, box.family, box.weight) or UNKNOWN_WIDTH) + box.spacing


def line_count(pieces: Sequence[Piece], room: float) -> int:
    """Return how many lines of ``room`` ems the pieces take when each goes on the first line that has room for it.

    A piece longer than a line starts a new one and is broken where the line ends, as CSS does with
    ``overflow-wrap: anywhere``.
    """
    lines, used = 1, 0.0
    for piece in pieces:
        width = sum(piece.letters)
        if used and used + piece.blank + width <= room:
            used += piece.blank + width
            continue
        lines += 1 if used else 0
        more, used = broken_lines(piece.letters, room)
        lines += more
    return lines


def broken_lines(letters: Sequence[float], room: float) -> tuple[int, float]:
    """Return how many further lines a piece that starts a line needs, and how much of the last it takes."""
    lines, used = 0, 0.0
    for width in letters:
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        used += width
    return lines, used
