"""Questions of a survey: what rows mean, which ids stay, what each mistake is told as."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.surveys.questions import (
    AGREEMENT,
    CHOICE,
    CHOICES,
    FIRST,
    KINDS,
    LIKERT,
    MAX_QUESTIONS,
    TEXT,
    Choice,
    Question,
    Row,
    problems,
    questions_from_json,
    questions_of,
    questions_to_json,
)

ROLE = Question("q1", CHOICE, "Where do you work?", True, (Choice("c1", "Hospital"), Choice("c2", "Practice")))


def row(question: Question, **changes: object) -> Row:
    """Return a question as an administrator sees it typed."""
    lines = "\n".join(choice.text for choice in question.choices)
    typed = Row(question.id, question.kind, question.text, question.required, lines)
    return replace(typed, **changes)  # type: ignore[arg-type]


def test_shipped_survey_asks_what_everybody_was_asked_before() -> None:
    assert [(question.id, question.kind) for question in FIRST] == [
        ("objectives_met", LIKERT),
        ("knowledge", LIKERT),
        ("practice", LIKERT),
        ("balanced", LIKERT),
        ("change", TEXT),
    ]
    assert [question.required for question in FIRST] == [True, True, True, True, False]
    assert problems(FIRST) == []


def test_scale_runs_from_strong_agreement_to_strong_disagreement() -> None:
    assert [(choice.id, choice.text) for choice in (AGREEMENT[0], AGREEMENT[-1])] == [
        ("5", "Strongly agree"),
        ("1", "Strongly disagree"),
    ]


def test_rows_are_questions_in_their_order_and_empty_ones_are_none() -> None:
    rows = [row(FIRST[0], place=2), row(FIRST[1], place=1), Row("", LIKERT, "  ", True), Row("", TEXT, "More?", False)]
    found = questions_of(rows, FIRST, {question.id for question in FIRST})
    assert [(question.id, question.text) for question in found] == [
        ("knowledge", FIRST[1].text),
        ("objectives_met", FIRST[0].text),
        ("q1", "More?"),
    ]


def test_new_question_never_takes_an_id_the_survey_ever_had() -> None:
    (found,) = questions_of([Row("", TEXT, "New?", True)], (), {"q1", "q2"})
    assert found.id == "q3"


@pytest.mark.parametrize("foreign", ["q9", "objectives_met", "<b>", ""])
def test_id_that_was_not_there_before_is_not_believed(foreign: str) -> None:
    (found,) = questions_of([Row(foreign, CHOICE, "New?", True, "a\nb")], (ROLE,), {"q1"})
    assert found.id == "q2"


def test_id_posted_twice_is_taken_once() -> None:
    found = questions_of([row(ROLE), row(ROLE, text="Again?")], (ROLE,), {"q1"})
    assert [question.id for question in found] == ["q1", "q2"]


def test_question_of_another_kind_is_another_question() -> None:
    (found,) = questions_of([row(ROLE, kind=TEXT)], (ROLE,), {"q1"})
    assert (found.id, found.choices) == ("q2", ())


def test_choice_keeps_its_id_while_its_words_stay() -> None:
    (found,) = questions_of([row(ROLE, choices="Nowhere\n  Practice \nHospital\n")], (ROLE,), {"q1"})
    assert found.choices == (Choice("c3", "Nowhere"), Choice("c2", "Practice"), Choice("c1", "Hospital"))


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        ((), "at least one question"),
        ((replace(ROLE, kind="stars"),), "choose what is asked for"),
        ((replace(ROLE, text="x" * 301),), "longer than 300"),
        ((replace(ROLE, choices=ROLE.choices[:1]),), "2 to 12 choices"),
        ((replace(ROLE, kind=CHOICES, choices=()),), "2 to 12 choices"),
        ((replace(ROLE, choices=tuple(Choice(f"c{n}", f"{n}") for n in range(13))),), "2 to 12 choices"),
        ((replace(ROLE, choices=(Choice("c1", "Yes"), Choice("c2", "YES"))),), "two choices are the same"),
        ((replace(ROLE, choices=(Choice("c1", "x" * 151), Choice("c2", "No"))),), "at most 150"),
        ((ROLE, replace(ROLE, id="q2", text="where do you work?")), "Two questions are the same"),
        (tuple(Question(f"q{n}", TEXT, f"{n}?") for n in range(MAX_QUESTIONS + 1)), "room for 40"),
    ],
)
def test_what_cannot_be_asked_is_told(questions: tuple[Question, ...], words: str) -> None:
    assert any(words in found for found in problems(questions)), problems(questions)


questions = st.lists(
    st.builds(
        Question,
        st.uuids().map(str),
        st.sampled_from(list(KINDS)),
        st.text(min_size=1, max_size=60),
        st.booleans(),
        st.lists(st.builds(Choice, st.text(max_size=3), st.text(max_size=20)), max_size=4).map(tuple),
    ),
    max_size=6,
)


@given(questions)
def test_stored_questions_are_read_back_as_they_were(found: list[Question]) -> None:
    assert questions_from_json(questions_to_json(found)) == tuple(found)


def test_survey_of_a_newer_program_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="schema 2"):
        questions_from_json({"schema": 2, "questions": []})
