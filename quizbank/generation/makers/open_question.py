"""A question with its key and no distractors: always a suggestion, never an item, for an author to finish."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, one_line, quoted, spans
from quizbank.generation.statements.model import Open, Statement

NAME = "open_question"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per open statement."""
    for said in statements:
        if isinstance(said, Open):
            quote = one_line(document.quote(said.source.start, said.source.end))
            yield Candidate(
                maker=NAME,
                type="single_best_answer",
                stem=said.question,
                keys=(quoted(said.key, f"The source says: “{quote}”"),),
                distractors=(),
                citation=cite(document, said.source),
                rationale=f"The source says: “{quote}”",
                objective=f"Explain the principles of {said.source.topic}",
                topic=said.source.topic,
                fact=f"sentence:{said.source.start}",
                proof="",
                used=spans(*said.used),
                missing=said.missing,
            )
