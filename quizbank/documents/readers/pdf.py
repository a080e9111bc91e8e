"""A PDF file in; its lines put together to headings, paragraphs and list items out as pieces, in reading order."""

import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import islice, pairwise

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from quizbank.documents.bullets import item_of
from quizbank.documents.errors import DamagedFile, NoTextInFile, ProtectedFile, TooLarge, UnreadableDocument
from quizbank.documents.headings import is_colon_heading
from quizbank.documents.pieces import Extract, Piece
from quizbank.documents.progress import Told, page_of, quiet
from quizbank.documents.readers.pdf_lines import Line, page_lines
from quizbank.documents.vocabulary import is_known, is_medical

NAME = "PDF"
IS_BINARY = True
SUFFIXES = (".pdf",)
MAX_PAGES = 500
_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
_LARGER = 1.12
# Wider gaps part cells, in widths of a character; pdfminer's own 2.0 runs narrow tables together.
_CHARACTER_GAP = 1.2
_NEARLY_FULL = 0.8
_SENTENCE_END = (".", "!", "?", ":")
# What a broken PDF makes pdfminer stumble over, beside its own errors.
_STUMBLES = (PSException, PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError)


def recognises(name: str, content: bytes) -> bool:
    """The signature near the beginning, as PDF viewers accept it."""
    return _MAGIC in content[:_MAGIC_WITHIN]


def read(content: bytes, told: Told = quiet) -> Extract:
    """Return the file's pieces in order."""
    try:
        document = PDFDocument(PDFParser(BytesIO(content)))
        lines = list(_lines(document, told))
        title = _declared_title(document)
    except UnreadableDocument:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ProtectedFile(
            "This PDF is protected by a password. Save it without the password and upload it."
        ) from error
    except (*_STUMBLES, struct.error, RecursionError, EOFError, OSError) as error:
        raise DamagedFile(
            "This PDF is damaged or cut off and cannot be read. Print it to a new PDF, or paste its text."
        ) from error
    if not any(line.text.strip() for line in lines):
        raise NoTextInFile(
            "This PDF has no text: it is a scan or holds only pictures. Run OCR on it and upload the result."
        )
    return Extract(tuple(_pieces(lines)), title)


def examples() -> tuple[tuple[str, bytes], ...]:
    """Name and content of small files that this reader reads."""
    stream = b"BT /F1 12 Tf 72 700 Td (Fever) Tj 0 -40 Td (Fever is a rise in body temperature.) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    )
    written = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return (("note.pdf", written + trailer % (table, len(written))),)


def _declared_title(document: PDFDocument) -> str:
    for properties in document.info:
        title = properties.get("Title")
        if isinstance(title, bytes):
            encoding = "utf-16" if title[:2] in {b"\xfe\xff", b"\xff\xfe"} else "latin-1"
            return " ".join(title.decode(encoding, errors="ignore").split())
    return ""


def _lines(document: PDFDocument, told: Told) -> Iterator[Line]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(char_margin=_CHARACTER_GAP))
    interpreter = PDFPageInterpreter(resources, device)
    pages = list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))
    if len(pages) > MAX_PAGES:
        raise TooLarge(f"This PDF has more than {MAX_PAGES} pages. Upload the chapter that matters.")
    for number, page in enumerate(pages, start=1):
        told(page_of(number, len(pages)))
        interpreter.process_page(page)
        yield from page_lines(device.get_result(), number)


def _pieces(lines: Sequence[Line]) -> list[Piece]:
    running = _running_heads(lines)
    body = [line for line in lines if line not in running]
    sizes = _heading_sizes(body)
    column = _column_edge(body)
    pieces: list[Piece] = []
    for previous, line in pairwise([None, *body]):
        assert line is not None  # noqa: S101 -- only the first of the pairs holds None
        level = sizes.get(line.size, 0)
        if previous and pieces and _goes_on(previous, line, column, pieces[-1], level):
            pieces[-1] = replace(pieces[-1], text=_joined(pieces[-1].text, line.text))
            continue
        pieces.append(_piece(line, level, previous))
    return [*pieces, *_left_out(running)]


def _running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that stand in the margin of several pages, whatever number they hold."""
    pages = max((line.page for line in lines), default=0)
    if pages < 2:
        return []
    shapes = Counter({(shape, page) for shape, page in ((_shape(line), line.page) for line in lines if line.in_margin)})
    on_pages = Counter(shape for shape, _ in shapes)
    fewest = max(2, pages * 0.4)
    return [line for line in lines if line.in_margin and on_pages[_shape(line)] >= fewest]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


def _left_out(running: Sequence[Line]) -> list[Piece]:
    return [
        Piece("left_out", line.text, reason="page header" if line.top > line.page_height / 2 else "page footer")
        for line in running
    ]


def _heading_sizes(lines: Sequence[Line]) -> dict[float, int]:
    """Return the heading level of every type size clearly larger than the one most of the text is set in."""
    characters: Counter[float] = Counter()
    for line in lines:
        characters[line.size] += len(line.text)
    if not characters:
        return {}
    body = characters.most_common(1)[0][0]
    larger = sorted((size for size in characters if size > body * _LARGER), reverse=True)
    return {size: min(level, 6) for level, size in enumerate(larger, start=1)}


def _column_edge(lines: Sequence[Line]) -> float:
    """Return where full lines end: the right edge that nearly all lines stay within."""
    edges = sorted(line.right for line in lines)
    return edges[int(len(edges) * 0.95)] if edges else 0.0


def _goes_on(previous: Line, line: Line, column: float, piece: Piece, level: int) -> bool:
    """Tell whether a line continues the piece that ends with the line before it."""
    if item_of(line.text) or line.cells or previous.cells or is_colon_heading(line.text):
        return False
    if piece.kind == "heading" or level:
        same = piece.kind == "heading" and level == piece.level and previous.page == line.page and not line.opens_box
        return same and _is_full(previous, line, column)
    open_sentence = line.text[0].islower() and not previous.text.endswith(_SENTENCE_END)
    if previous.bold and not line.bold and not open_sentence and len(previous.text.split()) <= 8:
        return False
    if previous.page != line.page or line.opens_box:
        return open_sentence and _is_full(previous, line, column)
    return _is_full(previous, line, column) or (open_sentence and previous.right > column * _NEARLY_FULL)


def _is_full(previous: Line, line: Line, column: float) -> bool:
    """Tell whether the next line's first word would not have fitted: the page broke the line, not its author."""
    first_word = line.text.split(maxsplit=1)[0]
    return previous.right + (len(first_word) + 1) * line.character_width > column


def _joined(before: str, line: str) -> str:
    """Put a word together again that was hyphenated at the line's end, unless the hyphen is its own."""
    head, tail = before.rsplit(maxsplit=1)[-1], line.split(maxsplit=1)[0]
    if not (len(head) > 1 and head[-1] in "-‐" and head[-2].islower() and line[0].islower()):
        return f"{before} {line}"
    word = "".join(letter for letter in head[:-1] + tail if letter.isalpha()).lower()
    return before[:-1] + line if is_known(word) or is_medical(word) else before + line


def _piece(line: Line, level: int, previous: Line | None) -> Piece:
    gap = previous is None or line.opens_box or previous.bottom - line.top > line.size * 0.9
    if line.cells:
        return Piece("row", line.text, cells=line.cells, gap=previous is None or not previous.cells)
    if level:
        return Piece("heading", line.text, level=level)
    item = item_of(line.text)
    if item:
        return replace(item, gap=gap)
    return Piece("text", line.text, gap=gap or line.bold)
