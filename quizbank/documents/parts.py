"""Pieces in; one text and its parts out, each part a span of that text with what is known about it."""

from dataclasses import dataclass, replace
from typing import Literal

from quizbank.documents.normalising import one_line
from quizbank.documents.pieces import Extract, Piece
from quizbank.documents.sentences import split_sentences
from quizbank.documents.tree import Sentence

PartKind = Literal["title", "heading", "text", "item", "row", "lead", "left_out"]


@dataclass(frozen=True)
class Part:
    """A piece in its place. ``start`` and ``end`` leave out the bullet; ``level`` and ``gap`` are as in ``Piece``."""

    kind: PartKind
    start: int
    end: int
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    sentences: tuple[Sentence, ...] = ()
    gap: bool = True
    reason: str = ""

    def to(self, kind: PartKind, level: int | None = None) -> "Part":
        """Return the same span understood as something else."""
        return replace(self, kind=kind, level=self.level if level is None else level)


def place(extract: Extract) -> tuple[str, list[Part]]:
    """Write the pieces down one after the other and return the text with the parts in it."""
    written: list[str] = []
    parts: list[Part] = []
    length = 0
    for piece in extract.pieces:
        line = _line(piece)
        if not line.strip(" |"):
            continue
        prefix = ("\n\n" if piece.gap else "\n") if written else ""
        prefix += piece.marker if piece.kind == "item" else ""
        start = length + len(prefix)
        written.append(prefix + line)
        length = start + len(line)
        parts.append(_part(piece, start, line))
    text = "".join(written)
    return text, [_with_sentences(text, part) for part in parts]


def _line(piece: Piece) -> str:
    if piece.kind == "row":
        return " | ".join(one_line(cell) for cell in piece.cells)
    return one_line(piece.text)


def _part(piece: Piece, start: int, line: str) -> Part:
    cells: list[tuple[int, int]] = []
    at = start
    for cell in piece.cells if piece.kind == "row" else ():
        width = len(one_line(cell))
        cells.append((at, at + width))
        at += width + len(" | ")
    return Part(piece.kind, start, start + len(line), piece.level, tuple(cells), gap=piece.gap, reason=piece.reason)


def _with_sentences(text: str, part: Part) -> Part:
    spans = part.cells or ((part.start, part.end),)
    sentences = tuple(sentence for start, end in spans for sentence in split_sentences(text, start, end))
    return replace(part, sentences=sentences)
