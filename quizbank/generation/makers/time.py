"""A time that one plain sentence tells, among others people use."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.quantity import asked
from quizbank.generation.statements.model import Quantity, Statement
from quizbank.generation.wording import roots

NAME = "time"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per time, where the topic is the title's: one that a heading names may be a part's alone."""
    titled = roots(document.title)
    times = [one for one in statements if isinstance(one, Quantity) and one.plain]
    return asked(NAME, [one for one in times if roots(one.source.topic) & titled], document, rng)
