"""A Word file (DOCX) in; its headings, paragraphs, list items and table rows out as pieces.

Only four members of the package are ever unpacked, as a counted stream, and parsed without entities or network:
relationships, macros, embedded objects and templates are never looked at.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from quizbank.documents.errors import DamagedFile, TooLarge, UnknownFormat
from quizbank.documents.pieces import Extract, Piece
from quizbank.documents.progress import Told, quiet

NAME = "Word (DOCX)"
IS_BINARY = True
SUFFIXES = (".docx",)
MAX_ENTRIES = 5_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBER = 25 * 1024 * 1024
_CHUNK = 64 * 1024
_DIRECTORY_ENTRY = b"PK\x01\x02"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_UNSEEN = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "fldData", "delText"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|überschrift|titre|título) ?(\d)", re.IGNORECASE)
_TOO_LARGE = (
    "This Word file unpacks to far more than a document needs. Save only its text in a new file and upload that."
)
_DAMAGED = "This Word file is damaged or not a Word file. Open it in Word, save it again as .docx and upload that."


@dataclass(frozen=True)
class _Style:
    name: str
    outline: int | None
    numbered: bool


def recognises(name: str, content: bytes) -> bool:
    """A ZIP package; whether it is Word's is seen inside."""
    return content.startswith(b"PK\x03\x04")


def read(content: bytes, _told: Told = quiet) -> Extract:
    """Return the document's pieces in order."""
    # Counted before the directory is parsed: a hundred thousand entries alone take seconds.
    if content.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise TooLarge(_TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_sizes(package)
            document = _member(package, "word/document.xml")
            styles = _styles(_member(package, "word/styles.xml"))
            properties = _member(package, "docProps/core.xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise DamagedFile(_DAMAGED) from error
    if document is None:
        raise UnknownFormat("This ZIP file is not a Word document. Upload plain text, Markdown, HTML, PDF or DOCX.")
    body = document.find(f"{_W}body")
    title = (properties.findtext(f".//{_TITLE}") or "") if properties is not None else ""
    return Extract(tuple(_pieces(body, styles)) if body is not None else (), " ".join(title.split()))


def examples() -> tuple[tuple[str, bytes], ...]:
    """Name and content of small files that this reader reads."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        paragraphs = "".join(
            f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("Fever", "Fever is a rise in body temperature.")
        )
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W[1:-1]}"><w:body>{paragraphs}</w:body></w:document>'
        )
    return (("note.docx", written.getvalue()),)


def _check_sizes(package: zipfile.ZipFile) -> None:
    """Refuse by what the package declares, before anything is unpacked."""
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise TooLarge(_TOO_LARGE)


def _member(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return a parsed member, counting what is really unpacked whatever the package declared."""
    if name not in package.NameToInfo:
        return None
    unpacked = bytearray()
    with package.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked += chunk
            if len(unpacked) > MAX_MEMBER:
                raise TooLarge(_TOO_LARGE)
    return _parsed(bytes(unpacked))


def _parsed(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.LxmlError as error:
        raise DamagedFile(_DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        # Word writes no document type; one is there only to smuggle entities in.
        raise DamagedFile("This Word file declares XML entities, which Word never does. It is refused as unsafe.")
    return root


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        name = style.find(f"{_W}name")
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        level = int(_value(outline)) if outline is not None and _value(outline).isdigit() else None
        numbered = style.find(f"{_W}pPr/{_W}numPr") is not None
        styles[style.get(f"{_W}styleId", "")] = _Style(_value(name) if name is not None else "", level, numbered)
    return styles


def _value(element: etree._Element) -> str:
    return element.get(f"{_W}val", "")


def _pieces(body: etree._Element, styles: dict[str, _Style]) -> Iterator[Piece]:
    previous = ""
    for block in _blocks(body):
        for piece in _table_rows(block) if block.tag == f"{_W}tbl" else _paragraph(block, styles, previous):
            previous = piece.kind
            yield piece


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, looking into content controls and insertions but not into tables."""
    walk = etree.iterwalk(parent, events=("start",))
    for _, element in walk:
        if element.tag in _UNSEEN or element.tag == _FALLBACK:
            walk.skip_subtree()
        elif element.tag in {f"{_W}p", f"{_W}tbl"}:
            walk.skip_subtree()
            yield element


def _table_rows(table: etree._Element) -> Iterator[Piece]:
    for index, row in enumerate(table.iterchildren(f"{_W}tr")):
        cells = tuple(" ".join(_text(cell).split()) for cell in row.iter(f"{_W}tc"))
        if len(cells) == 1 and cells[0]:
            yield Piece("text", cells[0])
        elif any(cells):
            yield Piece("row", " | ".join(cells), cells=cells, gap=index == 0)


def _paragraph(paragraph: etree._Element, styles: dict[str, _Style], previous: str) -> Iterator[Piece]:
    style_id = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style_key = _value(style_id) if style_id is not None else ""
    style = styles.get(style_key, _Style(style_key, None, numbered=False))
    lines = [line for line in _text(paragraph).split("\n") if line.strip()]
    level = _heading_level(style)
    for index, line in enumerate(lines):
        if style.name.lower() == "title":
            yield Piece("title", line)
        elif style.name.lower().startswith("toc"):
            yield Piece("left_out", line, reason="table of contents")
        elif level:
            yield Piece("heading", line, level=level)
        elif _is_item(paragraph, style):
            yield Piece("item", line, _depth(paragraph, style), gap=previous != "item" and index == 0)
        else:
            yield Piece("text", line, gap=index == 0)


def _heading_level(style: _Style) -> int:
    match = _HEADING.match(style.name)
    if match:
        return int(match[1])
    return min(style.outline + 1, 6) if style.outline is not None and style.outline < 9 else 0


def _is_item(paragraph: etree._Element, style: _Style) -> bool:
    numbering = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    if numbering is not None:
        return _value(numbering) != "0"
    return style.numbered or style.name.lower().startswith(("list bullet", "list number"))


def _depth(paragraph: etree._Element, style: _Style) -> int:
    level = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    if level is not None and _value(level).isdigit():
        return min(int(_value(level)), 9)
    return int(style.name[-1]) - 1 if style.name[-1:].isdigit() else 0


def _text(element: etree._Element) -> str:
    words: list[str] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, part in walk:
        if part.tag in _UNSEEN or part.tag == _FALLBACK or _is_hidden_run(part):
            walk.skip_subtree()
        elif part.tag == f"{_W}t":
            words.append(part.text or "")
        elif part.tag == f"{_W}tab":
            words.append(" ")
        elif part.tag in {f"{_W}br", f"{_W}cr"} or (part.tag == f"{_W}p" and part is not element):
            words.append("\n")
        elif part.tag == f"{_W}noBreakHyphen":
            words.append("-")
    return "".join(words)


def _is_hidden_run(element: etree._Element) -> bool:
    if element.tag != f"{_W}r":
        return False
    hidden = element.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and _value(hidden) not in {"0", "false"}
