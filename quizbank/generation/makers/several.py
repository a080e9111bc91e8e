"""Several members of a standard list among members of a list that the document sets apart from it."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite
from quizbank.generation.makers.listing import before, clear_keys, is_cued, levelled, named, other_lists, outside
from quizbank.generation.statements.model import ListMembership, Statement

NAME = "several"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one multiple response per list with two or more members free of cue words."""
    for listed in statements:
        if not isinstance(listed, ListMembership) or not listed.source.topic:
            continue
        others = other_lists(listed, statements)
        wrong = [pair for other in others for pair in outside(listed, other)]
        wrong = [pair for pair in wrong if not is_cued(pair[1].text)]
        keys = clear_keys(listed, others)
        if len(wrong) >= 2 and len(keys) >= 2:
            right = rng.sample(keys, min(len(keys), rng.choice((2, 3))))
            wrong = rng.sample(wrong, min(len(wrong), 5 - len(right)))
            kind, topic, other = listed.kind, listed.source.topic, wrong[0][0].kind
            rather = f", rather than {other.plural}," if kind.rather else ""
            yield Candidate(
                maker=NAME,
                type="multiple_response",
                stem=f"Which of the following are {kind.plural}{rather} {before(kind, topic)} {named(topic)}?",
                keys=tuple(
                    Choice(levelled(one.text), f"The source lists it under {kind.plural}.", (one.start, one.end))
                    for one in right
                ),
                distractors=tuple(
                    Choice(levelled(one.text), f"The source lists it under {list_.kind.plural}.", (one.start, one.end))
                    for list_, one in wrong
                ),
                citation=cite(document, listed.source),
                rationale=f"The source names these among the {kind.plural} {before(kind, topic)} {topic}.",
                objective=f"{kind.verb} the {kind.plural} {before(kind, topic)} {topic}",
                topic=topic,
                fact="lists:" + "/".join(sorted((kind.id, other.id))),
                proof=f"two lists that exclude each other: {kind.plural} and {other.plural}",
                used=tuple((one.start, one.end) for one in (*right, *(member for _, member in wrong))),
                wanted=len(wrong),
            )
