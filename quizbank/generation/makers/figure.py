"""A figure that the document gives by its name ("the half-life", "the incubation period"), among others people use."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.quantity import asked
from quizbank.generation.statements.model import Quantity, Statement

NAME = "figure"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per named figure."""
    return asked(NAME, [one for one in statements if isinstance(one, Quantity) and one.named], document, rng)
