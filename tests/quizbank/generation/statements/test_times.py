"""A time is read from a plain sentence alone, and its question keeps everything the sentence says."""

import pytest

from quizbank.generation.statements.model import Quantity
from tests.quizbank.generation.sources import document_of, said


def times(sentence: str, title: str = "Valve Surgery") -> list[tuple[str, str]]:
    found = said(document_of(f"## Course\n\n{sentence}\n", title), Quantity)
    return [(one.question, one.frame.format(one.value.text)) for one in found if one.plain]


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("Topical steroid is continued for 2 to 3 months.", "for how long is topical steroid continued?", "2 to 3 months"),
        ("Drains are removed after about two days.", "how long after the operation are drains removed?", "About two days"),
        ("The new rhythm lasts 6 weeks.", "how long does the new rhythm last?", "6 weeks"),
        ("Pain settles within four weeks of discharge.", "within what time of discharge does pain settle?", "four weeks"),
        ("The clotting time should be checked every 3 months.", "how often should the clotting time be checked?", "Every 3 months"),
        ("Keep a diary of weight for at least 8 weeks.", "for at least how long should a diary of weight be kept?", "8 weeks"),
        ("Hospital stay is commonly two to four days.", "how long is the hospital stay?", "two to four days"),
        ("Closure takes between one and two hours and is tiring.", "how long does closure take?", "Between one and two hours"),
    ],
)  # fmt: skip
def test_a_plain_sentence_tells_a_time(sentence: str, question: str, answer: str) -> None:
    assert times(sentence) == [(f"In valve surgery, {question}", answer)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Drains are removed after 2 days if they are dry.",
        "Drains are removed after 2 days or when they are dry.",
        "It lasts 6 weeks.",
        "The dose is checked after 3 days.",
        "Drains are kept for 2 days and wires for 5 days.",
        "Driving should not be resumed within 6 weeks.",
        "The fever lasts longer than 5 days.",
        "Check the wound every day for 2 weeks.",
        "Keep away from school for 24 hours.",
    ],
)
def test_conditions_bare_subjects_and_second_numbers_are_left_to_the_author(sentence: str) -> None:
    assert times(sentence) == []


def test_a_time_without_an_event_is_counted_from_an_operation_only() -> None:
    assert times("Chest pain resolves after two weeks.", "Pericarditis") == []
    assert times("Chest pain resolves two weeks after the first dose.", "Pericarditis") == [
        ("In pericarditis, how long after the first dose does chest pain resolve?", "two weeks")
    ]
