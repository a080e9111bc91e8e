"""Tables whose columns name an attribute of their rows in; attributes with one distinct value per row out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Block, Section
from quizbank.generation.statements.model import Attribute, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import in_sentence, roots

# Attributes of which a thing has one: a second value in the same column is then false of it.
_SINGLE = re.compile(
    r"\b(?:blood supply|supply|pedicle|artery|innervation|nerve|half-life|onset|duration|interval|normal "
    r"range|threshold|organism|vector|"
    r"antidote|gene|chromosome|inheritance|plane|level|main source|first choice|route)\b",
    re.IGNORECASE,
)
MAX_CELL_WORDS = 8


def read_tables(passage: Passage) -> Iterator[Attribute]:
    """Yield every single-valued attribute of every table row."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) >= 4 and passage.topic.name:
                yield from _columns(passage, section, block)


def _columns(passage: Passage, section: Section, block: Block) -> Iterator[Attribute]:
    header, *rows = block.entries
    for column, span in enumerate(header.cells[1:], start=1):
        name = in_sentence(clean(passage.text[slice(*span)]), passage.topic.lowered)
        if not _SINGLE.search(name) or any(len(row.cells) <= column for row in rows):
            continue
        pairs = [(passage.phrase(*row.cells[0]), passage.phrase(*row.cells[column]), row) for row in rows]
        pairs = [
            pair
            for pair in pairs
            if pair[0].text
            and not _NO_VALUE.fullmatch(pair[1].text)
            and not any(letter.isdigit() for letter in pair[1].text)
            and 1 <= len(pair[1].text.split()) <= MAX_CELL_WORDS
        ]
        for label, value, row in pairs if len(pairs) == len(rows) else ():
            others = tuple((other, cell) for other, cell, _ in pairs if other is not label)
            if all(_apart(value, cell) for _, cell in others):
                yield Attribute(passage.source(section, row.start, row.end), name, label, value, others)


_NO_VALUE = re.compile(r"(?:none|n/?a|varies|variable|unknown|not .*|as needed|see .*|\W*)", re.IGNORECASE)


def _apart(one: Phrase, other: Phrase) -> bool:
    first, second = roots(one.text), roots(other.text)
    return one.text.casefold() != other.text.casefold() and not (
        first and second and (first <= second or second <= first)
    )
