"""Writing a section again: its span, its name, and what in a new report is new there."""

from typing import Any

from quizbank.documents.tree import Block, Document, Section
from quizbank.generation.renewal import asked, renewed, section_choices, section_name, span_of

PARAGRAPH = (Block("paragraph", 0, 1),)
DOCUMENT = Document(
    "Heart failure",
    "x" * 100,
    "en",
    (
        Section((), 0, 10, PARAGRAPH),
        Section(("Signs",), 10, 30, PARAGRAPH),
        Section(("Signs", "Late"), 30, 50, PARAGRAPH),
        Section(("Empty",), 50, 60, ()),
        Section(("References",), 60, 100, PARAGRAPH, references=True),
    ),
)


def made(id: str, start: int, stem: str = "Which sign?", right: str = "Fatigue") -> dict[str, Any]:
    options = [{"id": "a", "text": right}, {"id": "b", "text": f"Wrong {id}"}]
    return {"id": id, "stem": stem, "options": options, "key": ["a"], "citation": {"start": start}}


def test_sections_that_can_be_asked_about_are_offered_by_name() -> None:
    assert section_choices(DOCUMENT) == [(0, "Heart failure"), (1, "Signs"), (2, "Signs › Late")]
    assert section_name(DOCUMENT.sections[2], DOCUMENT) == "Signs › Late"


def test_section_reaches_over_the_sections_below_it() -> None:
    assert [span_of(section, DOCUMENT) for section in DOCUMENT.sections[:3]] == [(0, 10), (10, 50), (30, 50)]


def test_other_options_make_no_other_question() -> None:
    assert asked(made("x", 0)) == asked(made("y", 50, "which SIGN?", "Rash"))
    assert asked(made("x", 0)) != asked(made("x", 0, "Which late sign?"))


def test_only_what_is_new_in_the_section_comes_out() -> None:
    report = {
        "items": [made("before", 9, "A?"), made("known", 10), made("seen", 20, "B?"), made("new", 49, "C?")],
        "suggestions": [made("after", 50, "D?"), made("more", 11, "E?")],
        "rejected": [{}],
        "objectives": [],
    }
    found = renewed(report, (10, 50), {"seen"}, {asked(made("other", 99))})
    assert [item["id"] for item in found["items"]] == ["new"]
    assert [item["id"] for item in found["suggestions"]] == ["more"]
    assert (found["asked_already"], found["rejected"], found["objectives"]) == (2, [], [])
