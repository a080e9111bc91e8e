"""A new version of a document: the same sentence is found wherever it went; a changed one is never taken for the same."""

import pytest

from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from quizbank.generation.carrying import WordsMissing, cite_words, find_again
from quizbank.items.content import Citation

OLD = """# Wound care

## Drains

Drains are removed when the output stays below 30 mL per day. They are fixed with a suture.

## Contraindications

- Active infection of the wound
- Uncorrected coagulopathy
- Decompensated heart failure
"""
REMOVAL = "Drains are removed when the output stays below 30 mL per day."
LISTED = "Active infection of the wound\n- Uncorrected coagulopathy\n- Decompensated heart failure"


def document(text: str) -> Document:
    return read_document("wound-care.md", text.encode())


def cited(quote: str) -> Citation:
    return cite_words(document(OLD), quote)


def test_sentence_is_found_at_its_new_place() -> None:
    new = document(OLD.replace("## Drains\n", "## Drains\n\nA drain keeps the wound dry in the first days after it.\n"))
    found = find_again(document(OLD), new, cited(REMOVAL))
    assert found.is_same
    assert found.citation is not None
    assert found.citation.start > cited(REMOVAL).start
    assert new.quote(found.citation.start, found.citation.end) == found.citation.quote == REMOVAL


def test_other_line_ends_are_no_change() -> None:
    assert find_again(document(OLD), document(OLD.replace("output stays", "output\nstays")), cited(REMOVAL)).is_same


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("30 mL", "50 mL"),
        ("are removed", "are not removed"),
        ("per day.", "per day, unless the wound is infected."),
        ("## Drains", "## Dressings"),
    ],
)
def test_changed_sentence_or_heading_is_not_the_same(before: str, after: str) -> None:
    found = find_again(document(OLD), document(OLD.replace(before, after)), cited(REMOVAL))
    assert not found.is_same
    assert found.citation is not None
    assert "Drains" in found.citation.quote


def test_part_of_a_sentence_that_changed_elsewhere_is_not_the_same() -> None:
    new = document(OLD.replace("Drains are removed", "In children drains are removed"))
    assert not find_again(document(OLD), new, cited("the output stays below 30 mL per day")).is_same


def test_sentence_that_is_gone_has_nothing_near() -> None:
    found = find_again(document(OLD), document(OLD.replace(REMOVAL, "")), cited(REMOVAL))
    assert (found.citation, found.is_same) == (None, False)


def test_list_with_one_more_entry_is_not_the_same() -> None:
    assert find_again(document(OLD), document(OLD), cited(LISTED)).is_same
    longer = document(OLD.rstrip() + "\n- Life expectancy of a few weeks\n")
    found = find_again(document(OLD), longer, cited(LISTED))
    assert not found.is_same
    assert found.citation is not None
    assert "Life expectancy" in found.citation.quote


def test_words_that_a_person_cites_must_stand_there() -> None:
    assert cited("fixed with a suture").path == ("Drains",)
    for words in ("fixed with a staple", " ", ""):
        with pytest.raises(WordsMissing, match="do not stand in the document"):
            cited(words)
