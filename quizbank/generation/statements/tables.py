"""Tables whose columns name an attribute of their rows in; attributes with one distinct value per row out."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

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
    things, *names = (in_sentence(clean(passage.text[slice(*span)]), passage.topic.lowered) for span in header.cells)
    for column, name in enumerate(names, start=1):
        if any(len(row.cells) <= column for row in rows):
            continue
        pairs = [(passage.phrase(*row.cells[0]), passage.phrase(*row.cells[column]), row) for row in rows]
        is_apart = _tests_of(name, [(label, value) for label, value, _ in pairs])
        for label, value, row in pairs if is_apart else ():
            others = tuple((other, cell) for other, cell, _ in pairs if other is not label)
            if is_apart and all(is_apart(value, cell) for _, cell in others):
                yield Attribute(passage.source(section, row.start, row.end), name, things, label, value, others)


def _tests_of(name: str, pairs: Sequence[tuple[Phrase, Phrase]]) -> Callable[[Phrase, Phrase], bool] | None:
    """Return what tells two values of a column apart: words or numbers; None when it is not one value per row."""
    if any(not label.text for label, _ in pairs):
        return None
    if _SINGLE.search(name) and all(_is_words(value.text) for _, value in pairs):
        return _apart
    spans = [measured(value.text) for _, value in pairs]
    units = {span[2] for span in spans if span}
    numbered = _NUMBERED.search(name) and all(spans) and len(units) == 1
    values = [value for _, value in pairs]
    return _numbers_apart if numbered and all(_numbers_apart(*two) for two in combinations(values, 2)) else None


def _is_words(text: str) -> bool:
    has_digit = any(letter.isdigit() for letter in text)
    return not _NO_VALUE.fullmatch(text) and not has_digit and 1 <= len(text.split()) <= MAX_CELL_WORDS


# Columns of numbers with their unit: nothing but one number or range per cell, so that no condition is lost.
_NUMBERED = re.compile(
    r"^(?:(?:elimination|plasma|usual|typical|initial|starting|loading|maximum|adult) )*"
    r"(?:half-life|duration(?: of \w+)?|onset(?: of \w+)?|dose|daily dose|interval)$",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"(?P<low>\d{1,4}(?:\.\d+)?)(?:(?: to | ?[-–] ?)(?P<high>\d{1,4}(?:\.\d+)?))? ?(?P<unit>(?:minute|hour|day|week|month|year)s?|"
    r"min|h|mg|g|mg/kg|mg/day|mcg|units)",
    re.IGNORECASE,
)


def measured(text: str) -> tuple[float, float, str] | None:
    """Return the span a cell gives and its unit in the singular: "6 to 8 hours" → (6, 8, "hour"); None for anything else."""
    found = _MEASURED.fullmatch(text.strip())
    if not found:
        return None
    low = float(found["low"])
    high = float(found["high"] or low)
    return (low, high, found["unit"].lower().removesuffix("s")) if low <= high else None


def _numbers_apart(one: Phrase, other: Phrase) -> bool:
    first, second = measured(one.text), measured(other.text)
    return bool(first and second) and (first[1] < second[0] or second[1] < first[0])  # type: ignore[index]


_NO_VALUE = re.compile(r"(?:none|n/?a|varies|variable|unknown|not .*|as needed|see .*|\W*)", re.IGNORECASE)


def _apart(one: Phrase, other: Phrase) -> bool:
    first, second = roots(one.text), roots(other.text)
    return one.text.casefold() != other.text.casefold() and not (
        first and second and (first <= second or second <= first)
    )
