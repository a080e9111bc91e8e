"""An attribute of one row of a table, among the values the same column gives other rows."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, quoted
from quizbank.generation.statements.model import Attribute, Statement
from quizbank.generation.wording import in_sentence

NAME = "attribute"
MOST = 2  # candidates per column: more would ask one table again and again


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield at most MOST candidates per column of a table."""
    columns: dict[str, list[Attribute]] = {}
    for said in statements:
        if isinstance(said, Attribute):
            columns.setdefault(said.name, []).append(said)
    for rows in columns.values():
        for said in rng.sample(rows, min(MOST, len(rows))):
            yield _candidate(document, said, rng)


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    return in_sentence(label, frozenset(label.lower().split()))


def _named(said: Attribute, label: str = "") -> str:
    """Return a row's name with its article, which the names of drugs and diseases do without."""
    name = _inside(label or said.label.text)
    return name if _WITHOUT_ARTICLE.search(said.things) else f"the {name}"


_WITHOUT_ARTICLE = re.compile(
    r"\b(?:drugs?|agents?|antibiotics?|medic(?:ine|ation)s?|opioids?|diseases?|disorders?|conditions?|infections?)\b",
    re.IGNORECASE,
)


def _candidate(document: Document, said: Attribute, rng: random.Random) -> Candidate:
    topic = said.source.topic
    others = rng.sample(said.others, len(said.others))
    label = _named(said)
    is_number = said.value.text[:1].isdigit()
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"In {topic}, what is the {said.name} of {label}?",
        keys=(quoted(said.value, f"The source's table gives it for {label}."),),
        distractors=tuple(
            quoted(
                cell,
                f"The source's table gives it for {_named(said, other.text)}.",
            )
            for other, cell in others
        ),
        citation=cite(document, said.source),
        rationale=f"The source's table gives the {said.name} of {label} as “{_inside(said.value.text)}”.",
        objective=f"Recall the {said.name} of each {_inside(said.things)} in {topic}",
        topic=topic,
        fact=f"row:{said.source.start}:{said.name}",
        proof=f"each row has one {said.name}, and no two values overlap",
        used=tuple(
            (phrase.start, phrase.end) for phrase in (said.label, said.value, *(cell for _, cell in said.others))
        ),
        ordered=is_number,
    )
