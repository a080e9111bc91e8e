"""Two places that cannot both be right are found; whatever may set them apart lets both stand."""

import pytest

from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from quizbank.generation.gate.model import read_context


def dengue(text: str) -> Document:
    return read_document("dengue.md", f"# Dengue\n\n{text}\n".encode())


def contradicting(text: str) -> list[tuple[str, str]]:
    """Return the quotes of the places that contradict each other."""
    document = dengue(text)
    found = read_context(document).contradictions
    return [(document.quote(*pair.one), document.quote(*pair.other)) for pair in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The incubation period is 2 to 4 days.", "The incubation period of dengue is 7 to 10 days."),
        ("Incubation lasts about 48 hours.", "Symptoms follow an incubation period of 7–10 days."),
        ("Give paracetamol 500 mg every 6 hours for fever.", "Give paracetamol 250 mg every 6 hours for fever."),
        ("Platelets are given below 10 x 10 and at 5 mL/kg.", "Platelets are given below 10 x 10 and at 20 mL/kg."),
        ("Aspirin is contraindicated in dengue.", "Aspirin is indicated in dengue."),
        ("Steroids do not shorten the illness.", "Steroids shorten the illness."),
        ("The most common cause of death is shock.", "Bleeding is the most common cause of death."),
    ],
)
def test_two_places_that_cannot_both_be_right_are_found(one: str, other: str) -> None:
    assert contradicting(f"{one}\n\nThe vector is a mosquito.\n\n{other}") == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The incubation period is 2 to 4 days.", "The incubation period of dengue is 3 to 10 days."),
        ("The incubation period is about 95 hours.", "The incubation period is 4 days."),
        ("The dose by mouth is 500 mg.", "The dose by mouth in children is 250 mg."),
        ("The dose of paracetamol is 500 mg.", "The dose of ibuprofen is 250 mg."),
        ("The dose of paracetamol is 500 mg.", "The dose of paracetamol is at most 750 mg."),
        ("Type 1 lasts 3 days.", "Type 2 lasts 9 days."),
        ("Wait 14 days after fluids before starting aspirin.", "Wait 5 weeks after aspirin before starting fluids."),
        ("Aspirin is contraindicated in dengue.", "Aspirin is indicated in stroke."),
        ("Steroids do not shorten the illness.", "Steroids may shorten the illness."),
        ("The most common cause of death is shock.", "The most common cause of death in children is bleeding."),
        ("The most common cause of death is shock.", "One of the most common causes of death is bleeding."),
        ("The most common specialist is the nephrologist.", "The most common specialist is the kidney specialist."),
    ],
)
def test_what_may_set_two_places_apart_lets_both_stand(one: str, other: str) -> None:
    assert contradicting(f"{one}\n\nThe vector is a mosquito.\n\n{other}") == []


def test_headings_that_narrow_let_both_stand() -> None:
    said = "Fluids are given at {} mL/kg."
    text = "## Children\n\n" + said.format(5) + "\n\n## {}\n\n" + said.format(20)
    assert contradicting(text.format("Adults")) == []
    assert len(contradicting(text.format("Children"))) == 1
    assert len(contradicting(text.replace("Children", "Overview").format("Summary"))) == 1


def test_rows_of_a_table_do_not_contradict_each_other() -> None:
    assert contradicting("| Sign | Lasts |\n|---|---|\n| Rash | 3 days |\n| Rash | 9 days |") == []
