"""The answers of many people to one survey go in; counts, means and texts come out, with nobody's name and in no order of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from certificates.surveys.answers import answer_words
from certificates.surveys.questions import LIKERT, TEXT, Question


@dataclass(frozen=True)
class Tally:
    """What was answered to one question: by how many, how often each choice was taken, the mean agreement, the texts."""

    question: Question
    answered: int
    counts: tuple[tuple[str, int], ...] = ()
    mean: Decimal | None = None
    texts: tuple[str, ...] = ()


def tallies(questions: Sequence[Question], answers: Sequence[Mapping[str, Any]]) -> list[Tally]:
    """Return what was answered to each question."""
    return [tally(question, [one.get(question.id) for one in answers]) for question in questions]


def tally(question: Question, given: Sequence[Any]) -> Tally:
    """Return what was answered to one question; who left it open is not counted."""
    answered = [one for one in given if one not in (None, "", [])]
    if question.kind == TEXT:
        return Tally(question, len(answered), texts=tuple(sorted(map(str, answered), key=str.casefold)))
    chosen = [str(one) for answer in answered for one in (answer if isinstance(answer, list) else [answer])]
    counts = tuple((choice.text, chosen.count(choice.id)) for choice in question.answers)
    return Tally(question, len(answered), counts, mean_of(chosen) if question.kind == LIKERT else None)


def mean_of(chosen: Sequence[str]) -> Decimal | None:
    """Return the mean agreement from 5 to 1, to one decimal; None when nobody answered."""
    if not chosen:
        return None
    mean = Decimal(sum(int(one) for one in chosen)) / len(chosen)
    return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)


def answer_rows(questions: Sequence[Question], answers: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Return a row per person with an answer per question, in the order of the answers themselves.

    Rows in the order in which people answered would tell who answered what to anybody who knows when they did.
    """
    return sorted(tuple(answer_words(question, one) for question in questions) for one in answers)
