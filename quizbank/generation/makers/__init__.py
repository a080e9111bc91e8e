"""The makers, in the order their candidates are tried. Adding one takes a file, a test and a row."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.licences import DOCUMENTS, ITEMS, Licence, Pattern
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
SCALES = Pattern("scales", 1, "The classes of one scale, or ranges that do not overlap.")
SUPERLATIVES = Pattern("superlatives", 1, "Only one member of a list is the most common, or the first line.")
CONTRASTS = Pattern("contrasts", 1, "The document itself sets one thing apart from its neighbors.")
LISTS = Pattern("lists", 1, "The document sets two lists apart.")
VOCABULARY = Pattern("vocabulary", 1, "The lexicon rules the other terms of the kind out.")
PURPOSES = Pattern("purposes", 1, "The lexicon knows what a measure serves, and what it does not.")
TABLES = Pattern("tables", 1, "A value stands once in its column.")
LABELS = Pattern("labels", 1, "A list describes each of its labels once.")
SEQUENCES = Pattern("sequences", 1, "The document numbers its steps.")
OPEN = Pattern("open", 1, "Nothing: an author finishes it.")
PATTERNS = (
    NUMBERS,
    SCALES,
    SUPERLATIVES,
    CONTRASTS,
    LISTS,
    VOCABULARY,
    PURPOSES,
    TABLES,
    LABELS,
    SEQUENCES,
    OPEN,
)


@dataclass(frozen=True)
class Maker:
    """One kind of question: its name, the pattern it belongs to and the function from statements to candidates."""

    name: str
    pattern: Pattern
    make: Make


MAKERS: tuple[Maker, ...] = (
    Maker(contrast.NAME, CONTRASTS, contrast.make),
    Maker(several.NAME, LISTS, several.make),
    Maker(membership.NAME, LISTS, membership.make),
    Maker(opposed.NAME, LISTS, opposed.make),
    Maker(classes.NAME, SCALES, classes.make),
    Maker(label.NAME, LABELS, label.make),
    Maker(attribute.NAME, TABLES, attribute.make),
    Maker(sequence.NAME, SEQUENCES, sequence.make),
    Maker(superlative.NAME, SUPERLATIVES, superlative.make),
    Maker(purpose.NAME, PURPOSES, purpose.make),
    Maker(quantity.NAME, NUMBERS, quantity.make),
    Maker(terms.NAME, VOCABULARY, terms.make),
    Maker(open_question.NAME, OPEN, open_question.make),
)


# What lets every pattern but the open one write ready items, for readers who are to judge them.
AS_IF_LICENSED = tuple(
    Licence(one.name, one.version, ITEMS, DOCUMENTS, ITEMS, 0) for one in PATTERNS if one is not OPEN
)


def pattern_of(maker: str) -> Pattern:
    """Return the pattern a maker belongs to."""
    return next(one.pattern for one in MAKERS if one.name == maker)
