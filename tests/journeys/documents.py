"""One clinical text in the five formats an author may bring."""

import html
import zipfile
from collections.abc import Iterator
from io import BytesIO

from weasyprint import HTML

from quizbank.demo.operations import SAMPLES

SAMPLE = SAMPLES / "back-reconstruction.md"
PARTS = {"# ": "h1", "## ": "h2", "### ": "h3", "- ": "li"}
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "li": "ListBullet", "p": ""}


def parts() -> Iterator[tuple[str, str]]:
    """Yield (HTML's name of the part, text) of the sample, its table left out."""
    for line in SAMPLE.read_text().splitlines():
        mark = next((mark for mark in PARTS if line.startswith(mark)), "")
        if line and not line.startswith("|"):
            yield PARTS.get(mark, "p"), line.removeprefix(mark)


def as_markdown() -> bytes:
    return SAMPLE.read_bytes()


def as_plain_text() -> bytes:
    return "\n\n".join(f"- {text}" if part == "li" else text for part, text in parts()).encode()


def as_html() -> bytes:
    body = "".join(f"<{part}>{html.escape(text)}</{part}>" for part, text in parts())
    return f"<!DOCTYPE html><html lang=en><title>A page</title><body>{body}</body></html>".encode()


def as_pdf() -> bytes:
    written: bytes = HTML(string=as_html().decode()).write_pdf()
    return written


def as_docx() -> bytes:
    """Return what Word writes, with the names of its own styles."""
    names = {name: name.replace("Heading", "heading ").replace("ListB", "List B") for name in STYLES.values() if name}
    styles = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in names.items())
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{STYLES[part]}"/></w:pPr><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>'
        for part, text in parts()
    )
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        package.writestr("word/styles.xml", f"<w:styles {WORD}>{styles}</w:styles>")
    return written.getvalue()


FORMATS = {
    "back.txt": as_plain_text,
    "back.md": as_markdown,
    "back.html": as_html,
    "back.docx": as_docx,
    "back.pdf": as_pdf,
}
