"""The layout of one PDF page in; its lines in reading order out, bullets joined to their text and table rows to one line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pdfminer.layout import LTChar, LTPage, LTTextBox, LTTextLine

from quizbank.documents.normalising import normalise

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)
_MARKER = re.compile(r"(?:[-*•◦▪‣●○■–]|\(?(?:\d{1,3}|[a-z])[.)])")
# The share of a page's height where running heads and feet stand.
_MARGIN = 0.1
# How far from its text a bullet may stand, in type sizes.
_MARKER_REACH = 4
_ALIGNED = 4.0
# Lines of prose fill their column; cells of a table mostly do not.
_FULL = 0.85


@dataclass(frozen=True)
class Line:
    """A line of type in its place; ``cells`` is filled where it is a row of a table."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    page_height: float
    size: float
    bold: bool
    opens_box: bool
    cells: tuple[str, ...] = ()

    @property
    def in_margin(self) -> bool:
        """Tell whether the line stands where running heads and feet do."""
        return self.top > self.page_height * (1 - _MARGIN) or self.bottom < self.page_height * _MARGIN

    @property
    def character_width(self) -> float:
        """Return how wide a character of this line is on average."""
        return (self.right - self.left) / max(1, len(self.text))

    @property
    def middle(self) -> float:
        """Return the height of the line's middle on the page."""
        return (self.top + self.bottom) / 2


def page_lines(layout: LTPage, number: int) -> list[Line]:
    """Return the page's lines in reading order."""
    return _with_rows(_with_markers(list(_raw_lines(layout, number))))


def _raw_lines(layout: LTPage, number: int) -> Iterator[Line]:
    for box in layout:
        if not isinstance(box, LTTextBox):
            continue
        for index, line in enumerate(child for child in box if isinstance(child, LTTextLine)):
            text = " ".join(normalise(line.get_text().translate(_LIGATURES)).split())
            if text:
                yield _line(line, text, number, layout.height, index == 0)


def _line(line: LTTextLine, text: str, page: int, height: float, opens_box: bool) -> Line:
    characters = [character for character in line if isinstance(character, LTChar)]
    size = Counter(round(character.size, 1) for character in characters).most_common(1)
    bold = sum(1 for character in characters if _BOLD.search(character.fontname))
    return Line(
        text=text,
        page=page,
        left=line.x0,
        right=line.x1,
        top=line.y1,
        bottom=line.y0,
        page_height=height,
        size=size[0][0] if size else 0.0,
        bold=bold > len(characters) * 0.9,
        opens_box=opens_box,
    )


def _with_markers(lines: Sequence[Line]) -> list[Line]:
    """Join a bullet or number that stands alone to the line at its right."""
    markers = [line for line in lines if _MARKER.fullmatch(line.text)]
    marked: dict[int, str] = {}
    used: set[int] = set()
    for marker in markers:
        beside = [
            (line.left, index)
            for index, line in enumerate(lines)
            if 0 < line.left - marker.left < marker.size * _MARKER_REACH + (marker.right - marker.left)
            and abs(line.middle - marker.middle) < marker.size * 0.6
            and not _MARKER.fullmatch(line.text)
        ]
        if beside:
            marked[min(beside)[1]] = marker.text
            used.add(id(marker))
    joined = [replace(line, text=f"{marked[i]} {line.text}") if i in marked else line for i, line in enumerate(lines)]
    return [line for line in joined if id(line) not in used]


def _with_rows(lines: Sequence[Line]) -> list[Line]:
    """Join the cells of each table row, where short texts stand side by side in aligned columns."""
    bands = _bands(lines)
    rows: dict[int, Line] = {}
    gone: set[int] = set()
    for table in _tables(bands):
        for band in table:
            first = min(band, key=lines.index)
            cells = tuple(line.text for line in band)
            rows[id(first)] = replace(band[0], text=" | ".join(cells), cells=cells, right=band[-1].right)
            gone.update(id(line) for line in band if line is not first)
    return [rows.get(id(line), line) for line in lines if id(line) not in gone]


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that stand at one height, from the top of the page, each band from left to right."""
    bands: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if bands and abs(bands[-1][0].middle - line.middle) < max(2.0, line.size * 0.3):
            bands[-1].append(line)
        else:
            bands.append([line])
    return [sorted(band, key=lambda line: line.left) for band in bands]


def _tables(bands: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """Return the runs of bands with the same columns that are tables rather than prose in columns."""
    runs: list[list[list[Line]]] = []
    for above, band in pairwise([[], *bands]):
        if len(band) < 2:
            continue
        if runs and runs[-1][-1] is above and _same_columns(above, band):
            runs[-1].append(band)
        else:
            runs.append([band])
    return [run for run in runs if len(run) >= 2 and not _is_prose_in_columns(run)]


def _same_columns(above: Sequence[Line], band: Sequence[Line]) -> bool:
    return len(above) == len(band) and all(
        abs(one.left - other.left) < _ALIGNED for one, other in zip(above, band, strict=True)
    )


def _is_prose_in_columns(run: Sequence[Sequence[Line]]) -> bool:
    widths = [band[0].right - band[0].left for band in run]
    full = sum(1 for width in widths if width > max(widths) * _FULL)
    return full > len(widths) / 2 and len(run) > 3
