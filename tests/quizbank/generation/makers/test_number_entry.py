"""A number is asked to be typed in only where one exact value stands alone and the question loses nothing of its sentence."""

import random

import pytest

from quizbank.documents.tree import Document
from quizbank.generation.candidates import Candidate
from quizbank.generation.makers.number_entry import make
from quizbank.generation.pipeline import generate
from quizbank.generation.statements.reading import read_statements
from tests.quizbank.generation.sources import document_of, prose


def made(document: Document) -> list[Candidate]:
    return list(make(document, read_statements(document), random.Random(1)))


@pytest.mark.parametrize(
    ("sentence", "question", "number", "unit"),
    [
        (
            "Heavy lifting should be avoided for 6 weeks after the operation.",
            "For how long after the operation should heavy lifting be avoided?",
            "6",
            "weeks",
        ),
        (
            "Samples are drawn twelve hours after the preceding dose.",
            "how long after the preceding dose are samples drawn?",
            "12",
            "hours",
        ),
        (
            "At least 12 nodes should be examined for staging.",
            "at least how many nodes should be examined for staging?",
            "12",
            "nodes",
        ),
    ],
)
def test_exact_value_of_one_sentence_is_asked_with_its_unit(
    sentence: str, question: str, number: str, unit: str
) -> None:
    [candidate] = made(prose(sentence))
    assert candidate.stem.lower().endswith(question.lower())
    assert (candidate.type, candidate.keys[0].text, candidate.unit) == ("numeric", number, unit)
    assert (candidate.low, candidate.high) == ("", "")  # this number and no other


@pytest.mark.parametrize(
    "sentence",
    [
        "Heavy lifting should be avoided for about 6 weeks after the operation.",
        "Heavy lifting should be avoided for 4 to 6 weeks after the operation.",
        "Heavy lifting should usually be avoided for 6 weeks after the operation.",
        "Heavy lifting should be avoided for 6 weeks and driving for 2 weeks after the operation.",
        "Warfarin is given for three months and aspirin for a year.",
        "Give warfarin for a year and aspirin for three months.",
        "The graft should be checked every 3 months.",
        "Heavy lifting, which strains the sternum while its wires are not yet embedded, should be avoided for 6 weeks.",
    ],
    ids=["about", "range", "usually", "two", "two drugs", "a year", "every", "words left out"],
)
def test_what_has_no_one_number_is_left_to_other_makers(sentence: str) -> None:
    assert made(prose(sentence)) == []


def test_rows_of_a_table_are_left_to_questions_with_options() -> None:
    table = "| Drug | Half-life |\n|---|---|\n| Heparin | 1 hour |\n| Enoxaparin | 5 hours |\n| Warfarin | 40 hours |\n"
    assert made(document_of(f"## Half-lives of drugs given after surgery\n\n{table}")) == []


@pytest.mark.parametrize(
    "second",
    [
        "Compression stockings are worn day and night after the operation for 12 weeks.",
        "Some surgeons have compression stockings worn for 3 weeks.",
    ],
)
def test_second_value_for_the_same_thing_leaves_no_right_number(second: str) -> None:
    first = "Compression stockings are worn for 6 weeks after the operation."
    assert [one.keys[0].text for one in made(prose(first))] == ["6"]
    assert "6" not in [one.keys[0].text for one in made(prose(f"{first} {second}"))]


def test_number_without_licence_waits_for_the_author() -> None:
    document = prose("Compression stockings are worn for 6 weeks after the operation.")
    generation = generate(document, 0, licences=())
    [suggestion] = [one for one in generation.suggestions if one.maker == "number_entry"]
    assert "no licence yet" in suggestion.missing
    assert suggestion.content.problems() == []
