"""Tables, label lists, classes and techniques in; what each row is matched with, as pairs, out."""

import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Block, Section
from quizbank.generation.statements.labels import read_described, read_labels, read_techniques
from quizbank.generation.statements.model import Described, LabelList, Labels, Pairs, Phrase
from quizbank.generation.statements.spans import Passage, clean
from quizbank.generation.wording import head_noun, in_sentence, is_plural, singular_phrase

FEWEST = 4  # rows of a list that is worth matching
_MOST_LABEL_WORDS, _MOST_WORDS = 6, 16
_NEVER_MATCHED = re.compile(
    r"\b(?:notes?|comments?|remarks?|evidence|strengths?|references?|sources?|page|points?|version|status|price|cost|brand|"
    r"availability|date|units?|author|owner|advice|instructions?|monitoring|frequency|prevalence|incidence|proportion|other|"
    r"mortality|survival)\b|^(?:value|result|yes|no|details?)$|(?:al|ic|ive|ous)$|\b(?:if|for|of|in|with|by|to)$",
    re.IGNORECASE,
)
_IS_NO_NAME = re.compile(  # the first column is a list of its own
    r"(?:absolute|relative|early|late|pros|cons|advantages|do|avoid|indications?|contraindications?|[\w-]+(?:al|ic|ive))$",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(
    r"\b(?:overview|summary|notes?|key points?|introduction|background|about|information|practice|points?|pearls?|"
    r"management|treatment|care|prevention|monitoring|warnings?|precautions?|counsell?ing|advice|dosage|dosing|administration|"
    r"education|follow-up|prognosis|outlook|history|use|pharmacology|pharmacokinetics)\b",
    re.IGNORECASE,
)


def read_pairs(passage: Passage) -> Iterator[Pairs]:
    """Yield every list whose rows each have a name and one short thing said of them."""
    if not passage.topic.name:
        return
    for section in passage.sections():
        for block in section.blocks:
            if block.kind == "table" and len(block.entries) > FEWEST:
                yield from _columns(passage, section, block)
    for listed in (*read_described(passage), *read_labels(passage), *read_techniques(passage)):
        if pairs := _of_list(passage, listed):
            yield pairs


def _columns(passage: Passage, section: Section, block: Block) -> Iterator[Pairs]:
    """Yield the columns of a table whose first one names the rows."""
    header, *rows = block.entries
    things, *names = (_bare(clean(passage.text[slice(*cell)])) for cell in header.cells)
    for column, name in enumerate(names, start=1):
        if not things or not name or _NEVER_MATCHED.search(name) or _IS_NO_NAME.search(things):
            continue
        told = tuple(
            Described(_phrase(passage, row.cells[0]), _phrase(passage, row.cells[column]), row.start, row.end)
            for row in rows
            if len(row.cells) > column and all(clean(passage.text[slice(*row.cells[at])]) for at in (0, column))
        )
        if len(told) == len(rows):
            noun = singular_phrase(in_sentence(things, passage.topic.lowered))
            asked = in_sentence(name, passage.topic.lowered)
            yield Pairs(passage.source(section, block.start, block.end), noun, asked, told)


def _of_list(passage: Passage, listed: Labels | LabelList) -> Pairs | None:
    if listed.noun == "range" or len(rows := _rows(listed)) < FEWEST:
        return None
    noun = listed.noun or _heading_noun(passage, listed.source.path)
    return Pairs(listed.source, noun, "description", tuple(rows))


def _rows(listed: Labels | LabelList) -> Sequence[Described]:
    return listed.rows if isinstance(listed, Labels) else listed.labels


def _heading_noun(passage: Passage, path: Sequence[str]) -> str:
    """Return what the rows below a heading are, in the singular: "Diagnostic tests" → "diagnostic test"; "" when it does not say."""
    heading = _bare(clean(path[-1])).rstrip(":") if path else ""
    said = in_sentence(re.sub(r"^[\d.]+\s+", "", heading), passage.topic.lowered)
    plain = re.fullmatch(r"(?:[\w-]+ ){0,3}[\w-]+(?: of [\w -]+)?", said) and not _NO_HEADING.search(said)
    return singular_phrase(said) if plain and is_plural(head_noun(said)) else ""


def _bare(text: str) -> str:
    return " ".join(re.sub(r"\s*\([^()]*\)", "", text).split()).strip(" ;,*:")


def _phrase(passage: Passage, span: tuple[int, int]) -> Phrase:
    return passage.phrase(*span)
