"""Tables that give each row its artery or nerve go in; the vessel or nerve of one row and the question it answers come out."""

import re
from collections.abc import Iterator

from quizbank.documents.tree import Block, Section
from quizbank.generation.lexicon.structures import apart_from, names, pattern_of
from quizbank.generation.statements.model import Phrase, Structure
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import capitalised, in_sentence

_MOST = 3  # of one table: its rows are alike
_COLUMNS = {
    "artery": re.compile(
        r"(?:(?:main|dominant|source|feeding|vascular|primary|major) )?(?:artery|arterial supply|blood supply|pedicle|"
        r"pedicle artery|vascular pedicle)",
        re.IGNORECASE,
    ),
    "nerve": re.compile(r"(?:(?:main|motor|sensory) )?(?:nerve|nerve supply|innervation)", re.IGNORECASE),
}
_FLAPS = re.compile(r"(?:\w+ )?flaps?", re.IGNORECASE)


def read_cells_of(passage: Passage) -> Iterator[Structure]:
    """Yield the cells that name one structure under a header that says it supplies the row."""
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) > 2 and not passage.is_special(section):
                found = list(_cells(passage, section, block))
                yield from found[:: max(1, len(found) // _MOST)][:_MOST]


def _cells(passage: Passage, section: Section, block: Block) -> Iterator[Structure]:
    header, *rows = block.entries
    titles = [clean(passage.text[slice(*span)]).strip(" *:") for span in header.cells]
    for column, title in enumerate(titles[1:], start=1):
        kind = next((kind for kind, shape in _COLUMNS.items() if shape.fullmatch(title)), "")
        for row in rows if kind else ():
            if len(row.cells) > column and (said := _cell(passage, section, kind, titles[0], row.cells, column)):
                yield said


def _cell(
    passage: Passage, section: Section, kind: str, things: str, cells: tuple[tuple[int, int], ...], column: int
) -> Structure | None:
    label = in_sentence(clean(passage.text[slice(*cells[0])]), passage.topic.lowered)
    start, end = cells[column]
    told = re.compile(rf"(?:the )?(?P<term>{pattern_of(kind)})(?: \([^()]*\))?", re.IGNORECASE).fullmatch(
        passage.text, start, end
    )
    if told is None or not 1 <= len(label.split()) <= 6 or re.search(r"[(),;/|]", label):
        return None
    term = names(kind)[told["term"].lower()]
    question = _question(kind, things, label.removeprefix("the "))
    siblings = apart_from(kind, term, question)
    if len(siblings) < 2:
        return None
    answer = Phrase(capitalised(clean(told["term"]).lower()), *told.span("term"))
    used = (answer, Phrase("", *cells[0]))
    source = passage.source(section, cells[0][0], cells[-1][1])
    return Structure(source, question, kind, answer, tuple(capitalised(one) for one in siblings), used)


def _question(kind: str, things: str, label: str) -> str:
    if kind == "artery" and _FLAPS.fullmatch(things):
        return f"On which artery is the {label.removesuffix(' flap')} flap based?"
    return f"Which {kind} {'innervates' if kind == 'nerve' else 'supplies'} the {label}?"
