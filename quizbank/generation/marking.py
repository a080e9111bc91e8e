"""Marks a document's text for reading: a tree and cited spans go in, pieces to draw come out in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizbank.documents.tree import Document

Span = tuple[int, int, str]
"""Where a citation starts and ends, and the anchor of what cites it."""


@dataclass(frozen=True)
class Piece:
    """A run of text with one look: plain, a heading, cited, or left out (``reason``).

    ``anchors`` name what cites it; ``ending`` are those whose citation ends here.
    """

    text: str
    heading: bool = False
    anchors: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    reason: str = ""


def marked_text(document: Document, cited: Sequence[Span]) -> tuple[Piece, ...]:
    """Cut the text at every edge of a heading, a citation or a left-out span; the pieces join to the whole text."""
    headings = [section.heading for section in document.sections if section.heading]
    edges = {0, len(document.text)}
    for start, end in [*headings, *((a, b) for a, b, _ in cited), *((o.start, o.end) for o in document.left_out)]:
        edges |= {start, end}
    ordered = sorted(edges)
    return tuple(piece_at(document, start, end, headings, cited) for start, end in pairwise(ordered))


def piece_at(
    document: Document, start: int, end: int, headings: Sequence[tuple[int, int]], cited: Sequence[Span]
) -> Piece:
    """Return the piece between two neighbouring edges."""
    here = [(b, anchor) for a, b, anchor in cited if a <= start and end <= b]
    return Piece(
        document.text[start:end],
        any(a <= start and end <= b for a, b in headings),
        tuple(anchor for _, anchor in here),
        tuple(anchor for last, anchor in here if last == end),
        next((out.reason for out in document.left_out if out.start <= start and end <= out.end), ""),
    )


def first_places(pieces: Sequence[Piece]) -> dict[str, int]:
    """Return where each anchor's citation begins: the place of its first piece."""
    places: dict[str, int] = {}
    for place, piece in enumerate(pieces):
        for anchor in piece.anchors:
            places.setdefault(anchor, place)
    return places
