"""One member of a list among members of the list that the document opposes to it: early and late, absolute and relative."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, one_line, quoted, spans
from quizbank.generation.makers.listing import is_cued
from quizbank.generation.statements.model import Opposed, Phrase, Statement
from quizbank.generation.wording import share_root, with_article

NAME = "opposed"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per pair of lists, about the side that has a member no word of the other side repeats."""
    asked: set[frozenset[str]] = set()
    for said in statements:
        if not isinstance(said, Opposed):
            continue
        pair = frozenset((said.side, said.against, said.noun))
        keys = [one for one in said.members if not is_cued(one.text) and _is_clear(one, said.others)]
        wrong = [one for one in said.others if _is_clear(one, said.members)]
        if pair not in asked and keys and len(wrong) >= 2:
            asked.add(pair)
            yield _candidate(document, said, rng.choice(keys), rng.sample(wrong, len(wrong)))


def _is_clear(member: Phrase, others: Sequence[Phrase]) -> bool:
    return not any(share_root(member.text, other.text) for other in others)


def _candidate(document: Document, said: Opposed, key: Phrase, wrong: Sequence[Phrase]) -> Candidate:
    topic, name = said.source.topic, f"{said.side} {said.noun}"
    before = "to" if said.noun.startswith("contra") else "for" if said.noun in ("indication", "risk factor") else "of"
    quote = one_line(document.quote(said.source.start, said.source.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"Which of the following is {with_article(name)}, rather than {with_article(said.against)} one, {before} {topic}?",
        keys=(quoted(key, f"The source lists it as {said.side}: “{quote}”"),),
        distractors=tuple(quoted(one, f"The source lists it as {said.against}.") for one in wrong),
        citation=cite(document, said.source),
        rationale=f"The source lists it as {said.side}, the others as {said.against}.",
        objective=f"Tell {said.side} from {said.against} {said.noun}s {before} {topic}",
        topic=topic,
        fact=f"opposed:{said.noun}:{'/'.join(sorted((said.side, said.against)))}",
        proof=f"two lists that exclude each other: {said.side} and {said.against}",
        used=spans(key, *wrong),
    )
