"""Notes without a verb, asides in brackets and treatments for one case are asked for."""

import pytest

from tests.quizbank.generation.sources import asked


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Naproxen is first choice; colchicine if naproxen is unsuitable, as in renal failure.",
            "In gout, what is given if naproxen is unsuitable?",
            "Colchicine",
        ),
        (
            "## Magnesium sulfate\n\nLoading dose 4 g intravenously over 5 to 15 minutes.",
            "In gout, what is the loading dose of magnesium sulfate?",
            "4 g intravenously over 5 to 15 minutes",
        ),
        (
            "## Stopping prophylaxis\n\nMay be discontinued after six months without a flare.",
            "In gout, when may prophylaxis be discontinued?",
            "After six months without a flare",
        ),
        (
            "## Definition\n\nAcute arthritis of one joint from deposits of urate crystals.",
            "How is gout defined?",
            "Acute arthritis of one joint from deposits of urate crystals",
        ),
        (
            "The heart shows a bicuspid aortic valve (the most common cardiac defect) in many.",
            "In gout, what is the most common cardiac defect?",
            "Bicuspid aortic valve",
        ),
        (
            "In the folds of the elbow there may be lines of petechiae (Pastia's lines).",
            "In gout, what are Pastia's lines?",
            "Lines of petechiae",
        ),
        (
            "## Adverse effects\n\nConstipation, hoarseness and urinary retention also occur.",
            "In gout, which adverse effects may occur?",
            "Constipation, hoarseness and urinary retention",
        ),
    ],
)
def test_note_is_asked_for(text: str, question: str, answer: str) -> None:
    assert asked(text)[question] == answer


def test_order_is_no_drug_that_is_given() -> None:
    made = asked("Give 200 mg of naproxen daily. Stop if bleeding occurs.")
    assert "Stop" not in made.values()


def test_sentence_under_definition_is_a_definition_only_without_a_verb() -> None:
    assert "How is gout defined?" not in asked("## Definition\n\nSevere cases occur in about 1 in 100,000 adults.")
