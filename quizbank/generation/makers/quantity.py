"""A time, dose or length the document gives, among the same number scaled; the key's rank is chosen first."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line
from quizbank.generation.statements.model import Quantity, Statement

NAME = "quantity"
_DOWN = (1 / 3, 1 / 8, 1 / 20)
_UP = (3, 8, 20)


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per quantity; its rank among three options is drawn before the others are made."""
    for said in statements:
        if isinstance(said, Quantity) and said.low > 0:
            scaled = _scaled(said, rng)
            yield _candidate(document, said, scaled)


def _scaled(said: Quantity, rng: random.Random) -> tuple[str, ...]:
    """Return two or three values, none overlapping the key or each other."""
    for below in rng.sample(range(3), 3):
        factors = [*_DOWN[:below], *_UP[: 2 - below]]
        texts = [_value(said, factor) for factor in factors]
        if all(texts) and len(set(texts)) == 2:
            return tuple(texts)
    return ()


def _value(said: Quantity, factor: float) -> str:
    """Return the scaled value in the key's own form, "" when it would be less than one whole step."""
    low, high = (_rounded(number * factor) for number in (said.low, said.high))
    if low < 1 or (said.high > said.low and high <= low):
        return ""
    unit = said.unit
    if unit.rstrip("s") in _PER_STEP and high > _PER_STEP[unit.rstrip("s")]:
        return ""
    number = f"{low:g}" if said.high == said.low else f"{low:g}{_link(said)}{high:g}"
    unit = unit.rstrip("s") + ("s" if high != 1 else "") if unit.rstrip("s") in _PER_STEP else unit
    return f"{number} {unit}"


_PER_STEP = {"minute": 180, "hour": 168, "day": 120, "week": 60, "month": 60, "year": 60}


def _link(said: Quantity) -> str:
    return " to " if " to " in said.value.text else said.value.text.split(f"{said.low:g}")[1][0]


def _rounded(number: float) -> float:
    """Return a number as people would say it: whole below 50, by fives above, by tens from 100."""
    if number < 50:
        return float(round(number))
    return float(5 * round(number / 5)) if number < 100 else float(10 * round(number / 10))


def _candidate(document: Document, said: Quantity, scaled: Sequence[str]) -> Candidate:
    quote = one_line(document.quote(said.source.start, said.source.end))
    key = Choice(
        said.value.text[:1].upper() + said.value.text[1:],
        f"The source says: “{quote}”",
        (said.value.start, said.value.end),
    )
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=said.question[0].upper() + said.question[1:],
        keys=(key,),
        distractors=tuple(Choice(text, f"The source gives {said.value.text}.") for text in scaled),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"State the times and values that matter in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof="a number excludes other numbers that do not overlap it",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
        ordered=True,
    )
