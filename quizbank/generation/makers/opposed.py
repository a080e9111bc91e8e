"""One member of a list among members of the list that the document opposes to it: early and late, absolute and relative."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, one_line, quoted, spans
from quizbank.generation.makers.listing import is_cued
from quizbank.generation.statements.model import Opposed, Phrase, Statement
from quizbank.generation.topic import is_procedure
from quizbank.generation.wording import share_root, with_article

NAME = "opposed"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per pair of lists, about the side that has a member no word of the other side repeats."""
    asked: set[frozenset[str]] = set()
    for said in statements:
        if not isinstance(said, Opposed):
            continue
        pair = frozenset((said.side, said.against, said.noun))
        keys = [
            one
            for one in said.members
            if not _tells_side(one.text) and not is_cued(one.text) and _is_clear(one, said.others)
        ]
        wrong = [one for one in said.others if not _tells_side(one.text) and _is_clear(one, said.members)]
        if pair not in asked and keys and len(wrong) >= 2:
            asked.add(pair)
            yield _candidate(document, said, rng.choice(keys), rng.sample(wrong, len(wrong)))


# Words that tell of themselves on which side of early and late, acute and chronic, local and systemic something stands.
_SIDED = re.compile(
    r"\b(?:early|late|later|chronic|acute|persistent|persisting|permanent|recurren\w+|delayed|immediate|long-term|prolonged|progressive|"
    r"temporary|transient|days?|weeks?|months?|years?|after|before|during|local|systemic|general\w*)\b",
    re.IGNORECASE,
)


def _tells_side(text: str) -> bool:
    return bool(_SIDED.search(text))


def _is_clear(member: Phrase, others: Sequence[Phrase]) -> bool:
    return not any(share_root(member.text, other.text) for other in others)


def _missing(said: Opposed) -> str:
    """Return what keeps a pair of lists from proving anything by itself.

    What one text calls a relative contraindication another calls absolute; complications of a disease may be those of its
    treatment.
    """
    if "absolute" in (said.side, said.against):
        return "a look at the other side: what is absolute here may be relative elsewhere"
    if said.noun == "complication" and not is_procedure(said.source.topic):
        return "whose complications they are, those of the disease or of its treatment"
    if said.noun == "indication":
        return "a look at the other side: what is done at once in one patient is planned in another"
    return ""


def _candidate(document: Document, said: Opposed, key: Phrase, wrong: Sequence[Phrase]) -> Candidate:
    topic, name, missing = said.source.topic, f"{said.side} {said.noun}", _missing(said)
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
        proof="" if missing else f"two lists that exclude each other: {said.side} and {said.against}",
        used=spans(key, *wrong),
        missing=missing,
    )
