"""What a clause says of a state is asked for in the words an expert would use: when, above what value, how long, who."""

import pytest

from tests.quizbank.generation.sources import asked


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Routine dexamethasone is harmful and should not be given.",
            "In gout, what should NOT be given?",
            "Routine dexamethasone",
        ),
        (
            "Low-dose aspirin alone is not a contraindication.",
            "In gout, what is NOT a contraindication?",
            "Low-dose aspirin alone",
        ),
        (
            "Valve replacement is indicated for severe stenosis with symptoms, for a low ejection fraction, or before surgery.",
            "In gout, when is valve replacement indicated?",
            "For severe stenosis with symptoms, for a low ejection fraction, or before surgery",
        ),
        (
            "Severe stenosis is likely above 2,000 units in men.",
            "In gout, above what value is severe stenosis likely?",
            "Above 2,000 units in men",
        ),
        (
            "Symptoms of cysts appear three to five years after infection.",
            "In gout, how long after infection do symptoms of cysts appear?",
            "Three to five years",
        ),
        (
            "Children should stay away from school until 24 hours after the first dose.",
            "In gout, until when should children stay away from school?",
            "Until 24 hours after the first dose",
        ),
        ("Brothers and sisters should also be tested.", "In gout, who should be tested?", "Brothers and sisters"),
        (
            "Tophaceous disease carries a high risk of renal failure.",
            "In gout, what risk does tophaceous disease carry?",
            "A high risk of renal failure",
        ),
        (
            "The attack lasts from a few hours to five days.",
            "In gout, how long does the attack last?",
            "From a few hours to five days",
        ),
        ("Protein binding exceeds 92%.", "In gout, what value does protein binding exceed?", "92%"),
        (
            "Methylprednisolone helps when hypoxemia is marked.",
            "In gout, when does methylprednisolone help?",
            "When hypoxemia is marked",
        ),
        ("A large tophus is drained percutaneously.", "In gout, how is a large tophus drained?", "Percutaneously"),
        (
            "Antistreptolysin O is of use only in retrospect, for complications.",
            "In gout, when is antistreptolysin O of use?",
            "Only in retrospect, for complications",
        ),
    ],
)
def test_state_is_asked_for(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer


@pytest.mark.parametrize(
    "text",
    [
        "Incorporation adds mutations until the population is no longer viable.",  # no person waits for it
        "A red foot is acute arthropathy until proven otherwise.",
        "The opening pressure is often above 25 cm of water.",
        "Vaccination is recommended in a few countries of the north.",
    ],
)
def test_no_time_or_value_is_asked_for_where_none_decides(text: str) -> None:
    assert not [question for question in asked(text) if "when" in question or "what value" in question]
