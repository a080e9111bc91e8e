"""The most common of a list, or the first-, second- or third-line treatment, among the rest of its list."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, one_line, quoted
from quizbank.generation.statements.model import OrderedLine, Statement, Superlative

NAME = "superlative"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per superlative and one per set of ordered lines."""
    lines = [said for said in statements if isinstance(said, OrderedLine)]
    for said in statements:
        if isinstance(said, Superlative):
            yield _most_common(document, said, rng)
    if lines:
        yield _line(document, rng.choice(lines))


def _most_common(document: Document, said: Superlative, rng: random.Random) -> Candidate:
    others = rng.sample(said.siblings, len(said.siblings))
    quote = one_line(document.quote(said.source.start, said.source.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=said.question,
        keys=(quoted(said.member, f"The source says: “{quote}”"),),
        distractors=tuple(quoted(other, "The source lists it, but not as the most common.") for other in others),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"Name what is most common in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof="only one member of a list can be the most common",
        used=tuple((phrase.start, phrase.end) for phrase in (said.member, *said.siblings)),
    )


def _line(document: Document, said: OrderedLine) -> Candidate:
    topic = said.source.topic
    stem = f"In {topic}, what is the {said.rank}-line treatment of {said.treated}?"
    if said.treated == topic:
        stem = f"What is the {said.rank}-line treatment of {topic}?"
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=stem,
        keys=(quoted(said.treatment, f"The source names it as the {said.rank} line."),),
        distractors=tuple(quoted(phrase, f"The source names it as the {rank} line.") for rank, phrase in said.others),
        citation=cite(document, said.source),
        rationale=f"The source gives the {said.rank} line of treatment as “{said.treatment.text}”.",
        objective=f"Order the lines of treatment of {topic}",
        topic=topic,
        fact="lines",
        proof="an order of lines that the document itself gives",
        used=tuple((phrase.start, phrase.end) for phrase in (said.treatment, *(phrase for _, phrase in said.others))),
    )
