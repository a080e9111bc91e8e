"""Two versions of a document and a citation of the older one in; where the same words stand now, or what is nearest, out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from quizbank.documents.tree import Block, Document
from quizbank.items.content import Citation

ALIKE, OVERLAP = 0.5, 0.4
"""From which likeness of words another sentence is shown as the nearest, and how many words it must share to be tried."""
Span = tuple[int, int]


class WordsMissing(ValueError):
    """Words that should be cited do not stand in the document; the message says so."""


class ReplacedAlready(ValueError):
    """A document has a new version already; the message says so."""


@dataclass(frozen=True)
class Found:
    """The citation in the newer document, None when nothing is like it; ``is_same`` when sentence and headings are."""

    citation: Citation | None
    is_same: bool = False


def find_again(old: Document, new: Document, cited: Citation) -> Found:
    """Find the cited sentence, entry or list of a document in its next version; blanks and line ends do not count."""
    whole = words_of(old, around(old, cited.start, cited.end))
    for start, end in places_of(new, cited.quote):
        path = path_at(new, start)
        if path == cited.path and words_of(new, around(new, start, end)) == whole:
            return Found(Citation(start, end, new.quote(start, end), path), is_same=True)
    nearest = max(units(new), key=lambda span: likeness(whole, words_of(new, span)), default=(0, 0))
    if likeness(whole, words_of(new, nearest)) < ALIKE:
        return Found(None)
    return Found(Citation(*nearest, new.quote(*nearest), path_at(new, nearest[0])))


def cite_words(document: Document, quote: str) -> Citation:
    """Return the citation of words a person gives; raises WordsMissing."""
    for start, end in places_of(document, quote):
        return Citation(start, end, document.quote(start, end), path_at(document, start))
    raise WordsMissing("These words do not stand in the document. Copy them from it, without a change.")


def places_of(document: Document, quote: str) -> Iterator[Span]:
    """Yield where words stand in the kept parts of a document, however its lines are broken."""
    words = quote.split()
    for found in re.finditer(r"\s+".join(map(re.escape, words)), document.text) if words else ():
        if any(block.start <= found.start() and found.end() <= block.end for _, block in document.blocks()):
            yield found.span()


def around(document: Document, start: int, end: int) -> Span:
    """Return the whole sentences of a span, or the entry it is in; the whole list when it reaches over entries."""
    spans = [span for _, block in document.blocks() for span in touched(block, start, end)]
    return min([start, *(a for a, _ in spans)]), max([end, *(b for _, b in spans)])


def touched(block: Block, start: int, end: int) -> list[Span]:
    """Return the sentences or the entry of a block that a span touches, the block itself for several entries."""
    parts = block.sentences if block.kind == "paragraph" else block.entries
    spans = [(part.start, part.end) for part in parts if part.start < end and start < part.end]
    return [(block.start, block.end)] if len(spans) > 1 and block.kind != "paragraph" else spans


def units(document: Document) -> Iterator[Span]:
    """Yield every sentence, and every list and table as a whole."""
    for _, _, sentence in document.sentences():
        yield sentence.start, sentence.end
    for _, block in document.blocks():
        if block.kind != "paragraph":
            yield block.start, block.end


def words_of(document: Document, span: Span) -> list[str]:
    """Return the words of a span."""
    return document.quote(*span).split()


def likeness(one: list[str], other: list[str]) -> float:
    """Return how alike two runs of words are, 0 to 1; 0 at once when they share few."""
    longer = max(len(one), len(other), 1)
    if len(set(one) & set(other)) < OVERLAP * len(set(one)) or min(len(one), len(other)) < longer / 3:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def path_at(document: Document, place: int) -> tuple[str, ...]:
    """Return the headings above a place."""
    return next((section.path for section in document.sections if section.start <= place < section.end), ())
