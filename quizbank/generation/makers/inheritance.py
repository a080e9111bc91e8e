"""How a disorder is inherited, among the other ways."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.terms import asked
from quizbank.generation.statements.inheritance import INHERITANCE
from quizbank.generation.statements.model import Statement, TermUse

NAME = "inheritance"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per disorder whose inheritance is told."""
    return asked(
        NAME, [one for one in statements if isinstance(one, TermUse) and one.group.kind == INHERITANCE], document
    )
