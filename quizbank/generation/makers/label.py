"""Which label of a list a description belongs to; the labels whose descriptions share nothing with it stand beside it."""

import random
import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, one_line, quoted, spans
from quizbank.generation.statements.model import Described, Labels, Source, Statement
from quizbank.generation.topic import placed
from quizbank.generation.wording import roots, same_root

NAME = "label"
MOST = 3  # questions per list of labels
_HINT = re.compile(
    r"\b(?:also|both|other|others|former|latter|same|similar|as above|see|likewise|ditto)\b", re.IGNORECASE
)


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield at most MOST candidates per list of labels."""
    for said in statements:
        if isinstance(said, Labels):
            possible = [(row, others) for row in said.rows if len(others := _others(said, row)) >= 2 and _asks(row)]
            for row, others in rng.sample(possible, min(MOST, len(possible))):
                yield _candidate(document, said, row, rng.sample(others, len(others)))


def _asks(row: Described) -> bool:
    """Return whether a description can be asked for: it names no part of its label and points nowhere else."""
    told = roots(row.description.text)
    label = roots(row.label.text)
    return not _HINT.search(row.description.text) and not any(same_root(one, other) for one in label for other in told)


def _others(said: Labels, row: Described) -> list[Described]:
    """Return the rows whose description shares no meaning with this one's, so that it cannot fit them as well."""
    told, common = roots(row.description.text), said.common
    return [
        other
        for other in said.rows
        if other is not row
        and not any(same_root(one, word) for one in told - common for word in roots(other.description.text) - common)
        and not any(same_root(one, word) for one in told for word in roots(other.label.text))
    ]


def _candidate(document: Document, said: Labels, row: Described, others: Sequence[Described]) -> Candidate:
    topic = said.source.topic
    described = row.description.text
    shown = described if described[1:2].isupper() else described[0].lower() + described[1:]
    quote = one_line(document.quote(row.start, row.end))
    source = Source(row.start, row.end, said.source.path, topic)
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=placed(f"Which {said.noun or 'of the following'} is described as “{shown}”?", topic, said.source.place),
        keys=(quoted(row.label, f"The source says: “{quote}”"),),
        distractors=tuple(
            quoted(other.label, f"The source says of it: “{one_line(other.description.text, 120)}”") for other in others
        ),
        citation=cite(document, source),
        rationale=f"The source says: “{quote}”",
        objective=f"Tell apart what {topic} comprises",
        topic=topic,
        fact=f"label:{row.start}",
        proof="a list that describes each of its labels once",
        used=spans(row.label, row.description),
        beside=(said.source.start, said.source.end),
    )
