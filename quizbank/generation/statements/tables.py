"""Tables whose columns name an attribute of their rows in; attributes with one distinct value per row out."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from quizbank.documents.tree import Block, Entry, Section
from quizbank.generation.statements.model import Attribute, Phrase, Quantity
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.statements.values import values_in
from quizbank.generation.wording import in_sentence, roots

# Attributes of which a thing has one: a second value in the same column is then false of it.
_SINGLE = re.compile(
    r"\b(?:blood supply|supply|pedicle|artery|innervation|nerve|nerve root|root|half-life|onset|duration|interval|normal "
    r"range|threshold|organism|vector|antidote|reversal agent|gene|chromosome|inheritance|plane|level|main source|first choice|"
    r"route|class|drug class|target|receptor|enzyme|hormone|vitamin|origin|insertion|deficiency|stage|reflex|dermatome|"
    r"reagent|color|colour|marker)\b",
    re.IGNORECASE,
)
_NEVER_ASKED = re.compile(
    r"\b(?:notes?|comments?|remarks?|evidence|strength|references?|source|page|example|unit|appearance)\b",
    re.IGNORECASE,
)
MAX_CELL_WORDS = 8
LONGEST_CELL = 14  # words of a cell that an author may still turn into an option


def read_tables(passage: Passage) -> Iterator[Attribute]:
    """Yield every attribute of every table row; without a proof where another row's value could be true as well."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) >= 4 and passage.topic.name:
                yield from _columns(passage, section, block)


def _columns(passage: Passage, section: Section, block: Block) -> Iterator[Attribute]:
    header, *rows = block.entries
    things, *names = (in_sentence(clean(passage.text[slice(*span)]), passage.topic.lowered) for span in header.cells)
    for column, name in enumerate(names, start=1):
        if _NEVER_ASKED.search(name) or not name or not things:
            continue
        pairs = [
            (_bare(passage.phrase(*row.cells[0])), _bare(passage.phrase(*row.cells[column])), row)
            for row in rows
            if len(row.cells) > column
        ]
        pairs = [pair for pair in pairs if _is_label(pair[0].text)]
        for is_apart, proof, usable in _readings(name, pairs):
            for label, value, row in usable:
                others = tuple(
                    (other, cell) for other, cell, _ in usable if other is not label and is_apart(value, cell)
                )
                once = sum(not is_apart(value, cell) for _, cell, _ in usable) == 1
                if once and len(others) >= 2:
                    yield Attribute(
                        passage.source(section, row.start, row.end), name, things, label, value, others, proof
                    )


_DOSED = re.compile(
    r"\b(?:dose|maximum|max|half-life|onset|duration|interval|threshold|cut-?off|target|limit|rate|volume|age|time|normal|range|"
    r"frequency|depth|length|concentration|level)\b",
    re.IGNORECASE,
)
MOST_CELLS = 4  # quantities asked of one table


def read_cells(passage: Passage) -> Iterator[Quantity]:
    """Yield the cells that hold one value and nothing else, under a header that says what is measured."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) >= 3 and passage.topic.name:
                found = list(_cells(passage, section, block))
                step = max(1, len(found) // MOST_CELLS)
                yield from found[::step][:MOST_CELLS]


def _cells(passage: Passage, section: Section, block: Block) -> Iterator[Quantity]:
    header, *rows = block.entries
    things, *names = (in_sentence(clean(passage.text[slice(*span)]), passage.topic.lowered) for span in header.cells)
    labels = [clean(passage.text[slice(*row.cells[0])]) if row.cells else "" for row in rows]
    for row, label in zip(rows, labels, strict=True):
        if not _is_label(label) or labels.count(label) > 1 or not things:
            continue
        for name, span in zip(names, row.cells[1:], strict=False):
            bare = re.sub(r"\s*\([^()]*\)", "", name)
            start, end = span[0], span[1]
            value = next(values_in(passage.text, start, end), None)
            vague = re.fullmatch(r"(?:maximum|max|normal|range|limit|level|time|target)", bare)
            if (
                not value
                or vague
                or not _DOSED.search(bare)
                or _NEVER_ASKED.search(bare)
                or (value.bound_start, value.end) != (start, end)
            ):
                continue
            named = in_sentence(re.sub(r"\s*\([^()]*\)", "", label), passage.topic.lowered)
            question = passage.topic.placed(f"What is the {bare} {'for' if 'dose' in bare else 'of'} {named}?")
            bound = value.bound.capitalize() if value.bound not in ("", "between") else ""
            frame = f"{bound} {{}} {value.often}".strip()
            written = Phrase(clean(passage.text[value.start : value.number_end]), value.start, value.number_end)
            source = passage.source(section, row.start, row.end)
            used = (Phrase(label, *row.cells[0]), written)
            yield Quantity(source, question, written, value.low, value.high, value.unit, used, frame)


Row = tuple[Phrase, Phrase, Entry]


def _bare(cell: Phrase) -> Phrase:
    """Return a cell without what stands in brackets."""
    return Phrase(re.sub(r"\s*\([^()]*\)", "", cell.text).strip(" ;,"), cell.start, cell.end)


def _is_label(text: str) -> bool:
    return bool(text) and len(text.split()) <= 6 and bool(re.search(r"[A-Za-z]{2}", text)) and not text.startswith("+")


def _readings(name: str, pairs: Sequence[Row]) -> Iterator[tuple[Callable[[Phrase, Phrase], bool], str, list[Row]]]:
    """Yield what tells two values of a column apart, why the values of other rows are wrong, and the rows it holds for."""
    spans = [measured(value.text) for _, value, _ in pairs]
    units = {span[2] for span in spans if span}
    if len(pairs) >= 3 and _NUMBERED.search(name) and all(spans) and len(units) == 1:
        values = [value for _, value, _ in pairs]
        if all(_numbers_apart(*two) for two in combinations(values, 2)):
            yield _numbers_apart, f"each row has one {name}, and no two values overlap", list(pairs)
        return
    worded = [pair for pair in pairs if _is_words(pair[1].text)]
    if _SINGLE.search(name) and len(worded) >= 3 and len(worded) >= len(pairs) / 2:
        yield _apart, f"each row has one {name}, and no two values overlap", worded
        return
    short = [
        pair
        for pair in pairs
        if 1 <= len(pair[1].text.split()) <= LONGEST_CELL and not _NO_VALUE.fullmatch(pair[1].text)
    ]
    if len(short) >= 3:
        yield _apart, "", short


def _is_words(text: str) -> bool:
    has_digit = any(letter.isdigit() for letter in text)
    is_list = "," in text or ";" in text or "+" in text or " or " in text
    return (
        bool(text)
        and not _NO_VALUE.fullmatch(text)
        and not has_digit
        and not is_list
        and len(text.split()) <= MAX_CELL_WORDS
    )


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
