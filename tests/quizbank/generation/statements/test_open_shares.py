"""Proportions are asked for, whether a sentence writes them in figures or in words."""

import pytest

from tests.quizbank.generation.sources import asked


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "About half of carriers have a stone by the age of 30.",
            "In gout, what proportion of carriers have a stone by the age of 30?",
            "About half",
        ),
        (
            "Roughly 1 in 10,000 to 20,000 babies of northern descent is affected.",
            "In gout, what proportion of babies of northern descent is affected?",
            "Roughly 1 in 10,000 to 20,000",
        ),
        (
            "Sixty percent of infections are silent.",
            "In gout, what percentage of infections are silent?",
            "Sixty percent",
        ),
        (
            "Renal stones are found in about one in eight older patients referred for surgery.",
            "In gout, in what proportion of older patients are renal stones found?",
            "About one in eight",
        ),
        (
            "## Presentation\n\nWomen: about half have no symptoms.",
            "In gout, what proportion of women have NO symptoms?",
            "About half",
        ),
    ],
)
def test_proportion_is_asked_for(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer


def test_half_an_hour_is_no_proportion() -> None:
    assert not [
        question for question in asked("Half an hour of rest is advised to all patients.") if "proportion" in question
    ]
