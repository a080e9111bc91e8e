"""What was posted for a survey goes in; answers by question, or what is wrong with each, come out.

An answer is a number from 5 to 1 for agreement, the id of a choice, a list of them, or a text; what was left open is
empty text, an empty list, or not there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from certificates.surveys.questions import CHOICE, CHOICES, LIKERT, TEXT, Question

MAX_ANSWER = 2_000
CHOOSE = "Please choose an answer."
WRITE = "Please write an answer."
STRANGE = "Choose among the answers of this page."


def read_answers(
    questions: Sequence[Question], given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return (answers, problems), both by question; answers count only when there is no problem."""
    answers: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for question in questions:
        values = [value for value in given.get(question.id, ()) if value.strip()]
        if words := problem_with(question, values):
            wrong[question.id] = words
        elif question.kind == TEXT:
            answers[question.id] = values[0].strip() if values else ""
        elif question.kind == CHOICES:
            answers[question.id] = [choice.id for choice in question.choices if choice.id in values]
        elif values:
            answers[question.id] = int(values[0]) if question.kind == LIKERT else values[0]
    return answers, wrong


def problem_with(question: Question, values: Sequence[str]) -> str:
    """Return what is wrong with the filled values posted for a question, empty when nothing is."""
    if not values:
        return (WRITE if question.kind == TEXT else CHOOSE) if question.required else ""
    if question.kind == TEXT:
        if len(values) > 1:
            return STRANGE
        return f"Write at most {MAX_ANSWER} characters." if len(values[0].strip()) > MAX_ANSWER else ""
    if len(values) > 1 and question.kind in (LIKERT, CHOICE):
        return STRANGE
    return "" if set(values) <= {choice.id for choice in question.answers} else STRANGE


def answer_words(question: Question, answers: Mapping[str, Any]) -> str:
    """Return one person's answer to a question as people read it, empty when it was left open."""
    answer = answers.get(question.id)
    if question.kind == TEXT or answer is None:
        return str(answer or "")
    chosen = {str(one) for one in (answer if isinstance(answer, list) else [answer])}
    return "; ".join(choice.text for choice in question.answers if choice.id in chosen)
