"""What varies from certificate to certificate of one kind: a filled page goes in, its pattern and its texts come out.

A design marks its one-line texts that differ from learner to learner with ``data-varies``. In the pattern each of them
is a stand-in, the QR code is one bar, and nothing is left of the learner: pages of one kind have equal patterns.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import count, pairwise
from math import inf
from types import MappingProxyType

from certificates.issuing.qr import WHOLE_PATH

VARYING = re.compile(r"(<(\w+)\b[^>]*\sdata-varies\b[^>]*>)(.*?)(?=</\2>)", re.DOTALL)
TAG = re.compile(r"(<[^>]*>)")
BLANKS = re.compile(r"[ \t\n\r\f]+")
ABOUT = re.compile(r"<title>.*?</title>|<meta [^>]*>", re.DOTALL)
ROOM = re.compile(r"max-width: ([\d.]+)pt")
STAND_IN = "AVfi09"
"""Letters that are kerned, joined and set as old figures where a font does so: they show what a font does."""
BAR = (4.25, 4.125)
BAR_PATH = f'<path d="M{BAR[0]:g} {BAR[1]:g}h1v1h-1z" fill="#000000"/>'
Break = tuple[int, int]
"""Where a line ends: the number of a text in its element, and how many of its letters are before the end."""
NO_BREAKS: Mapping[int, Sequence[Break]] = MappingProxyType({})


@dataclass(frozen=True)
class Varying:
    """A line that varies: which of the marked elements it belongs to, how many texts it has, and its room in points."""

    element: int
    texts: int
    room: float


@dataclass(frozen=True)
class Pattern:
    """A page without its learner, and its lines that vary in the page's order."""

    page: str
    lines: tuple[Varying, ...]


WHOLE = Pattern("", ())
"""The pattern of a page that is laid out by itself: nothing in it varies."""


def parted(
    page: str, constant: Collection[int] = (), breaks: Mapping[int, Sequence[Break]] = NO_BREAKS
) -> tuple[Pattern, tuple[str, ...]]:
    """Return the pattern of a page and its texts.

    The marked elements whose numbers are in ``constant`` are left as they are; ``breaks`` tells for others, by number,
    where their lines end.
    """
    texts: list[str] = []
    lines: list[Varying] = []
    elements = count()

    def stand_ins(found: re.Match[str]) -> str:
        opening, _, inside = found.groups()
        element = next(elements)
        parts = TAG.split(inside)
        spoken = collapsed(parts[::2])
        if element in constant or " " in spoken:
            return found[0]
        room = ROOM.search(opening)
        pieces = broken(spoken, breaks.get(element, ()))
        filled = [stood_in(text, texts) for text in pieces]
        lines.extend(Varying(element, size, float(room[1]) if room else inf) for size in line_sizes(pieces))
        return opening + "".join(text + tag for text, tag in zip(filled, [*parts[1::2], ""], strict=True))

    head, closing, body = page.partition("</head>")
    pattern = VARYING.sub(stand_ins, WHOLE_PATH.sub(BAR_PATH, body))
    return Pattern(ABOUT.sub("", head) + closing + pattern, tuple(lines)), tuple(texts)


def broken(spoken: Sequence[str], breaks: Sequence[Break]) -> list[list[str]]:
    """Return each text as its pieces on successive lines; a piece without letters is empty."""
    numbers = count()
    pieces = []
    for text in spoken:
        number = next(numbers) if text else -1
        ends = [0, *(end for one, end in breaks if one == number), len(text)]
        cut = [text[start:end] for start, end in pairwise(ends)]
        pieces.append([piece if piece.strip() else "" for piece in cut] if breaks else cut)
    return pieces


def stood_in(pieces: Sequence[str], texts: list[str]) -> str:
    """Return stand-ins for the pieces of a text with line ends between them, and add the pieces to the texts."""
    names = []
    for piece in pieces:
        names.append(stand_in(len(texts)) if piece else "")
        texts.extend([piece] if piece else [])
    return "<br>".join(names)


def line_sizes(pieces: Sequence[Sequence[str]]) -> list[int]:
    """Return how many texts stand on each line."""
    sizes = [0]
    for text in pieces:
        sizes[-1] += bool(text[0])
        sizes.extend(int(bool(piece)) for piece in text[1:])
    return sizes


def collapsed(pieces: list[str]) -> list[str]:
    """Return the text between the tags of a line as it is printed: runs of blanks are one, none at its ends."""
    spoken = [BLANKS.sub(" ", unescape(piece)) for piece in pieces]
    open_blank = True
    for number, text in enumerate(spoken):
        spoken[number] = text.lstrip(" ") if open_blank else text
        open_blank = spoken[number].endswith(" ") if spoken[number] else open_blank
    for number in reversed(range(len(spoken))):
        spoken[number] = spoken[number].rstrip(" ")
        if spoken[number]:
            break
    return spoken


def stand_in(number: int) -> str:
    """Return the text that stands for the text of this number."""
    return STAND_IN + chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
