"""The one thing a sentence sets apart from its neighbours, among those neighbours."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, one_line, quoted, spans
from quizbank.generation.makers.listing import is_valued, without_degree
from quizbank.generation.statements.model import Contrast, Phrase, Statement

NAME = "contrast"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per contrast."""
    for said in statements:
        if isinstance(said, Contrast):
            key, others = _levelled(said.key), [_levelled(other) for other in rng.sample(said.others, len(said.others))]
            if is_valued(key.text):
                others = []  # no option beside it would be as blamed as the key
            quote = one_line(document.quote(said.source.start, said.source.end))
            yield Candidate(
                maker=NAME,
                type="single_best_answer",
                stem=said.question,
                keys=(quoted(key, f"The source says: “{quote}”"),),
                distractors=tuple(quoted(other, f"Not this: {said.reason}.") for other in others),
                citation=cite(document, said.source),
                rationale=f"The source says: “{quote}”",
                objective=f"Compare the options used in {said.source.topic}",
                topic=said.source.topic,
                fact=f"sentence:{said.source.start}",
                proof=said.reason,
                used=spans(*said.used),
                missing="" if others else "wrong answers that sound no better than the right one",
            )


def _levelled(phrase: Phrase) -> Phrase:
    return Phrase(without_degree(phrase.text), phrase.start, phrase.end)
