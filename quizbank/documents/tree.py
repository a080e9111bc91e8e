"""The document tree: sections, blocks, items and sentences, each a span of character offsets into one extracted text.

The invariant that everything later rests on: for any node, ``document.text[node.start:node.end]`` is exactly what
the node says. Nothing in the text is ever corrected or moved; what is not to be asked about is listed in ``left_out``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["paragraph", "list", "table"]
SCHEMA = 1


@dataclass(frozen=True)
class Sentence:
    """One sentence of a paragraph, a list item or a table cell: ``0 <= start < end <= len(text)``."""

    start: int
    end: int


@dataclass(frozen=True)
class Entry:
    """One list item, or one row of a table: its own text without the bullet, number or cell borders.

    ``cells`` holds the spans of a table row's cells, in column order (an empty cell has ``start == end``); it is
    empty for a list item. ``level`` is the nesting depth of a list item, 0 for the outermost.
    """

    start: int
    end: int
    sentences: tuple[Sentence, ...]
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph (``sentences`` filled), or a list or table (``entries`` filled; a table's first entry is its header row).

    ``lead`` is the span of the line that introduces a list or table ("Other factors include:"), if there is one.
    """

    kind: BlockKind
    start: int
    end: int
    sentences: tuple[Sentence, ...] = ()
    entries: tuple[Entry, ...] = ()
    lead: tuple[int, int] | None = None


@dataclass(frozen=True)
class Section:
    """A heading and the blocks below it. ``path`` is the headings from the outermost to this one, the title left out;

    it is ``()`` for text before the first heading. ``heading`` is the span of the heading's own words, None likewise.
    ``references`` is True for a bibliography: real references, not to be asked about.
    """

    path: tuple[str, ...]
    start: int
    end: int
    blocks: tuple[Block, ...]
    heading: tuple[int, int] | None = None
    references: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A span that is not part of the tree, with its reason in plain words ("repeats the text from …", "promotion")."""

    start: int
    end: int
    quote: str
    reason: str


@dataclass(frozen=True)
class Warning:
    """Something the author should look at; the text itself is never changed.

    ``kind`` is one of "spelling", "language", "damaged", "personal" (possible patient identity), "short". ``proposal`` is
    how the quoted words were most likely meant, "" where nobody can tell.
    """

    kind: str
    start: int
    end: int
    quote: str
    detail: str
    proposal: str = ""


@dataclass(frozen=True)
class Document:
    """What a reader makes of a file. ``language`` is an ISO 639-1 code, or "und" when it cannot be told."""

    title: str
    text: str
    language: str
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def quote(self, start: int, end: int) -> str:
        """Return exactly the characters of a span."""
        return self.text[start:end]

    @property
    def words(self) -> int:
        """Return how many words the kept sections hold (headings and left-out spans are not counted)."""
        return sum(len(self.text[block.start : block.end].split()) for _, block in self.blocks())

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Yield every kept block with its section, in reading order."""
        for section in self.sections:
            for block in section.blocks:
                yield section, block

    def sentences(self) -> Iterator[tuple[Section, Block, Sentence]]:
        """Yield every sentence of paragraphs and entries, in reading order."""
        for section, block in self.blocks():
            for sentence in block.sentences:
                yield section, block, sentence
            for entry in block.entries:
                for sentence in entry.sentences:
                    yield section, block, sentence
