"""Reasons are found behind "because", "since" and "as", also where they speak of what is asked about as "it"."""

import pytest

from tests.quizbank.generation.sources import asked


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Radiation is avoided where an alternative exists, since it induces further cancers in the field.",
            "In gout, why is radiation avoided where an alternative exists?",
            "Induces further cancers in the field",
        ),
        (
            "Large crystals are removed early, because they damage the cartilage.",
            "In gout, why are large crystals removed early?",
            "Damage the cartilage",
        ),
        (
            "Allopurinol must never be stopped in hospital, as severe flares can develop within hours.",
            "In gout, why must allopurinol NOT be stopped in hospital?",
            "Severe flares can develop within hours",
        ),
    ],
)
def test_reason_is_asked_for(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer


@pytest.mark.parametrize(
    "text",
    [
        "Colchicine is given in low doses, as in older patients.",
        "Urate is excreted by the kidney, as well as by the gut.",
        "Radiation is avoided in such joints, since they heal badly.",  # "they" are the joints
    ],
)
def test_no_reason_is_made_up(text: str) -> None:
    assert not [question for question in asked(text) if " why " in question]
