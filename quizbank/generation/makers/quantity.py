"""A time, dose, length or threshold the document gives, among others people use; the key's rank is chosen first."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate, Choice, cite, one_line
from quizbank.generation.ladders import Span, alternatives
from quizbank.generation.statements.model import Quantity, Statement
from quizbank.generation.statements.values import number_of
from quizbank.generation.wording import singular_phrase

NAME = "quantity"
_SPAN = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:\s*(?:[–-]|\bto\b|\band\b)\s*(?P<high>\d+(?:\.\d+)?))?")
_COUNTED = re.compile(r"(?:second|minute|hour|day|week|month|year|degree)(?=s?\b)")


def make(document: Document, statements: Sequence[Statement], rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per number that a sentence's own words lead to; other makers ask figures and plain times."""
    numbers = [one for one in statements if isinstance(one, Quantity) and not one.named and not one.plain]
    return asked(NAME, numbers, document, rng)


def asked(name: str, said: Sequence[Quantity], document: Document, rng: random.Random) -> Iterator[Candidate]:
    """Yield one candidate per quantity, as those of one maker."""
    for one in said:
        if one.low > 0:
            others = alternatives(one.low, one.high, one.unit, rng, one.question, _told_beside(one, document))
            yield replace(_candidate(document, one, [written(one, span) for span in others]), maker=name)


def _told_beside(said: Quantity, document: Document) -> set[Span]:
    """Return the other numbers and ranges of the cited words: nobody may be asked to call them wrong."""
    quote = document.quote(said.source.start, said.source.end)
    spans = {(number_of(one["low"]), number_of(one["high"] or one["low"])) for one in _SPAN.finditer(quote)}
    return spans - {(said.low, said.high)}


def written(said: Quantity, span: Span) -> str:
    """Return a number or range in the key's own form: its link, its space before the unit, its commas, its frame."""
    low, high = span
    if low == high == 1 and said.frame.startswith("Every") and _COUNTED.match(said.unit):
        return f"Every {said.unit.rstrip('s')}"
    number = _number(said, low) if low == high else f"{_number(said, low)}{_link(said)}{_number(said, high)}"
    return said.frame.format(f"{number}{_gap(said)}{_unit(said, high)}")


def _number(said: Quantity, number: float) -> str:
    return f"{number:,.10g}" if "," in said.value.text or number >= 10_000 else f"{number:.10g}"


def _gap(said: Quantity) -> str:
    return "" if said.unit in ("%",) or re.search(r"\d(?=[A-Za-z°%µμ])", said.value.text) else " "


def _unit(said: Quantity, high: float) -> str:
    if not _COUNTED.match(said.unit):
        return singular_phrase(said.unit) if high == 1 and said.unit.isalpha() and said.unit.islower() else said.unit
    stem = _COUNTED.match(said.unit)[0]  # type: ignore[index]
    rest = re.sub(r"^s|[’']? (?:of age|old)$", "", said.unit[len(stem) :])
    return stem + ("" if high == 1 else "s") + rest


def _link(said: Quantity) -> str:
    if " to " in said.value.text or " and " in said.value.text or "- to " in said.value.text:
        return " to " if " and " not in said.value.text else " and "
    return "–" if "–" in said.value.text else "-"


def _candidate(document: Document, said: Quantity, others: Sequence[str]) -> Candidate:
    quote = one_line(document.quote(said.source.start, said.source.end))
    span = (said.low, said.high)
    key = Choice(written(said, span), f"The source says: “{quote}”", (said.value.start, said.value.end))
    return Candidate(
        maker=NAME,
        type="single_best_answer",
        stem=said.question[0].upper() + said.question[1:],
        keys=(key,),
        distractors=tuple(Choice(text, f"The source gives {said.value.text}.", origin="number") for text in others),
        citation=cite(document, said.source),
        rationale=f"The source says: “{quote}”",
        objective=f"State the time limits and values used in {said.source.topic}",
        topic=said.source.topic,
        fact=f"sentence:{said.source.start}",
        proof="a number excludes other numbers that do not overlap it",
        used=tuple((phrase.start, phrase.end) for phrase in said.used),
        ordered=True,
    )
