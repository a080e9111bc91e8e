"""An attribute of one row of a table, among the values the same column gives other rows."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, quoted
from quizbank.generation.statements.model import Attribute, Statement
from quizbank.generation.topic import placed
from quizbank.generation.wording import in_sentence, is_plural

NAME = "attribute"
MOST, ROWS_EACH = 2, 6  # candidates per column, and one more for so many rows: more would ask one table again and again
_FOR = re.compile(r"\b(?:antidote|treatment|therapy|indication|dose|agent|first choice|threshold|target|test)s?$")


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield a few candidates per column of a table."""
    columns: dict[tuple[str, str], list[Attribute]] = {}
    for said in statements:
        if isinstance(said, Attribute):
            columns.setdefault((said.name, said.things), []).append(said)
    for rows in columns.values():
        for said in rng.sample(rows, min(MOST + len(rows) // ROWS_EACH, len(rows))):
            yield _candidate(document, said, rng)


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    return in_sentence(label, frozenset(label.lower().split()))


def _named(said: Attribute, label: str = "") -> str:
    """Return a row's name with its article, which the names of drugs and diseases do without."""
    name = _inside(label or said.label.text)
    return f"the {name}" if _WITH_ARTICLE.search(said.things) and not is_plural(name.split()[-1]) else name


_WITH_ARTICLE = re.compile(
    r"\b(?:flaps?|structures?|muscles?|nerves?|vessels?|arter(?:y|ies)|veins?|bones?|joints?|sites?|regions?|procedures?|"
    r"techniques?|parts?|organs?|ligaments?|blocks?)\b",
    re.IGNORECASE,
)


def _candidate(document: Document, said: Attribute, rng: random.Random) -> Candidate:
    topic = said.source.topic
    others = rng.sample(said.others, len(said.others))
    label = _named(said)
    is_number = said.value.text[:1].isdigit()
    be = "are" if is_plural(said.name.split()[-1]) else "is"
    preposition = "for" if _FOR.search(said.name) else "of"
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=placed(f"What {be} the {said.name} {preposition} {label}?", topic, said.source.place),
        keys=(quoted(said.value, f"The source's table gives it for {label}."),),
        distractors=tuple(
            quoted(
                cell,
                f"The source's table gives it for {_named(said, other.text)}.",
                "" if said.proof else "Nothing in the document proves this wrong: check it.",
            )
            for other, cell in others
        ),
        citation=cite(document, said.source),
        rationale=f"The source's table gives the {said.name} of {label} as “{_inside(said.value.text)}”.",
        objective=f"Recall the {said.name} of each {_inside(said.things)} in {topic}",
        topic=topic,
        fact=f"row:{said.source.start}:{said.name}",
        proof=said.proof,
        used=tuple(
            (phrase.start, phrase.end) for phrase in (said.label, said.value, *(cell for _, cell in said.others))
        ),
        ordered=is_number,
    )
