"""What somebody has or should have, and what something does NOT do, is asked for."""

import pytest

from tests.quizbank.generation.sources import asked


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Affected boys have curly hair, full lips, a wide mouth and loose skin.",
            "In gout, what do affected boys have?",
            "Curly hair, full lips, a wide mouth and loose skin",
        ),
        (
            "First-degree relatives should have an electrocardiogram.",
            "In gout, what should first-degree relatives have?",
            "An electrocardiogram",
        ),
        (
            "Prophylactic platelet transfusion does not prevent hemorrhage.",
            "In gout, what does prophylactic platelet transfusion NOT prevent?",
            "Hemorrhage",
        ),
        ("Confirmation comes from joint aspiration.", "In gout, what does confirmation come from?", "Joint aspiration"),
    ],
)
def test_what_is_had_owed_or_undone_is_asked_for(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer
