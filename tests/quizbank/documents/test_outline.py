"""The outline shows what a person needs to judge a tree."""

from quizbank.documents.outline import outline
from tests.quizbank.documents.trees import read_text


def test_outline_names_language_lead_references_and_warnings() -> None:
    text = "Burns\n\nBurns need a decission that the doctor makes with the patient and the family.\n\n"
    text += "Signs include:\n- Pain\n- Blisters\n\nReferences\n1. Lee K. Burns. 2019."
    told = outline(read_text(text))
    assert told.startswith("Burns\n")
    assert "English" in told
    assert "  Signs include:\n  - Pain\n  - Blisters" in told
    assert "References (references)" in told
    assert "spelling: decission" in told
