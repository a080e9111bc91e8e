"""Tables go in; what a column as a whole says comes out: what scores so much, is most frequent, high or low, or graded severe."""

import re
from collections import Counter
from collections.abc import Iterator

from quizbank.documents.tree import Block, Entry, Section
from quizbank.generation.statements.answers import MISSING, Asked, opened
from quizbank.generation.statements.model import Open
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import in_sentence, is_plural, singular_phrase

FEWEST_ROWS = 3
_SCORE = re.compile(r"(?:points?|scores?)", re.IGNORECASE)
_EVENTS = re.compile(
    r"(?:(?:adverse|side|unwanted) (?:reactions?|effects?|events?)|symptoms?|signs?|causes?|complications?|organisms?|"
    r"features?|findings?)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?:about |up to )?(?P<value>\d+(?:\.\d+)?) ?%?")
_DEGREE = re.compile(
    r"(?:very |slightly |markedly )?(?:high|low|normal|raised|elevated|reduced|decreased|increased|absent|present|"
    r"positive|negative|long|"
    r"prolonged|short)(?: or (?:normal|high|low|raised|reduced|slightly \w+))?",
    re.IGNORECASE,
)


def read_columns(passage: Passage) -> Iterator[Open]:
    """Yield what columns of points, of frequencies and of high and low say."""
    if not passage.topic.name:
        return
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) > FEWEST_ROWS:
                yield from _scores(passage, section, block)
                yield from _largest(passage, section, block)
                yield from _degrees(passage, section, block)
                yield from _grades(passage, section, block)


def _cell(passage: Passage, row: Entry, place: int) -> str:
    return clean(passage.text[slice(*row.cells[place])]).strip(" ;,*:|") if place < len(row.cells) else ""


def _name(passage: Passage, row: Entry, place: int) -> str:
    return in_sentence(re.sub(r"\s*\([^()]*\)", "", _cell(passage, row, place)), passage.topic.lowered)


def _scores(passage: Passage, section: Section, block: Block) -> Iterator[Open]:
    """In a column of points, ask for the one row that scores another number than the rest."""
    header, *rows = block.entries
    place = next((at for at, _ in enumerate(header.cells) if at and _SCORE.fullmatch(_cell(passage, header, at))), 0)
    if not place:
        return
    values = [_cell(passage, row, place) for row in rows]
    seen = Counter(value for value in values if value.isdigit())
    things = singular_phrase(_name(passage, header, 0)) or "item"
    for row, value in zip(rows, values, strict=True):
        if seen[value] == 1 and len(seen) > 1 and sum(seen.values()) >= FEWEST_ROWS and row.cells:
            points = "point" if value == "1" else "points"
            asked = Asked(f"Which {things} scores {value} {points}?", row.cells[0], "score", 4)
            if said := opened(passage, section, (row.start, row.end), asked, cut=False):
                yield said


def _largest(passage: Passage, section: Section, block: Block) -> Iterator[Open]:
    """In a table of adverse reactions with their frequencies, ask for the most frequent one."""
    header, *rows = block.entries
    things = _name(passage, header, 0)
    if not _EVENTS.fullmatch(things):
        return
    for place in range(1, len(header.cells)):
        told = [(_PERCENT.fullmatch(_cell(passage, row, place)), row) for row in rows]
        named = _cell(passage, header, place)
        if any(found is None for found, _ in told) or not (
            "%" in named or any("%" in _cell(passage, row, place) for row in rows)
        ):
            continue
        ranked = sorted(((float(found["value"]), row) for found, row in told if found), key=lambda one: -one[0])
        if ranked[0][0] > ranked[1][0] and ranked[0][1].cells:
            row = ranked[0][1]
            asked = Asked(f"What is the most frequent {singular_phrase(things)}?", row.cells[0], "most frequent", 4)
            if said := opened(passage, section, (row.start, row.end), asked, cut=False):
                yield said
        return


def _degrees(passage: Passage, section: Section, block: Block) -> Iterator[Open]:
    """In a table that sets conditions or measures apart by high, low and normal, ask for one cell of each row that differs."""
    header, *rows = block.entries
    for number, row in enumerate(rows):
        cells = [(place, _cell(passage, row, place)) for place in range(1, len(row.cells))]
        told = [(place, value) for place, value in cells if _DEGREE.fullmatch(value)]
        label = _name(passage, row, 0)
        if (
            len(told) < 2
            or len({value.lower() for _, value in told}) < 2
            or not label
            or len(label.split()) > MOST_LABEL_WORDS
        ):
            continue
        place, _ = told[number % len(told)]
        column = _name(passage, header, place)
        if not column or re.search(r"\d", column):
            continue
        measured, among = (label, column) if _MEASURE.search(label) or len(column.split()) > 2 else (column, label)
        be = "are" if is_plural(measured) else "is"
        asked = Asked(f"How {be} {measured} in {among}: high, low or normal?", row.cells[place], "degree", 3)
        if _HIGH.match(told[number % len(told)][1]) and (said := _opened_degree(passage, section, row, asked)):
            yield said


_GRADES = (
    "very mild",
    "mild",
    "moderate",
    "severe",
    "very severe",
    "critical",
    "low",
    "intermediate",
    "high",
    "normal",
)


def _grades(passage: Passage, section: Section, block: Block) -> Iterator[Open]:
    """Under the columns Mild, Moderate and Severe, a row of figures: Mean gradient → What mean gradient is graded severe?"""
    header, *rows = block.entries
    columns = [(at, _cell(passage, header, at).lower()) for at in range(1, len(header.cells))]
    graded = [(at, name) for at, name in columns if name in _GRADES]
    for number, row in enumerate(rows if len(graded) >= FEWEST_GRADES else ()):
        place, grade = graded[-1 - number % 2]
        label = _name(passage, row, 0)
        if label and len(label.split()) <= MOST_LABEL_WORDS and re.search(r"\d", _cell(passage, row, place)):
            asked = Asked(f"What {label} is graded {grade}?", row.cells[place], "grade", 4)
            if said := _opened_degree(passage, section, row, asked):
                yield said


FEWEST_GRADES = 2
MOST_LABEL_WORDS = 6
_HIGH = re.compile(
    r"(?:very |slightly )?(?:high|low|normal|raised|reduced|elevated|decreased|increased)", re.IGNORECASE
)
_MEASURE = re.compile(
    r"\b[A-Z]{2,5}\d?\b|\b(?:level|count|saturation|iron|ferritin|transferrin|calcium|phosphate|sodium|potassium|time|pressure|glucose|protein|"
    r"volume|output|resistance|hormone|MCV|index|ratio|bilirubin|enzymes?|compliance)\b"
)


def _opened_degree(passage: Passage, section: Section, row: Entry, asked: Asked) -> Open | None:
    """Return the open statement of one word, which ``opened`` would find too little to say."""
    start, end = asked.key
    key = passage.phrase(start, end)
    question = passage.placed(section, asked.question)
    return Open(passage.source(section, row.start, row.end), question, key, MISSING, (key,), asked.rule, asked.worth)
