"""Marks a document's text for reading: a tree and cited spans go in, pieces to draw come out in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from quizbank.documents.tree import Document

Span = tuple[int, int, str]
"""Where a citation starts and ends, and the anchor of what cites it."""


def cited_by(citation: Mapping[str, Any], anchor: str) -> Span:
    """Return a stored citation as a span to mark."""
    return citation["start"], citation["end"], anchor


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
    headings = [(*section.heading, "") for section in document.sections if section.heading]
    left_out = [(one.start, one.end, one.reason) for one in document.left_out]
    edges = {0, len(document.text)} | {edge for span in (*headings, *cited, *left_out) for edge in span[:2]}
    pieces = list(pairwise(sorted(edges)))
    looks = zip(pieces, covering(headings, pieces), covering(cited, pieces), covering(left_out, pieces), strict=True)
    return tuple(
        Piece(
            document.text[start:end],
            bool(heads),
            tuple(anchor for _, _, anchor in cites),
            tuple(anchor for _, last, anchor in cites if last == end),
            gone[0][2] if gone else "",
        )
        for (start, end), heads, cites, gone in looks
    )


def covering(spans: Sequence[Span], pieces: Sequence[tuple[int, int]]) -> Iterator[list[Span]]:
    """Yield the spans that cover each piece, in one pass; no span begins or ends inside a piece."""
    order = {span: place for place, span in enumerate(spans)}
    coming = sorted(spans, reverse=True)
    active: list[Span] = []
    for start, _ in pieces:
        while coming and coming[-1][0] <= start:
            active.append(coming.pop())
        active = [span for span in active if span[1] > start]
        yield sorted(active, key=order.__getitem__)


def first_places(pieces: Sequence[Piece]) -> dict[str, int]:
    """Return where each anchor's citation begins: the place of its first piece."""
    places: dict[str, int] = {}
    for place, piece in enumerate(pieces):
        for anchor in piece.anchors:
            places.setdefault(anchor, place)
    return places
