"""The title is the document's own, or the phrase of the text that can stand for one."""

import pytest

from tests.quizbank.documents.trees import paths, read_text

BODY = "Skin grafting covers wounds. Skin grafting needs a clean bed. After skin grafting the hand is splinted."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Care of Burns\n\nBackground\n{BODY}", "Care of Burns"),
        (f"Skin Grafting - Making It Work!\n\nSkin Grafting\n{BODY}", "Skin Grafting"),
        (f"Background\n{BODY}\n\nFigure. Skin Grafting", "Skin Grafting"),
        (f"Background\n{BODY}", "Skin grafting"),
        ("Care of Burns\nBurns are cooled at once.", "Care of Burns"),
    ],
)
def test_title_is_found_where_a_reader_would_find_it(text: str, title: str) -> None:
    document = read_text(text)
    assert document.title == title
    assert document.title in document.text


def test_the_only_first_level_heading_is_the_title_and_not_in_paths() -> None:
    document = read_text("# Burns\n\n## First aid\n\nCool the burn.\n\n## Surgery\n\nExcise early.\n", "burns.md")
    assert document.title == "Burns"
    assert paths(document) == [("First aid",), ("Surgery",)]


def test_a_usual_first_heading_is_a_section_and_no_title() -> None:
    document = read_text(f"# Introduction\n\n{BODY}\n\n# Surgery\n\nExcise early.\n", "burns.md")
    assert document.title == "Skin grafting"
    assert paths(document) == [("Introduction",), ("Surgery",)]


def test_a_title_is_never_longer_than_a_line() -> None:
    assert len(read_text("a" * 100_000).title) <= 200
