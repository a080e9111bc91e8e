"""What a test sees in a PDF: its text and where it stands, its fonts, its picture, what its QR code says."""

import ctypes
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations, product

import pikepdf
import pypdfium2
import pypdfium2.raw
import zxingcpp

Place = tuple[float, float, float, float]


def text_of(pdf: bytes) -> str:
    """Return the text of the first page, lines joined by blanks."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return " ".join(page.get_textpage().get_text_range().replace("\ufffe", "").split())


def places_of(pdf: bytes) -> list[Place]:
    """Return left, bottom, right, top in points of every printed character that takes room."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    return [box for box in boxes if box[2] - box[0] > 0.2 and box[3] - box[1] > 0.2]


def overprinted(pdf: bytes) -> list[tuple[Place, Place]]:
    """Return the places of letters of different lines, one at least half under the other."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    lines: dict[int, list[Place]] = {}
    for index in range(text.count_chars()):
        box = text.get_charbox(index)
        if box[2] - box[0] > 0.2 and box[3] - box[1] > 0.2:
            lines.setdefault(round(2 * baseline(text, index)), []).append(box)
    apart = [(lines[one], lines[other]) for one, other in combinations(lines, 2) if abs(one - other) > 1]
    pairs = (pair for one, other in apart if reach_into(one, other) for pair in product(one, other))
    return [(one, other) for one, other in pairs if covered_part(one, other) > 0.5]


def reach_into(one: list[Place], other: list[Place]) -> bool:
    """Return whether two lines have a common height at all."""
    return max(min(box[1] for box in line) for line in (one, other)) < min(
        max(box[3] for box in line) for line in (one, other)
    )


def baseline(text: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the height of the line that a character stands on."""
    across, up = ctypes.c_double(), ctypes.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text, index, across, up)
    return up.value


def covered_part(one: Place, other: Place) -> float:
    """Return which part of the smaller place lies under the other."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((place[2] - place[0]) * (place[3] - place[1]) for place in (one, other))
    return max(0.0, width) * max(0.0, height) / smaller


def sizes_of(pdf: bytes) -> list[tuple[int, int]]:
    """Return the size in points of every page."""
    return [tuple(round(side) for side in page.get_size()) for page in pypdfium2.PdfDocument(pdf)]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Return the name of every font without its subset tag, and whether it is embedded."""
    return {str(font.BaseFont).partition("+")[2].replace("-", " "): is_embedded(font) for font in font_objects(pdf)}


def font_objects(pdf: bytes) -> Iterator[pikepdf.Object]:
    """Yield the font dictionaries of a file."""
    with pikepdf.open(BytesIO(pdf)) as file:
        for found in file.objects:
            if isinstance(found, pikepdf.Dictionary) and found.get("/Subtype") == pikepdf.Name.Type0:
                yield found


def is_embedded(font: pikepdf.Object) -> bool:
    """Return whether the font's outlines are in the file."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    return "/FontFile2" in descriptor or "/FontFile3" in descriptor


def qr_of(pdf: bytes) -> list[str]:
    """Return what the QR codes of the first page say, read from its picture at 150 dots an inch."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
