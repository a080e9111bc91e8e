"""Steps of a numbered procedure, to be put in order; they stand far apart where it can be, so that none might change places."""

import random
import re
from collections.abc import Iterator
from collections.abc import Sequence as Rows

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite
from quizbank.generation.statements.model import Phrase, Sequence, Statement
from quizbank.generation.topic import placed
from quizbank.generation.wording import roots

NAME = "steps"
FEWEST, MOST = 4, 5
_APART = 2  # steps from one that is asked to the next where there are enough of them
# What every procedure begins and ends with, at whatever point a hospital likes.
_ANY_TIME = re.compile(
    r"\b(?:consent|explain\w*|identi\w+|introduce|wash|hygiene|gather|collect|document|record|label|gloves|privacy|reassure|"
    r"thank|discard|dispose|monitor\w*|observe|check|confirm|verify|review|ensure|assess|offer|advise|inform|keep)\b",
    re.IGNORECASE,
)


def make(document: Document, statements: Rows[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per sequence with enough steps of its own."""
    for said in statements:
        if isinstance(said, Sequence) and len(steps := _chosen(said)) >= FEWEST:
            yield _candidate(document, said, steps)


Numbered = tuple[int, Phrase]


def _chosen(said: Sequence) -> list[Numbered]:
    """Return steps that cannot be done at any time, as far from each other as the procedure allows."""
    own = [step for step in said.steps if not _ANY_TIME.search(step[1].text)]
    if len(own) <= FEWEST:
        return own
    wanted = MOST if len(own) >= MOST * _APART - 1 else FEWEST
    places = [round(number * (len(own) - 1) / (wanted - 1)) for number in range(wanted)]
    return [own[place] for place in places]


def _candidate(document: Document, said: Sequence, steps: Rows[Numbered]) -> Candidate:
    topic = said.source.topic
    heading = re.sub(r"\s*\([^()]*\)", "", said.source.path[-1]) if said.source.path else ""
    part = f" ({heading[0].lower()}{heading[1:]})" if _is_part(heading, topic) else ""
    return Candidate(
        maker=NAME,
        type="ordering",
        stem=placed(f"Put the following steps{part} in order.", topic, said.source.place),
        keys=tuple(
            Choice(step.text, f"The source gives it as step {number}.", (step.start, step.end))
            for number, step in steps
        ),
        distractors=(),
        citation=cite(document, said.source),
        rationale=f"The source numbers its steps: {', '.join(str(number) for number, _ in steps)}.",
        objective=f"Put the steps of {topic} in order",
        topic=topic,
        fact=f"steps:{said.source.start}",
        proof="the document numbers its steps",
        used=tuple((step.start, step.end) for _, step in steps),
    )


_WHOLE = re.compile(
    r"\b(?:steps?|technique|procedure|method|protocol|sequence|algorithm|how to|performing|the|of|and|in|order|"
    r"step-by-step|operative|surgical|basic|standard|numbered|outline|main|key)\b|[\d.:]",
    re.IGNORECASE,
)


def _is_part(heading: str, topic: str) -> bool:
    """Return whether a heading names a part of the topic ("Removal"), not the whole procedure."""
    return bool(roots(_WHOLE.sub(" ", heading)) - roots(topic)) and len(heading.split()) <= 4
