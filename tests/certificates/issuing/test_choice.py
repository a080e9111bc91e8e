"""Choosing how certificates look: stored and read back, and refused in words when it cannot be printed."""

import json

import pytest

from certificates.issuing.choice import DesignChoice, choice_from_json, choice_to_json, problems_of
from certificates.issuing.facts import Signatory

LOGO, SIGNATURE = "a" * 64, "b" * 64
FULL = DesignChoice("modern", "letter-portrait", LOGO, (Signatory("Ann Lee, MD", "Chair", SIGNATURE),))


def problems(choice: DesignChoice) -> str:
    return " ".join(problems_of(choice, {LOGO}, {SIGNATURE}))


@pytest.mark.parametrize("choice", [DesignChoice(), FULL])
def test_choice_is_read_back_as_stored(choice: DesignChoice) -> None:
    assert choice_from_json(json.loads(json.dumps(choice_to_json(choice)))) == choice
    assert problems(choice) == ""


def test_choice_of_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        choice_from_json({**choice_to_json(FULL), "schema": 9})


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (DesignChoice("../classic"), "There is no design"),
        (DesignChoice("plain", "a4-landscape"), "not made for this sheet"),
        (DesignChoice("classic", "a0"), "not made for this sheet"),
        (DesignChoice(logo=SIGNATURE), "logo is not among the pictures"),
        (DesignChoice(signatories=(Signatory("Ann", "", LOGO),)), "signature of Ann is not among"),
        (DesignChoice(signatories=(Signatory("Ann"),) * 4), "At most 3 people"),
        (DesignChoice(signatories=(Signatory(" ", "Dean"),)), "Name the person"),
        (DesignChoice(signatories=(Signatory("x" * 81),)), "longer than 80"),
        (DesignChoice(signatories=(Signatory("Ann \u13a0"),)), "cannot print these characters: \u13a0"),
    ],
)
def test_choice_that_cannot_be_printed_is_told_in_words(choice: DesignChoice, words: str) -> None:
    assert words in problems(choice)
