"""Every document format keeps the same promises: the same content gives the same tree, whatever file it came in."""

from html import escape
from io import BytesIO
from types import ModuleType

import docx as python_docx
import pytest
from weasyprint import HTML

from quizbank.documents.formats import reader_for
from quizbank.documents.progress import Progress
from quizbank.documents.readers import READERS
from quizbank.documents.reading import read_document
from quizbank.documents.tree import Document
from tests.quizbank.documents.trees import outcome

TITLE = "Burns of the Hand"
SECTIONS = (
    ("Background", "Burns of the hand are common. They threaten its function for life, so early care matters."),
    (
        "Treatment",
        "Deep burns are excised early. The wound is covered with a skin graft within five days of the injury.",
    ),
)
LEAD = "Other aims of treatment include:"
ITEMS = ("Less pain", "Early motion", "A supple scar")
ROWS = (("Depth", "Healing"), ("Superficial", "7 days"), ("Deep", "Graft needed"))
PROMOTION = "Sign up for our newsletter today!"


def as_text() -> bytes:
    parts = [TITLE, *(f"{heading}\n{body}" for heading, body in SECTIONS)]
    parts += ["\n".join([LEAD, *(f"- {item}" for item in ITEMS)]), "\n".join("\t".join(row) for row in ROWS), PROMOTION]
    return "\n\n".join(parts).encode()


def as_markdown() -> bytes:
    parts = [f"# {TITLE}", *(f"## {heading}\n\n{body}" for heading, body in SECTIONS)]
    parts += [LEAD + "\n\n" + "\n".join(f"- {item}" for item in ITEMS)]
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    parts += ["\n".join([rows[0], "|---|---|", *rows[1:]]), PROMOTION]
    return "\n\n".join(parts).encode()


def as_html() -> bytes:
    body = "".join(f"<h2>{heading}</h2><p>{escape(text)}</p>" for heading, text in SECTIONS)
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    listing = f"<p>{LEAD}</p><ul>{items}</ul><table>{rows}</table><p>{PROMOTION}</p>"
    return f"<!doctype html><html><body><h1>{TITLE}</h1>{body}{listing}</body></html>".encode()


def as_pdf() -> bytes:
    # Cells set apart as word processors set them.
    written: bytes = HTML(string="<style>td { padding: 2pt 6pt }</style>" + as_html().decode()).write_pdf()
    return written


def as_docx() -> bytes:
    document = python_docx.Document()
    document.add_heading(TITLE, 0)
    for heading, body in SECTIONS:
        document.add_heading(heading, 1)
        document.add_paragraph(body)
    document.add_paragraph(LEAD)
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(PROMOTION)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


FILES = {
    "burns.txt": as_text,
    "burns.md": as_markdown,
    "burns.html": as_html,
    "burns.pdf": as_pdf,
    "burns.docx": as_docx,
}


def shape(document: Document) -> object:
    """Return what the tree says, without the offsets at which it says it."""
    blocks = [
        (
            section.path,
            block.kind,
            document.quote(*block.lead) if block.lead else None,
            [document.quote(sentence.start, sentence.end) for sentence in block.sentences],
            [
                [document.quote(*cell) for cell in entry.cells] or document.quote(entry.start, entry.end)
                for entry in block.entries
            ],
        )
        for section, block in document.blocks()
    ]
    return document.title, document.language, blocks, [(span.quote, span.reason) for span in document.left_out]


@pytest.mark.parametrize("name", FILES)
def test_the_same_content_gives_the_same_tree_in_every_format(name: str) -> None:
    assert shape(read_document(name, FILES[name]())) == shape(read_document("burns.txt", as_text()))


def test_the_tree_they_agree_on_is_the_right_one() -> None:
    document = read_document("burns.txt", as_text())
    assert document.title == TITLE
    assert [section.path for section in document.sections] == [("Background",), ("Treatment",)]
    kinds = [block.kind for _, block in document.blocks()]
    assert kinds == ["paragraph", "paragraph", "list", "table"]
    assert [span.quote for span in document.left_out] == [PROMOTION]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
def test_every_reader_recognises_and_reads_its_own_examples(reader: ModuleType) -> None:
    assert reader.examples()
    for name, content in reader.examples():
        assert reader_for(name, content) is reader
        assert "Fever is a rise in body temperature." in read_document(name, content).text


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
def test_every_reader_may_tell_how_far_it_is_and_never_more_than_there_is(reader: ModuleType) -> None:
    heard: list[Progress] = []
    for _, content in reader.examples():
        reader.read(content, heard.append)
    assert all(progress.part <= progress.parts for progress in heard)


def test_every_format_has_its_own_name_and_suffixes() -> None:
    suffixes = [suffix for reader in READERS for suffix in reader.SUFFIXES]
    assert len(suffixes) == len(set(suffixes))
    assert len({reader.NAME for reader in READERS}) == len(READERS)


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere_is_read_in_part_or_refused_in_a_sentence(name: str) -> None:
    content = FILES[name]()
    told = [outcome(name, content[: int(len(content) * share)]) for share in (0.2, 0.5, 0.9)]
    assert all(told)
