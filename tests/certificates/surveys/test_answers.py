"""Answers to a survey: judged by the kind of the question, whatever is posted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.surveys.answers import CHOOSE, STRANGE, WRITE, answer_words, read_answers
from certificates.surveys.questions import CHOICE, CHOICES, FIRST, KINDS, LIKERT, TEXT, Choice, Question

TWO = (Choice("c1", "Hospital"), Choice("c2", "Practice"))


def ask(kind: str, required: bool = True) -> Question:
    return Question("q1", kind, "Which?", required, TWO if kind in (CHOICE, CHOICES) else ())


@pytest.mark.parametrize(
    ("kind", "posted", "answer"),
    [
        (LIKERT, ["5"], 5),
        (LIKERT, ["1"], 1),
        (CHOICE, ["c2"], "c2"),
        (CHOICES, ["c2", "c1"], ["c1", "c2"]),
        (CHOICES, ["c1", "c1"], ["c1"]),
        (TEXT, ["  More cases.\n"], "More cases."),
        (TEXT, ["x" * 2_000], "x" * 2_000),
    ],
)
def test_answer_is_kept_by_its_kind(kind: str, posted: list[str], answer: Any) -> None:
    assert read_answers([ask(kind)], {"q1": posted}) == ({"q1": answer}, {})


@pytest.mark.parametrize(
    ("kind", "posted"),
    [
        (LIKERT, ["6"]),
        (LIKERT, ["0"]),
        (LIKERT, ["5", "1"]),
        (LIKERT, ["5.0"]),
        (LIKERT, ["٥"]),
        (CHOICE, ["c3"]),
        (CHOICE, ["Hospital"]),
        (CHOICE, ["c1", "c2"]),
        (CHOICES, ["c1", "c3"]),
        (TEXT, ["one", "two"]),
    ],
)
def test_what_no_page_sends_is_refused(kind: str, posted: list[str]) -> None:
    assert read_answers([ask(kind)], {"q1": posted}) == ({}, {"q1": STRANGE})


@pytest.mark.parametrize(("kind", "words"), [(LIKERT, CHOOSE), (CHOICE, CHOOSE), (CHOICES, CHOOSE), (TEXT, WRITE)])
@pytest.mark.parametrize("posted", [{}, {"q1": []}, {"q1": [""]}, {"q1": [" \n"]}, {"q2": ["5"]}])
def test_required_question_needs_an_answer(kind: str, words: str, posted: dict[str, list[str]]) -> None:
    assert read_answers([ask(kind)], posted) == ({}, {"q1": words})


@pytest.mark.parametrize(("kind", "answers"), [(LIKERT, {}), (CHOICE, {}), (CHOICES, {"q1": []}), (TEXT, {"q1": ""})])
def test_other_question_may_be_left_open(kind: str, answers: dict[str, Any]) -> None:
    assert read_answers([ask(kind, required=False)], {}) == (answers, {})


def test_text_that_is_too_long_is_refused() -> None:
    assert read_answers([ask(TEXT)], {"q1": ["x" * 2_001]})[1] == {"q1": "Write at most 2000 characters."}


@given(st.sampled_from(list(KINDS)), st.booleans(), st.lists(st.text(max_size=5), max_size=4))
def test_question_has_an_answer_or_a_problem_or_was_left_open(kind: str, required: bool, posted: list[str]) -> None:
    question = ask(kind, required)
    answers, wrong = read_answers([question], {"q1": posted})
    assert not (answers.get("q1") and wrong)
    if required:
        assert bool(answers.get("q1")) != bool(wrong)
    allowed = {choice.text for choice in question.answers}
    assert kind == TEXT or set(filter(None, answer_words(question, answers).split("; "))) <= allowed


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        (LIKERT, 4, "Agree"),
        (CHOICE, "c1", "Hospital"),
        (CHOICES, ["c1", "c2"], "Hospital; Practice"),
        (CHOICES, [], ""),
        (TEXT, "=1+1", "=1+1"),
        (LIKERT, None, ""),
    ],
)
def test_answer_is_told_in_words(kind: str, answer: Any, words: str) -> None:
    assert answer_words(ask(kind), {"q1": answer}) == words


def test_evaluation_from_before_there_were_surveys_is_read_by_the_shipped_one() -> None:
    old = {"objectives_met": 5, "knowledge": 4, "practice": 2, "balanced": 1, "change": "More cases."}
    told = [answer_words(question, old) for question in FIRST]
    assert told == ["Strongly agree", "Agree", "Disagree", "Strongly disagree", "More cases."]
