"""A document goes in; its sentences, list entries and table cells come out, each with the facts whose subjects are in reach."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizbank.documents.tree import Block, Section
from quizbank.generation.lexicon.facts import Fact, Named, about_in, plain
from quizbank.generation.statements.spans import Passage

_ENDS = re.compile("[;:]")
_LABEL = 5  # words, at most, before a colon
_ENTRY = 8  # words, at most, of an entry that its heading completes: "Meningitis", under "Complications"


@dataclass(frozen=True)
class Said:
    """A sentence or a table cell, and the facts whose subjects are in reach.

    ``cited`` is the span that says it whole, ``text`` its plain letters from ``start`` on, ``labels`` those of the row and column.
    The words themselves name the subjects of ``own``; the heading over them, or the title, names those of ``above``.
    A cell has no ``title``: its labels name its subject. An entry of a list is labelled by its heading, and ``beside`` it stand
    the others.
    """

    section: Section
    cited: tuple[int, int]
    start: int
    text: str
    labels: str
    own: frozenset[Fact]
    above: frozenset[Fact]
    title: str | None = None
    beside: str = ""

    def clause(self, named: Named) -> str:
        """Return what stands around an answer between semicolons, and between colons that end more than a label."""
        starts = [
            one.end()
            for one in _ENDS.finditer(self.text, 0, named.start)
            if one[0] == ";" or self.text.count(" ", 0, one.start()) > _LABEL
        ]
        ends = _ENDS.search(self.text, named.end)
        return self.text[starts[-1] if starts else 0 : ends.start() if ends else len(self.text)]

    def part(self, named: Named) -> str:
        """Return what stands around an answer between semicolons."""
        return self.text[self.text.rfind(";", 0, named.start) + 1 :].partition(";")[0]


def places_of(passage: Passage) -> Iterator[Said]:
    """Yield every sentence and list entry, then every cell of a table."""
    yield from _sentences(passage)
    yield from _cells(passage)


def _sentences(passage: Passage) -> Iterator[Said]:
    title = plain(passage.document.title)
    for section, block, sentence in (*passage.prose(), *passage.addressed()):
        if not passage.is_special(section):
            text = plain(passage.text[sentence.start : sentence.end])
            above = _above(passage, section)
            labels, beside = _of_list(passage, section, block) if text.count(" ") < _ENTRY else ("", "")
            place = sentence.start, sentence.end
            yield Said(
                section, place, sentence.start, text, labels, about_in(text), above, title, beside.replace(text, "")
            )


def _of_list(passage: Passage, section: Section, block: Block) -> tuple[str, str]:
    """Return the heading and the line over a list, and the whole list; nothing for a paragraph."""
    if not block.entries:
        return "", ""
    heading = section.path[-1] if section.path else ""
    lead = passage.text[slice(*block.lead)] if block.lead else ""
    return plain(f"{heading} | {lead}"), plain(passage.text[block.entries[0].start : block.entries[-1].end])


def _cells(passage: Passage) -> Iterator[Said]:
    """Yield the cells of tables, each as if its row's label and its column's title were said before it."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) > 1 and not passage.is_special(section):
                yield from _cells_of(passage, section, block)


def _cells_of(passage: Passage, section: Section, block: Block) -> Iterator[Said]:
    header, *rows = block.entries
    titles = [plain(passage.text[slice(*cell)]) for cell in header.cells]
    for row in rows:
        label = plain(passage.text[slice(*row.cells[0])]) if row.cells else ""
        for title, (start, end) in list(zip(titles, row.cells, strict=False))[1:]:
            own, labels = about_in(label), f"{title} | {label}"
            first = header.start if not own and about_in(title) else row.start  # the title of the column says of what
            text, above = plain(passage.text[start:end]), _above(passage, section)
            yield Said(section, (first, row.end), start, text, labels, own or about_in(title), above)


def _above(passage: Passage, section: Section) -> frozenset[Fact]:
    """Return the facts of the nearest heading that names a subject, or of the title; none below a heading on something else."""
    if passage.context(section) and not about_in(plain(section.path[-1])):
        return frozenset()
    for heading in (*reversed(section.path), passage.document.title):
        if found := about_in(plain(heading)):
            return found
    return frozenset()
