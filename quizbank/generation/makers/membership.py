"""One member of a standard list among members of a list that the document sets apart from it."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, quoted
from quizbank.generation.makers.listing import before, clear_keys, is_cued, levelled, named, other_lists, outside
from quizbank.generation.statements.model import ListMembership, Phrase, Statement

NAME = "membership"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per list that has a list set apart from it and a member without a cue word."""
    for listed in statements:
        if isinstance(listed, ListMembership) and listed.source.topic:
            others = other_lists(listed, statements)
            wrong = [pair for other in others for pair in outside(listed, other)]
            keys = clear_keys(listed, others)
            if len(wrong) >= 2 and keys:
                yield _candidate(document, listed, rng.choice(keys), wrong, rng)


def _candidate(
    document: Document,
    listed: ListMembership,
    key: Phrase,
    wrong: list[tuple[ListMembership, Phrase]],
    rng: random.Random,
) -> Candidate:
    kind, topic = listed.kind, listed.source.topic
    rng.shuffle(wrong)
    wrong.sort(key=lambda pair: is_cued(pair[1].text))
    distractors = tuple(
        Choice(levelled(member.text), f"The source lists it under {other.kind.plural}.", (member.start, member.end))
        for other, member in wrong
    )
    rather = f", rather than a {wrong[0][0].kind.singular}," if kind.rather else ""
    article = "an" if kind.singular[0] in "aeiou" else "a"
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=f"Which of the following is {article} {kind.singular}{rather} {before(kind, topic)} {named(topic)}?",
        keys=(quoted(Phrase(levelled(key.text), key.start, key.end), f"The source lists it under {kind.plural}."),),
        distractors=distractors,
        citation=cite(document, listed.source),
        rationale=f"{levelled(key.text)} stands in the source's list of {kind.plural} {before(kind, topic)} {topic}.",
        objective=f"{kind.verb} the {kind.plural} {before(kind, topic)} {topic}",
        topic=topic,
        fact=_fact(listed, wrong[0][0]),
        proof=f"two lists that exclude each other: {kind.plural} and {wrong[0][0].kind.plural}",
        used=tuple((phrase.start, phrase.end) for phrase in (key, *(member for _, member in wrong))),
    )


def _fact(listed: ListMembership, other: ListMembership) -> str:
    return "lists:" + "/".join(sorted((listed.kind.id, other.kind.id)))
