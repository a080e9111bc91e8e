"""The makers, in the order their candidates are tried. Adding one takes a file, a test and a row."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers import (
    attribute,
    classes,
    contrast,
    membership,
    open_question,
    purpose,
    quantity,
    several,
    superlative,
    terms,
)
from quizbank.generation.statements.model import Statement

Make = Callable[[Document, Sequence[Statement], random.Random], Iterator[Candidate]]


@dataclass(frozen=True)
class Maker:
    """A pattern: its name and the function that turns statements into candidates."""

    name: str
    make: Make


MAKERS: tuple[Maker, ...] = (
    Maker(contrast.NAME, contrast.make),
    Maker(several.NAME, several.make),
    Maker(membership.NAME, membership.make),
    Maker(classes.NAME, classes.make),
    Maker(attribute.NAME, attribute.make),
    Maker(superlative.NAME, superlative.make),
    Maker(purpose.NAME, purpose.make),
    Maker(quantity.NAME, quantity.make),
    Maker(terms.NAME, terms.make),
    Maker(open_question.NAME, open_question.make),
)
