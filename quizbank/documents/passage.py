"""The words around a citation: a document and a span go in, the paragraph or list it stands in comes out in three parts."""

from dataclasses import dataclass

from quizbank.documents.tree import Document

MAX_AROUND = 700


@dataclass(frozen=True)
class Passage:
    """The cited words and what stands before and after them in the same paragraph or list."""

    before: str
    cited: str
    after: str


def passage_around(document: Document, start: int, end: int) -> Passage:
    """Return the cited span within its blocks, at most MAX_AROUND characters on either side."""
    touching = [block for _, block in document.blocks() if block.start < end and start < block.end]
    first = min([start, *(block.start for block in touching)])
    last = max([end, *(block.end for block in touching)])
    before, after = document.text[first:start], document.text[end:last]
    if len(before) > MAX_AROUND:
        kept = before[-MAX_AROUND:]
        before = "…" + (kept.partition(" ")[2] or kept)
    if len(after) > MAX_AROUND:
        kept = after[:MAX_AROUND]
        after = (kept.rpartition(" ")[0] or kept) + "…"
    return Passage(before, document.quote(start, end), after)
