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
LISTS = Pattern("lists", 1, "The document sets two lists apart.")
LABELS = Pattern("labels", 1, "Each label has a description or value of its own.")
CONTRAST = Pattern("contrast", 1, "The document itself sets one thing apart from its neighbors.")
VOCABULARY = Pattern("vocabulary", 1, "The lexicon rules the other terms of the kind out.")
SEQUENCE = Pattern("sequence", 1, "The document numbers its steps.")
OPEN = Pattern("open", 1, "Nothing: an author finishes it.")
PATTERNS = (NUMBERS, LISTS, LABELS, CONTRAST, VOCABULARY, SEQUENCE, OPEN)


@dataclass(frozen=True)
class Maker:
    """One kind of question: its name, the pattern it belongs to and the function from statements to candidates."""

    name: str
    pattern: Pattern
    make: Make


MAKERS: tuple[Maker, ...] = (
    Maker(contrast.NAME, CONTRAST, contrast.make),
    Maker(several.NAME, LISTS, several.make),
    Maker(membership.NAME, LISTS, membership.make),
    Maker(opposed.NAME, LISTS, opposed.make),
    Maker(classes.NAME, LABELS, classes.make),
    Maker(attribute.NAME, LABELS, attribute.make),
    Maker(sequence.NAME, SEQUENCE, sequence.make),
    Maker(superlative.NAME, CONTRAST, superlative.make),
    Maker(purpose.NAME, VOCABULARY, purpose.make),
    Maker(quantity.NAME, NUMBERS, quantity.make),
    Maker(terms.NAME, VOCABULARY, terms.make),
    Maker(open_question.NAME, OPEN, open_question.make),
)


def pattern_of(maker: str) -> Pattern:
    """Return the pattern a maker belongs to."""
    return next(one.pattern for one in MAKERS if one.name == maker)
