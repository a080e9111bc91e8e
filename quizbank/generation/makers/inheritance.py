"""How a disorder is inherited, among the other ways."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.terms import asked
from quizbank.generation.statements.inheritance import INHERITANCE
from quizbank.generation.statements.model import Statement, TermUse

NAME = "inheritance"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per disorder whose inheritance is told."""
    uses = [one for one in statements if isinstance(one, TermUse) and one.group.kind == INHERITANCE]
    for candidate in asked(NAME, uses, document):
        yield replace(candidate, fact=NAME)  # a document may tell it twice
