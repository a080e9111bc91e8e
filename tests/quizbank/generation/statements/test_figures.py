"""Figures with one meaning are read by their name, and left alone where the document gives two or narrows them."""

import pytest

from quizbank.generation.statements.model import Quantity
from tests.quizbank.generation.sources import document_of, said

DRUG = "Enalapril"


def figures(body: str, title: str = DRUG) -> list[tuple[str, str]]:
    return [
        (one.question, one.frame.format(one.value.text))
        for one in said(document_of(body, title), Quantity)
        if one.named
    ]


@pytest.mark.parametrize(
    ("line", "asked", "value"),
    [
        ("Half-life 11 h.", "half-life", "11 h"),
        ("The terminal half-life is about 35 hours, and dosing is daily.", "terminal half-life", "About 35 hours"),
        ("- **Oral bioavailability:** 60%\n- **Class:** ACE inhibitor", "oral bioavailability", "60%"),
        ("| Property | Value |\n|---|---|\n| Protein binding | 95–98% |", "plasma protein binding", "95–98%"),
        ("The drug is absorbed fast, and the half-life is 11 hours.", "half-life", "11 hours"),
        ("Tmax 1 to 2 hours.", "time to peak level", "1 to 2 hours"),
        ("Half-life 6 hours with normal renal function.", "half-life with normal renal function", "6 hours"),
    ],
)
def test_a_figure_is_asked_by_its_name(line: str, asked: str, value: str) -> None:
    assert figures(line) == [(f"For enalapril, what is the {asked}?", value)]


@pytest.mark.parametrize(
    "line",
    [
        "Half-life 3 h in fast metabolisers and 20 h in slow ones.",
        "Half-life 6 h. In renal failure the half-life is 20 h.",
        "In the absence of inducers, the half-life is 21 hours.",
        "Half-life up to 40 hours.",
        "Protein binding 62%.",
        "Enalaprilat peaks in 4 hours, half-life 11 hours; enalapril is a prodrug.",
        "Half-life 6 hours or longer.",
        "## Children\n\nHalf-life 6 hours in the ill.",
    ],
)
def test_a_figure_that_holds_for_some_is_left_to_the_author(line: str) -> None:
    assert figures(line) == []


def test_incubation_belongs_to_an_infection_and_its_two_units_must_agree() -> None:
    asked = "In scarlet fever, what is the incubation period?"
    assert figures("Incubation: 2–5 days (range 1–7).", "Scarlet fever") == [(asked, "2–5 days")]
    assert figures("Incubation 3 weeks to 3 months.", "Scarlet fever") == []
    assert figures("Incubation: 2–5 days.") == []
