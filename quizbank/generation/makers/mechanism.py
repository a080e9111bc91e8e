"""The class a drug belongs to, or the target it acts on, among its neighbors in the lexicon."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.terms import asked
from quizbank.generation.statements.mechanisms import is_mechanism
from quizbank.generation.statements.model import Statement, TermUse

NAME = "mechanism"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate for the class and one for the target of a drug."""
    uses = [one for one in statements if isinstance(one, TermUse) and is_mechanism(one)]
    for use, candidate in zip(uses, asked(NAME, uses, document), strict=True):
        yield replace(candidate, fact=f"{NAME}:{use.group.kind}")  # a document may tell it twice
