"""Markdown's marks become structure and leave no trace in the text."""

from tests.quizbank.documents.trees import entries_of, paths, read_text, sentences_of


def test_marks_leave_no_trace() -> None:
    document = read_text(
        "# Burns\n\nCool **the** _burn_ with `water`, see [here](javascript:alert(1)) ![x](y).\n", "b.md"
    )
    assert sentences_of(document) == ["Cool the burn with water, see here ."]


def test_lines_that_open_in_bold_stand_alone() -> None:
    document = read_text("# Drug\n\n## Names\n\n**Generic:** Aspirin\n**Class:** Salicylate\n**Route:** Oral\n", "b.md")
    assert entries_of(document, "Names") == ["Generic: Aspirin", "Class: Salicylate", "Route: Oral"]


def test_numbered_and_nested_lists_are_items() -> None:
    document = read_text("# Burns\n\n1. Cool\n   - with water\n2. Cover\n", "b.md")
    (_, block) = next(iter(document.blocks()))
    assert [(document.quote(entry.start, entry.end), entry.level) for entry in block.entries] == [
        ("Cool", 0),
        ("with water", 1),
        ("Cover", 0),
    ]


def test_empty_cells_keep_their_column() -> None:
    document = read_text("# Labs\n\n| Test | Low | High |\n|---|---|---|\n| Sodium |  | 145 |\n", "b.md")
    (_, block) = next(iter(document.blocks()))
    assert [document.quote(*cell) for cell in block.entries[1].cells] == ["Sodium", "", "145"]


def test_inner_html_gives_only_its_text() -> None:
    document = read_text("# Burns\n\n<div><script>alert(1)</script>Cool the burn.</div>\n", "b.md")
    assert sentences_of(document) == ["Cool the burn."]


def test_front_matter_is_no_text() -> None:
    document = read_text("---\ntitle: x\n---\n# Burns\n\n## Care\n\nCool the burn.\n", "b.md")
    assert "title: x" not in document.text
    assert paths(document) == [("Care",)]
