"""Which step of a numbered procedure comes directly after another one, among steps that come well before or after."""

import random
from collections.abc import Iterator
from collections.abc import Sequence as Rows

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, cite, quoted
from quizbank.generation.statements.model import Phrase, Sequence, Source, Statement
from quizbank.generation.topic import placed

NAME = "sequence"
MOST = 2  # questions per sequence
_FAR = 2  # steps between the key and a wrong option


def make(document: Document, statements: Rows[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield at most MOST candidates per sequence."""
    for said in statements:
        if isinstance(said, Sequence):
            pairs = [
                (one, other) for one, other in zip(said.steps, said.steps[1:], strict=False) if other[0] == one[0] + 1
            ]
            possible = [pair for pair in pairs if len(_others(said, pair)) >= 2]
            for pair in rng.sample(possible, min(MOST, len(possible))):
                yield _candidate(document, said, pair, rng)


Numbered = tuple[int, Phrase]


def _others(said: Sequence, pair: tuple[Numbered, Numbered]) -> list[Numbered]:
    """Return the steps far enough from the key to be wrong in any order a hospital might use."""
    (asked, _), (key, _) = pair
    return [step for step in said.steps if step[0] != asked and abs(step[0] - key) >= _FAR]


def _candidate(document: Document, said: Sequence, pair: tuple[Numbered, Numbered], rng: random.Random) -> Candidate:
    (first, asked), (number, key) = pair
    others = _others(said, pair)
    rng.shuffle(others)
    others.sort(key=lambda step: abs(step[0] - number))
    topic = said.source.topic
    source = Source(asked.start, key.end, said.source.path, topic)
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=placed(
            f"Which step comes directly after “{asked.text[0].lower()}{asked.text[1:]}”?", topic, said.source.place
        ),
        keys=(quoted(key, f"The source gives it as step {number}, after step {first}."),),
        distractors=tuple(quoted(step, f"The source gives it as step {place}.") for place, step in others),
        citation=cite(document, source),
        rationale=f"The source numbers its steps: {first} is “{asked.text}”, {number} is “{key.text}”.",
        objective=f"Put the steps of {topic} in order",
        topic=topic,
        fact=f"step:{key.start}",
        proof="the document numbers its steps",
        used=tuple((step.start, step.end) for _, step in (*pair, *others)),
        beside=(said.source.start, said.source.end),
    )
