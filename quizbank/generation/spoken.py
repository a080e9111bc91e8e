"""A document in; everything it says, sentence by sentence, item by item and row by row, with its words out."""

from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Document, Entry, Sentence
from quizbank.generation.wording import roots


@dataclass(frozen=True)
class Spoken:
    """A sentence, list item or table row: its own words by their roots, and those of what leads to it.

    ``lead`` is the line that introduces a list, or a table's header. ``among`` is the span of the table, which tells its
    rows apart; anything else stands among itself.
    """

    start: int
    end: int
    words: frozenset[str]
    lead: frozenset[str]
    headings: frozenset[str]
    path: tuple[str, ...]
    among: tuple[int, int]

    @property
    def all_words(self) -> frozenset[str]:
        return self.words | self.lead | self.headings


def read_spoken(document: Document) -> Iterator[Spoken]:
    """Yield all that a document says, in order; its references say nothing."""
    for section, block in document.blocks():
        if section.references:
            continue
        headings = roots(" ".join(section.path))
        rows = block.entries if block.kind == "table" else ()
        leads = ((rows[0].start, rows[0].end) if rows else (0, 0), block.lead or (0, 0))
        lead = roots(" ".join(document.quote(*span) for span in leads))
        parts: tuple[Sentence | Entry, ...] = (*block.sentences, *block.entries)
        for part in parts:
            among = (block.start, block.end) if rows else (part.start, part.end)
            yield Spoken(
                part.start, part.end, roots(document.quote(part.start, part.end)), lead, headings, section.path, among
            )
