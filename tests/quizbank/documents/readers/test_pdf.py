"""PDF pages become paragraphs, lists and headings again; scans, locks and damage are told apart."""

import pytest
from weasyprint import HTML

from quizbank.documents.errors import DamagedFile, NoTextInFile, ProtectedFile, TooLarge, UnreadableDocument
from quizbank.documents.readers import pdf
from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from tests.quizbank.documents.trees import entries_of, paths, reasons, sentences_of

DAYS = ["two", "three", "four", "five", "six", "seven", "eight", "nine"]
LONG = " ".join(
    f"Burns of grade {day} are excised and covered with a graft on day {day} after the injury." for day in DAYS
)
PAGE = "<style>@page{@top-center{content:'Burn Unit Guideline'}@bottom-center{content:'Page ' counter(page)}}</style>"


def printed(html: str) -> bytes:
    written: bytes = HTML(string=html).write_pdf()
    return written


def read(content: bytes) -> Document:
    return read_document("burns.pdf", content)


def test_lines_of_a_page_become_whole_paragraphs() -> None:
    (_, block) = next(iter(read(printed(f"<h1>Burns</h1><p>{LONG}</p>")).blocks()))
    assert len(block.sentences) == 8


def test_larger_type_makes_headings() -> None:
    document = read(
        printed("<h1>Burns</h1><h2>First aid</h2><p>Cool the burn.</p><h2>Surgery</h2><p>Excise it early.</p>")
    )
    assert document.title == "Burns"
    assert paths(document) == [("First aid",), ("Surgery",)]


def test_bullets_set_apart_from_their_text_make_items() -> None:
    document = read(
        printed("<h1>Burns</h1><h2>Signs</h2><ul><li>Pain</li><li>Blisters</li><li>Loss of feeling</li></ul>")
    )
    assert entries_of(document, "Signs") == ["Pain", "Blisters", "Loss of feeling"]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    document = read(printed(f"{PAGE}<h1>Burns</h1>" + "".join(f"<p>{LONG} {day} on.</p>" for day in DAYS)))
    assert "Burn Unit Guideline" in reasons(document)
    assert not any("Guideline" in sentence or "Page" in sentence for sentence in sentences_of(document))


def test_a_word_hyphenated_at_the_lines_end_is_put_together() -> None:
    sentence = (
        "Rehabilitation after reconstructive operations requires long-term follow-up and cardiovascular monitoring."
    )
    html = f"<html lang=en><p style='width: 3.2cm; hyphens: auto'>{sentence}</p>"
    assert sentences_of(read(printed(html))) == [sentence]


def test_pages_without_text_are_called_a_scan() -> None:
    with pytest.raises(NoTextInFile, match="Run OCR"):
        read(printed("<div style='width:9cm;height:9cm;background:red'></div>"))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(TooLarge, match="more than 2 pages"):
        read(printed("<p style='break-after:page'>One.</p>" * 3 + "<p>Two.</p>"))


@pytest.mark.parametrize(
    "content",
    [
        printed("<p>Burns hurt.</p>")[:400],
        b"%PDF-1.7\n" + b"\xff" * 2_000,
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        b"%PDF-1.4\nxref\n0 1\ntrailer<</Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF",
    ],
    ids=["cut off", "noise", "a tree that is its own root", "a table that points to itself"],
)
def test_damaged_files_are_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="PDF"):
        read(content)


def test_damage_is_told_apart_from_an_empty_page() -> None:
    with pytest.raises(DamagedFile, match="damaged or cut off"):
        read(b"%PDF-1.7\n" + b"\xff" * 2_000)


def test_an_encrypted_file_is_called_protected() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")>>/ID[(a)(a)]/Root"
    with pytest.raises(ProtectedFile, match="protected by a password"):
        read(pdf.examples()[0][1].replace(b"/Root", lock))
