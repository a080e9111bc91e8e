"""A vessel, nerve or opening that serves a structure, among neighbors that do not."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line, quoted
from quizbank.generation.makers import terms
from quizbank.generation.statements.model import Statement, Structure, TermUse

NAME = "structure"
_PLURALS = {"artery": "arteries", "plexus": "plexuses", "opening": "openings", "cord": "cords of the brachial plexus"}
_MOST = 3  # the likest: what is further away is no rival, and length must not choose among them
_LOOK = "a look at what else supplies, drains or passes it, and other {} that could be taken for this one"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per structure that a sentence names, and what else asks for one as suggestions."""
    found = [one for one in statements if isinstance(one, Structure)]
    asked = {one.answer.start for one in found}
    for said in found:
        yield _candidate(document, said)
    uses = [one for one in statements if isinstance(one, TermUse) and one.group.kind in terms.STRUCTURES]
    yield from terms.asked(NAME, [one for one in uses if one.answer.start not in asked], document)


def _candidate(document: Document, said: Structure) -> Candidate:
    quote = one_line(document.quote(said.source.start, said.source.end))
    plural = _PLURALS.get(said.noun, f"{said.noun}s")
    reason = f"The source names the {said.answer.text[:1].lower()}{said.answer.text[1:]} here, not this."
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=said.question,
        keys=(quoted(said.answer, f"The source says: “{quote}”"),),
        distractors=tuple(Choice(text, reason, origin="lexicon") for text in said.siblings[:_MOST]),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"Name the {plural} that matter in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}:{said.answer.start}",
        proof="lexicon: all that serves the same, and what it branches from, left out" if said.siblings else "",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
        whole=bool(said.siblings),
        missing="" if said.siblings else _LOOK.format(plural),
    )
