"""Lists under standard names become memberships."""

from quizbank.generation.statements.model import ListMembership
from tests.quizbank.generation.sources import LISTS, document_of, said


def members(body: str, title: str = "Valve Surgery") -> dict[str, list[str]]:
    """Return list kind → members of a body."""
    return {
        found.kind.id: [one.text for one in found.members] for found in said(document_of(body, title), ListMembership)
    }


def test_standard_headings_are_recognised() -> None:
    assert set(members(LISTS)) == {"indication", "contraindication", "complication"}


def test_numbering_and_bracket_of_a_heading_are_ignored() -> None:
    assert "high_risk" in members("## 4. High Risk (treat)\n\n- Syncope\n- Shock\n")


def test_list_under_another_name_is_no_membership() -> None:
    assert members("## Equipment\n\n- Drill\n- Saw\n") == {}


def test_note_after_a_member_is_not_part_of_it() -> None:
    found = members(
        "## Symptoms\n\n- Breathlessness (on effort)\n- Palpitations — described as fluttering\n", "Heart Failure"
    )
    assert found == {"symptom": ["Breathlessness", "Palpitations"]}


def test_member_keeps_what_follows_an_inner_bracket() -> None:
    found = members("## Signs\n\n- Low output (EF < 50%) attributed to ischemia\n- Murmur\n", "Heart Failure")
    assert found["sign"][0] == "Low output (EF < 50%) attributed to ischemia"


def test_references_are_not_read() -> None:
    assert members("## References\n\n### Symptoms\n\n- Cough\n- Fever\n") == {}


def test_list_under_a_heading_that_names_something_else_is_not_the_topics() -> None:
    assert members("## Thrombolysis\n\n### Contraindications\n\n- Recent stroke\n- Bleeding ulcer\n") == {}


def test_condition_has_no_contraindications() -> None:
    assert members("## Contraindications\n\n- Recent stroke\n- Bleeding ulcer\n", "Heart Failure") == {}


def test_drug_has_contraindications() -> None:
    body = "## Contraindications\n\n- Recent stroke\n- Bleeding ulcer\n\n## Dose\n\nGive 5 mg daily."
    assert "contraindication" in members(body, "Warfarin")
