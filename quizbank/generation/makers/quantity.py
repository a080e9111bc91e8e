"""A time, dose or length the document gives, among others people use; the key's rank is chosen first."""

import random
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line
from quizbank.generation.ladders import Span, alternatives
from quizbank.generation.statements.model import Quantity, Statement

NAME = "quantity"


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per quantity."""
    for said in statements:
        if isinstance(said, Quantity) and said.low > 0:
            others = alternatives(said.low, said.high, said.unit, rng)
            yield _candidate(document, said, [_value(said, span) for span in others])


def _value(said: Quantity, span: Span) -> str:
    """Return other numbers in the key's own form."""
    low, high = span
    if low == high == 1 and said.frame.startswith("Every"):
        return f"Every {said.unit.rstrip('s')}"
    number = f"{low:g}" if low == high else f"{low:g}{_link(said)}{high:g}"
    unit = said.unit.rstrip("s") + ("s" if high != 1 else "") if said.unit.rstrip("s") in _COUNTED else said.unit
    return said.frame.format(f"{number} {unit}")


_COUNTED = ("minute", "hour", "day", "week", "month", "year", "degree")


def _link(said: Quantity) -> str:
    return " to " if " to " in said.value.text else said.value.text.split(f"{said.low:g}")[1][0]


def _candidate(document: Document, said: Quantity, others: Sequence[str]) -> Candidate:
    quote = one_line(document.quote(said.source.start, said.source.end))
    key = Choice(
        said.frame.format(said.value.text),
        f"The source says: “{quote}”",
        (said.value.start, said.value.end),
    )
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=said.question[0].upper() + said.question[1:],
        keys=(key,),
        distractors=tuple(Choice(text, f"The source gives {said.value.text}.") for text in others),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"State the time limits and values used in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof="a number excludes other numbers that do not overlap it",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
        ordered=True,
    )
