"""Two lists under opposed names divide one kind of thing."""

from quizbank.generation.statements.model import Opposed
from tests.quizbank.generation.sources import document_of, said

LISTS = """
## Complications

Early: stroke, tamponade, heart block.
Late: endocarditis, paravalvular leak, hemolysis.
"""


def test_each_list_is_set_against_the_other() -> None:
    found = said(document_of(LISTS), Opposed)
    assert {(one.side, one.against) for one in found} == {("early", "late"), ("late", "early")}
    [early] = [one for one in found if one.side == "early"]
    assert early.noun == "complication"
    assert [one.text for one in early.members] == ["Stroke", "Tamponade", "Heart block"]
    assert [one.text for one in early.others] == ["Endocarditis", "Paravalvular leak", "Hemolysis"]


def test_names_that_are_not_opposed_prove_nothing() -> None:
    assert said(document_of(LISTS.replace("Late", "Frequent")), Opposed) == []


def test_a_side_alone_proves_nothing() -> None:
    assert said(document_of("## Complications\n\nEarly: stroke, tamponade, heart block.\n"), Opposed) == []


def test_sentences_name_both_sides_too() -> None:
    text = (
        "## Complications\n\nEarly complications include stroke, tamponade and heart block. "
        "Late ones are endocarditis, leak and hemolysis.\n"
    )
    [early] = [one for one in said(document_of(text), Opposed) if one.side == "early"]
    assert [one.text for one in early.members] == ["Stroke", "Tamponade", "Heart block"]
    assert [one.text for one in early.others] == ["Endocarditis", "Leak", "Hemolysis"]
