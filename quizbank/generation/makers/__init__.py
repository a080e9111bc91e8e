"""The makers, in the order their candidates are tried. Adding one takes a file, a test and a row."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.licences import Pattern
from quizbank.generation.makers import (
    attribute,
    classes,
    contrast,
    label,
    membership,
    open_question,
    opposed,
    purpose,
    quantity,
    sequence,
    several,
    superlative,
    terms,
)
from quizbank.generation.statements.model import Statement

Make = Callable[[Document, Sequence[Statement], random.Random], Iterator[Candidate]]


NUMBERS = Pattern("numbers", 1, "A number excludes other numbers.")
DOCUMENT = Pattern("document", 1, "The document itself sets one thing apart from its neighbors.")
VOCABULARY = Pattern("vocabulary", 1, "The lexicon rules the other terms of the kind out.")
OPEN = Pattern("open", 1, "Nothing: an author finishes it.")
PATTERNS = (NUMBERS, DOCUMENT, VOCABULARY, OPEN)


@dataclass(frozen=True)
class Maker:
    """One kind of question: its name, the pattern it belongs to and the function from statements to candidates."""

    name: str
    pattern: Pattern
    make: Make


MAKERS: tuple[Maker, ...] = (
    Maker(contrast.NAME, DOCUMENT, contrast.make),
    Maker(several.NAME, DOCUMENT, several.make),
    Maker(membership.NAME, DOCUMENT, membership.make),
    Maker(opposed.NAME, DOCUMENT, opposed.make),
    Maker(classes.NAME, DOCUMENT, classes.make),
    Maker(label.NAME, DOCUMENT, label.make),
    Maker(attribute.NAME, DOCUMENT, attribute.make),
    Maker(sequence.NAME, DOCUMENT, sequence.make),
    Maker(superlative.NAME, DOCUMENT, superlative.make),
    Maker(purpose.NAME, VOCABULARY, purpose.make),
    Maker(quantity.NAME, NUMBERS, quantity.make),
    Maker(terms.NAME, VOCABULARY, terms.make),
    Maker(open_question.NAME, OPEN, open_question.make),
)


def pattern_of(maker: str) -> Pattern:
    """Return the pattern a maker belongs to."""
    return next(one.pattern for one in MAKERS if one.name == maker)
