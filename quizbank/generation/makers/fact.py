"""A fact of the lexicon that the document says, among rivals that every book calls wrong."""

import random
from collections.abc import Callable, Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line, quoted
from quizbank.generation.statements.model import Known, Statement

GROUPS = ("causes", "findings", "workings", "choices", "commonest")
"""What facts ask for; each is a maker of its own, so that no quiz asks for one alone."""
ESSENTIALS = ("recognizing", "explaining", "managing")
"""What facts that belong to one topic each ask for: a pattern of their own."""
AMOUNTS = "amounts"
"""The maker of facts whose answer is a number."""
Make = Callable[[Document, Sequence[Statement], random.Random], Iterator[Candidate]]


def maker_of(group: str) -> Make:
    """Return what makes one candidate for each fact of a group that a document says."""

    def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
        for said in statements:
            if isinstance(said, Known) and said.fact.kind.group == group:
                yield _candidate(document, said)

    return make


def _candidate(document: Document, said: Known) -> Candidate:
    fact = said.fact
    quote = one_line(document.quote(said.source.start, said.source.end))
    return Candidate(
        maker=fact.kind.group,
        type="single_best_answer",
        stem=fact.question,
        keys=(quoted(said.answer, f"The source says: “{quote}”"),),
        distractors=tuple(Choice(text, f"Not this: it is {fact.answer}.", origin="lexicon") for text in fact.rivals),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=fact.kind.objective,
        topic=said.source.topic,
        fact=f"{fact.subject}: {fact.answer}",
        proof="lexicon: the fact is known, and all that could be right as well",
        used=((said.answer.start, said.answer.end),),
        whole=True,
    )
