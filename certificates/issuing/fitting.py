"""Making text fit its place: a text, its fonts and a box go in, the largest type size at which it fits comes out."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SAFETY = 1.03
"""Kerning and shaping make lines a little longer or shorter than the sum of their letters."""
UNKNOWN_WIDTH = 1.0


@dataclass(frozen=True)
class Box:
    """A place for text: the family and weight it is set in, its room in points, the sizes it may take, largest first."""

    family: str
    weight: int
    width: float
    height: float
    line_height: float
    sizes: Sequence[float]
    spacing: float = 0.0


Width = Callable[[str, str, int], float | None]


@dataclass(frozen=True)
class Fit:
    """How a text stands in its box, in points: its type size, and the narrowest width with as many lines."""

    size: float
    width: float


def fit(text: str, box: Box, width_of: Width) -> Fit | None:
    """Return the largest size at which the text stays inside the box, None when not even the smallest does."""
    words = [word_widths(word, box, width_of) for word in breakable(text)]
    space = (width_of(" ", box.family, box.weight) or 0.25) + box.spacing
    for size in box.sizes:
        room = box.width / size
        lines = line_count(words, space, room)
        if lines * size * box.line_height <= box.height:
            return Fit(size, size * balanced_room(words, space, room))
    return None


def balanced_room(words: list[list[float]], space: float, room: float) -> float:
    """Return the narrowest room, in twentieths, that needs no more lines: then all lines are about equally long."""
    lines = line_count(words, space, room)
    narrower = [room * part / 20 for part in range(8, 20)]
    return next((width for width in narrower if lines > 1 and line_count(words, space, width) <= lines), room)


def breakable(text: str) -> list[str]:
    """Return the pieces between which a line may break: words, and every wide (Chinese, Japanese, Korean) character."""
    spread = "".join(f" {one} " if unicodedata.east_asian_width(one) in "WF" else one for one in text)
    return spread.split()


def word_widths(word: str, box: Box, width_of: Width) -> list[float]:
    """Return the width in ems of every character of a word; marks sit on their letter and take no room."""
    return [
        0.0
        if unicodedata.category(one) in ("Mn", "Me", "Cf")
        else SAFETY * (width_of(one, box.family, box.weight) or UNKNOWN_WIDTH) + box.spacing
        for one in word
    ]


def line_count(words: list[list[float]], space: float, room: float) -> int:
    """Return how many lines of ``room`` ems the words take when each goes on the first line that has room for it.

    A word longer than a line starts a new one and is broken where the line ends, as CSS does with
    ``overflow-wrap: anywhere``.
    """
    lines, used = 1, 0.0
    for word in words:
        width = sum(word)
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        elif used:
            used += space
        if width <= room:
            used += width
        else:
            more, used = broken_lines(word, room)
            lines += more
    return lines


def broken_lines(word: list[float], room: float) -> tuple[int, float]:
    """Return how many further lines a word too long for one needs, and how much of the last it takes."""
    lines, used = 0, 0.0
    for width in word:
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        used += width
    return lines, used
