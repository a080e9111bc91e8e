"""The class a drug belongs to, and the target it acts on, each among its neighbors in the lexicon."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.terms import asked
from quizbank.generation.statements.mechanisms import DRUG_CLASS, DRUG_TARGET, is_mechanism
from quizbank.generation.statements.model import Statement, TermUse


def make_classes(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate for the class of a drug."""
    return _made(DRUG_CLASS, document, statements)


def make_targets(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate for the target of a drug."""
    return _made(DRUG_TARGET, document, statements)


def _made(kind: str, document: Document, statements: Sequence[Statement]) -> Iterator[Candidate]:
    uses = [one for one in statements if isinstance(one, TermUse) and one.group.kind == kind and is_mechanism(one)]
    for candidate in asked(kind, uses, document):
        yield replace(candidate, fact=f"mechanism:{kind}")  # a document may tell it twice
