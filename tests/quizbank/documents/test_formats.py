"""A file is what its bytes are; a name that says otherwise is refused, and foreign formats are named."""

import pytest

from quizbank.documents.errors import UnknownFormat
from quizbank.documents.formats import reader_for
from quizbank.documents.readers import docx, html, markdown, pdf, plain_text

PDF = pdf.examples()[0][1]
DOCX = docx.examples()[0][1]


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", PDF), ("a.txt", PDF), ("a.pdf", DOCX), ("a.pdf", b"Hello there")]
)
def test_a_name_that_contradicts_the_content_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(UnknownFormat, match="Give it its right name"):
        reader_for(name, content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xd0\xcf\x11\xe0abc", "old Word file"),
        (b"{\\rtf1", "rich text"),
        (b"\x89PNG\r\n", "picture"),
        (b"MZ\x90", "program"),
    ],
)
def test_foreign_formats_are_named(content: bytes, what: str) -> None:
    with pytest.raises(UnknownFormat, match=what):
        reader_for("a.txt", content)


def test_text_formats_are_told_by_name_or_by_content() -> None:
    assert reader_for("a.txt", b"<!DOCTYPE html><html><p>Burns") is html
    assert reader_for("a.txt", b"# Burns\n\n## First aid\n") is markdown
    assert reader_for("a.md", b"Burns **hurt**.") is markdown
    assert reader_for("a.md", b"Signs\nPain\nBlisters") is plain_text
    assert reader_for("pasted", b"Burns hurt.") is plain_text
