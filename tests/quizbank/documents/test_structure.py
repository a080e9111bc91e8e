"""Headings, leads and lists that the format does not mark are recognised; sentences and names are left alone."""

import pytest

from tests.quizbank.documents.trees import entries_of, paths, read_text, sentences_of

UNMARKED = """Background
Burns of the hand are common and threaten its function for life.
Indications
Deep Burns
Exposed Tendon
Unstable Scar
Contraindications
Active Infection
Poor Circulation
Outcomes
Most patients regain a useful grip within a year of the operation.
Equipment needed:
Dermatome
Mesher
Complications:
Graft loss
Infection
"""


def test_known_section_names_and_colons_head_unmarked_lists() -> None:
    document = read_text(UNMARKED)
    expected = ["Background", "Indications", "Contraindications", "Outcomes", "Equipment needed", "Complications"]
    assert paths(document) == [(name,) for name in expected]
    assert entries_of(document, "Indications") == ["Deep Burns", "Exposed Tendon", "Unstable Scar"]
    assert entries_of(document, "Contraindications") == ["Active Infection", "Poor Circulation"]
    assert entries_of(document, "Complications") == ["Graft loss", "Infection"]


def test_a_sentence_that_opens_a_list_is_its_lead_not_a_heading() -> None:
    document = read_text("Sepsis kills.\n\nOther warning signs include:\n- Confusion\n- Fast breathing\n")
    (_, block) = list(document.blocks())[-1]
    assert block.lead is not None
    assert document.quote(*block.lead) == "Other warning signs include:"
    assert [document.quote(entry.start, entry.end) for entry in block.entries] == ["Confusion", "Fast breathing"]


def test_a_short_line_above_a_marked_list_is_its_heading() -> None:
    document = read_text("Gout\n\nGout is an arthritis caused by crystals.\n\nTrigger foods\n- Beer\n- Liver\n")
    assert entries_of(document, "Trigger foods") == ["Beer", "Liver"]


def test_the_last_short_line_before_prose_is_the_next_heading() -> None:
    lines = [
        "Croup",
        "The signs are:",
        "A barking cough",
        "Noisy breathing in",
        "First Steps at Home",
        "Cool air helps.",
    ]
    document = read_text("\n\n".join(lines))
    assert paths(document)[-1] == ("First Steps at Home",)
    assert sentences_of(document) == ["A barking cough", "Noisy breathing in", "Cool air helps."]


def test_headings_without_text_between_them_nest_below_questions() -> None:
    lines = ["Asthma", "What is asthma?", "Asthma narrows the airways.", "How is asthma diagnosed?"]
    lines += ["Tests and Procedures", "Spirometry", "Spirometry measures how fast air leaves the lungs."]
    assert paths(read_text("\n\n".join(lines)))[-1] == (
        "How is asthma diagnosed?",
        "Tests and Procedures",
        "Spirometry",
    )


def test_a_run_in_heading_becomes_a_section() -> None:
    pregnancy = "Pregnancy: Animal studies showed harm to the fetus at high doses."
    document = read_text(f"Drug\n\n{pregnancy}\n\nLactation: It passes into breast milk in small amounts.")
    assert paths(document) == [("Pregnancy",), ("Lactation",)]


@pytest.mark.parametrize("opening", ["Note", "Usual dose", "The reason is"])
def test_a_colon_inside_a_sentence_makes_no_heading(opening: str) -> None:
    document = read_text(f"Drug\n\n{opening}: 80 mg once a day is given to most adults.")
    assert paths(document) == [()]


def test_a_heading_run_together_with_its_sentence_is_set_free() -> None:
    text = "Gout\n\nGout hurts. It comes at night. Types of Gout There are several types of gout. Most are chronic."
    document = read_text(text)
    assert paths(document) == [(), ("Types of Gout",)]
    assert sentences_of(document)[-2:] == ["There are several types of gout.", "Most are chronic."]


def test_names_in_title_case_are_not_taken_for_headings() -> None:
    text = "Ticks\n\nTicks carry germs. Rocky Mountain Spotted Fever is one of the diseases they spread to people."
    assert paths(read_text(text)) == [()]


def test_numbered_lines_above_prose_are_headings_and_lose_their_number() -> None:
    lines = ["Gout Guide", "1. Definition", "Gout is a crystal arthritis.", "2. Treatment", "Rest helps in an attack."]
    assert paths(read_text("\n\n".join(lines))) == [("Definition",), ("Treatment",)]


def test_paragraphs_that_open_with_a_term_below_a_lead_are_items() -> None:
    lines = [
        "Heart",
        "Doctors use tests such as:",
        "Stress test. It shows the heart at work.",
        "Echo. It shows valves.",
    ]
    (_, block) = next(iter(read_text("\n\n".join(lines)).blocks()))
    assert block.kind == "list"
    assert len(block.entries) == 2


def test_real_references_are_marked_and_kept() -> None:
    references = "References\n1. Smith J. Gout today. J Rheum. 2020;1:2-3.\n2. Lee K. Urate. Lancet. 2019.\n"
    section = read_text(f"Gout\n\nGout is a crystal arthritis.\n\n{references}").sections[-1]
    assert section.references
    assert section.path == ("References",)
    assert len(section.blocks[0].entries) == 2


def test_a_gap_between_two_bulleted_lists_keeps_them_apart() -> None:
    document = read_text(
        "Tests\n\nTwo tests exist:\n\n- Blood\n- Skin\n\n- Positive: It is there.\n- Negative: It is not.\n"
    )
    assert [len(block.entries) for _, block in document.blocks()] == [2, 2]
