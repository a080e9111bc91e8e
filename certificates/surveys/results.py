"""The answers of many people to one survey go in; counts, means and texts come out, with nobody's name and in no order of time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from certificates.surveys.answers import answer_words
from certificates.surveys.questions import LIKERT, TEXT, Question


@dataclass(frozen=True)
class Tally:
    """What was answered to one question: by how many, how often each choice was taken, and the mean agreement.

    ``texts`` are what was written, each with how often; of very many, the first. ``different`` is how many there are.
    """

    question: Question
    answered: int
    counts: tuple[tuple[str, int], ...] = ()
    mean: Decimal | None = None
    texts: tuple[tuple[str, int], ...] = ()
    different: int = 0


def tallies(questions: Sequence[Question], given: Iterable[tuple[Mapping[str, Any], int]]) -> list[Tally]:
    """Return what was answered to each question; what was given is sets of answers, each with how many gave it."""
    counted = list(given)
    return [
        tally(question, [(answers.get(question.id), times) for answers, times in counted]) for question in questions
    ]


def tally(question: Question, given: Iterable[tuple[Any, int]]) -> Tally:
    """Return what was answered to one question, from answers with how many gave each; who left it open is not counted."""
    answered = [(answer, times) for answer, times in given if answer not in (None, "", [])]
    people = sum(times for _, times in answered)
    if question.kind == TEXT:
        written = counter_of((str(text), times) for text, times in answered)
        return Tally(question, people, texts=in_order(written.items()), different=len(written))
    chosen = counter_of(
        (str(one), times) for answer, times in answered for one in (answer if isinstance(answer, list) else [answer])
    )
    counts = tuple((choice.text, chosen[choice.id]) for choice in question.answers)
    return Tally(question, people, counts, mean_of(chosen) if question.kind == LIKERT else None)


def in_order(written: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Return texts with how often each was written, in the order of the alphabet and of no time."""
    return tuple(sorted(written, key=lambda one: (one[0].casefold(), one[0])))


def counter_of(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return how often each was given in all."""
    found: Counter[str] = Counter()
    for one, times in pairs:
        found[one] += times
    return found


def mean_of(chosen: Mapping[str, int]) -> Decimal | None:
    """Return the mean agreement from 5 to 1, to one decimal; None when nobody answered."""
    if not chosen:
        return None
    mean = Decimal(sum(int(one) * times for one, times in chosen.items())) / sum(chosen.values())
    return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)


def answer_rows(questions: Sequence[Question], answers: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Return a row per person with an answer per question, in the order of the answers themselves.

    Rows in the order in which people answered would tell who answered what to anybody who knows when they did.
    """
    return sorted(tuple(answer_words(question, one) for question in questions) for one in answers)
