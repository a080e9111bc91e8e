"""A question with its key and no distractors: a suggestion, never an item, for an author to finish."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, one_line, quoted, spans
from quizbank.generation.makers.listing import other_lists
from quizbank.generation.statements.model import ListMembership, Open, Statement

NAME = "open_question"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per open statement."""
    for said in statements:
        if isinstance(said, ListMembership) and said.source.topic and not other_lists(said, statements):
            yield _listed(document, said)
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


def _listed(document: Document, said: ListMembership) -> Candidate:
    """Return the question for a list that no other list of the document is set apart from."""
    kind, topic = said.kind, said.source.topic
    return Candidate(
        maker=NAME,
        type="multiple_response",
        stem=f"Which of the following are {kind.plural} {kind.before} {topic}?",
        keys=tuple(quoted(member, f"The source lists it under {kind.plural}.") for member in said.members[:3]),
        distractors=(),
        citation=cite(document, said.source),
        rationale=f"The source names these among the {kind.plural} {kind.before} {topic}.",
        objective=f"{kind.verb} the {kind.plural} {kind.before} {topic}",
        topic=topic,
        fact=f"list:{kind.id}",
        proof="",
        used=spans(*said.members[:3]),
        missing=f"wrong answers that are no {kind.plural} {kind.before} {topic}",
    )
