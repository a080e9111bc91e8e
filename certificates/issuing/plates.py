"""A plate prints the certificates of one kind: the laid-out pattern of a page goes in, a PDF with open places comes out.

The layout engine sets the pattern once. Everything that no learner changes becomes one fixed beginning of the file;
the places of the stand-ins are remembered with font, size and position.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, Literal

import pydyf
from weasyprint import Document
from weasyprint.text.fonts import get_hb_object_data

from certificates.issuing.archival import (
    VARIANT,
    About,
    Attached,
    SrgbProfile,
    finished,
    object_of,
    objects_of_type,
    painted_boxes,
)
from certificates.issuing.extraction import meanings_in
from certificates.issuing.packing import Piece, piece
from certificates.issuing.shaping import CannotShape, Face, Letters, shaped
from certificates.issuing.varying import BAR, Pattern, stand_in

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
NOBODY = About("", "", "", "", date(2000, 1, 1))
SET_FONT = re.compile(rb"/(\w+) ([\d.]+) Tf")
SET_PLACE = re.compile(rb"1 0 0 -1 ([\d.-]+) ([\d.-]+) Tm")
GLYPHS = re.compile(rb"/ActualText <\w+>|/(\w+) [\d.]+ Tf|<((?:[0-9a-f]{4})+)>")
CODE = -1
"""Stands in a plate's content for the bars of the QR code."""
ENTRY = 6
"""Bytes of a line of the cross-reference table: kind, where, which of those packed there."""
PIXELS_PER_POINT = 96 / 72
"""The engine paints in CSS pixels."""
BAR_BEGINS = b"%g %g m" % BAR
GROUPS = (ascii_uppercase, ascii_lowercase, digits, " -.,'")
"""A font that only varying texts are set in holds all of a group or none: a few cuts of it then serve almost all names."""
WIDTHS = b"0[@widths@]"
"""Stands in a font's dictionary for the widths of its glyphs."""


class NoPlate(ValueError):
    """This pattern cannot be made a plate; every certificate of it is laid out by itself."""


@dataclass(frozen=True)
class Place:
    """Where one text of a line stands: its number in the structure, what is set before it, font, size, base line."""

    tag: bytes
    before: bytes
    mark: int
    font: str
    size: float
    left: float
    width: float
    base: float


@dataclass(frozen=True)
class Line:
    """A line of texts that follow one another: its marked element, its room in pixels, and the side on which it stays.

    ``is_whole`` says that its element has no other lines.
    """

    element: int
    is_whole: bool
    room: float
    places: tuple[Place, ...]
    align: Literal["left", "center", "right"]


@dataclass(frozen=True, eq=False)
class PlateFont:
    """A font that varying texts are set in: its file, the glyphs that every certificate has, and the objects for both.

    Of the letters in ``groups`` it holds all or none, where they have room.
    """

    face: Face
    glyphs: Letters
    groups: tuple[Letters, ...]
    dictionary: bytes
    numbers: tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Plate:
    """What certificates of one kind have in common, ready to be written.

    ``content`` alternates between what is always painted and the number of a text, or CODE. ``table`` holds the lines of
    the cross-reference table, empty for the objects that each certificate writes itself.
    """

    beginning: bytes
    table: bytes
    content: tuple[Piece | int, ...]
    lines: tuple[Line, ...]
    fonts: Mapping[str, PlateFont]
    numbers: Mapping[str, int]


def make_plate(document: Document, pattern: Pattern, attached: Attached | None) -> Plate:
    """Return the plate of a laid-out pattern; raises NoPlate when the stand-ins cannot be found or set as they were.

    ``attached`` stands for the file that each certificate brings; its content does not matter.
    """
    boxes = painted_boxes(document)
    engraved: list[Plate] = []

    def engrave(_: Document, pdf: pydyf.PDF) -> None:
        texts = {mark: box.text for mark, box in boxes.items() if hasattr(box, "text")}
        finished(pdf, NOBODY, texts, 0, attached)
        engraved.append(engraved_plate(document, pdf, pattern, boxes))

    document.color_profiles["srgb"] = SrgbProfile()
    document.write_pdf(BytesIO(), finisher=engrave, pdf_variant=VARIANT, output_intent="")
    return engraved[0]


def engraved_plate(document: Document, pdf: pydyf.PDF, pattern: Pattern, boxes: Mapping[int, Any]) -> Plate:
    """Return the plate of a finished but unwritten file."""
    stream = content_of(pdf)
    wanted = {stand_in(number): number for number in range(sum(line.texts for line in pattern.lines))}
    found: dict[int, tuple[Place, Any]] = {}
    content: list[bytes | int] = []
    for entry in opened(stream.stream, boxes, wanted):
        if isinstance(entry, tuple):
            place, box = entry
            found[wanted[box.text]] = (place, box)
            content.append(wanted[box.text])
        else:
            content.append(entry)
    if len(found) != len(wanted) or (wanted and content.count(CODE) != 1):
        raise NoPlate("Not every text that varies stands on a line of its own, or the QR code is missing.")
    lines = tuple(grouped(pattern, found))
    fonts = plate_fonts(document, pdf, content, {place.font for place, _ in found.values()})
    check_shapes(found, fonts)
    return written_plate(pdf, tuple(content), lines, fonts)


def opened(entries: list[Any], boxes: Mapping[int, Any], wanted: Mapping[str, int]) -> Iterator[bytes | int | Any]:
    """Yield a page's content: what stays as bytes, each stand-in's place and box, CODE for the bars of the QR code."""
    kept: list[bytes] = []
    at = 0
    while at < len(entries):
        entry = entries[at]
        box = boxes.get(entry["MCID"]) if isinstance(entry, pydyf.Dictionary) and "MCID" in entry else None
        if box is not None and getattr(box, "text", None) in wanted:
            tag = kept.pop()
            end = entries.index(b"EMC", at)
            yield joined(kept)
            yield place_of(tag, entry["MCID"], [as_bytes(one) for one in entries[at + 2 : end]], box), box
            kept, at = [], end
        elif as_bytes(entry) == BAR_BEGINS:
            yield joined(kept)
            yield CODE
            kept, at = [], entries.index(b"f", at)
        else:
            kept.append(as_bytes(entry))
            at += 1
    yield joined(kept)


def as_bytes(entry: Any) -> bytes:
    """Return an operator or a dictionary of a content stream as it is written."""
    if isinstance(entry, pydyf.Object):
        return bytes(entry.data)
    return entry if isinstance(entry, bytes) else str(entry).encode()


def joined(kept: list[bytes]) -> bytes:
    """Return operators one below the other."""
    return b"\n".join(kept)


def place_of(tag: bytes, mark: int, entries: list[bytes], box: Any) -> Place:
    """Return where a stand-in was painted; raises NoPlate for anything but one font on one straight line."""
    begin = entries.index(b"BT")
    operators = joined(entries[begin:])
    fonts, places = SET_FONT.findall(operators), SET_PLACE.findall(operators)
    if len(fonts) != 1 or len(places) != 1 or operators.count(b"TJ") != 1:
        raise NoPlate(f"{box.text} is not set in one font on one line.")
    (font, size), (left, base) = fonts[0], places[0]
    return Place(
        tag, joined(entries[:begin]), mark, font.decode(), float(size), float(left), float(box.width), float(base)
    )


def grouped(pattern: Pattern, found: Mapping[int, tuple[Place, Any]]) -> Iterator[Line]:
    """Yield the lines of a pattern; raises NoPlate when texts of one line stand on several."""
    start = 0
    for line in pattern.lines:
        places = [found[number] for number in range(start, start + line.texts)]
        start += line.texts
        if len({place.base for place, _ in places}) != 1:
            raise NoPlate("A line that varies takes more than one.")
        align = places[0][1].style["text_align_all"]
        side = {"start": "left", "justify": "left", "end": "right"}.get(align, align)
        is_whole = sum(other.element == line.element for other in pattern.lines) == 1
        yield Line(line.element, is_whole, line.room * PIXELS_PER_POINT, tuple(place for place, _ in places), side)


def plate_fonts(
    document: Document, pdf: pydyf.PDF, content: list[bytes | int], names: set[str]
) -> dict[str, PlateFont]:
    """Return the fonts of the varying texts by the name they have in the file."""
    always = glyphs_always(pdf, content)
    dictionaries = object_of(pdf, objects_of_type(pdf, Type="/Page")[0]["Resources"])["Font"]
    found = {}
    for font in document.fonts.values():
        if font.hash not in names or font.hash in found:
            continue
        if "fvar" in font.tables:
            raise NoPlate(f"{font.family} is not cut to one weight.")
        face = Face(get_hb_object_data(font.hb_face))
        outer = object_of(pdf, object_of(pdf, dictionaries)[font.hash])
        inner = object_of(pdf, outer["DescendantFonts"][0])
        meant = meanings_in(object_of(pdf, outer["ToUnicode"]))
        inner["W"] = WIDTHS
        descriptor = object_of(pdf, inner["FontDescriptor"])
        file = object_of(pdf, descriptor.get("FontFile2") or descriptor["FontFile3"])
        if not isinstance(inner.get("CIDToGIDMap"), bytes):
            raise NoPlate(f"{font.family} has no table of glyph numbers.")
        table = object_of(pdf, inner["CIDToGIDMap"])
        numbers = (file.number, inner.number, object_of(pdf, outer["ToUnicode"]).number, table.number)
        glyphs = frozenset((glyph, meant[glyph]) for glyph in always.get(font.hash, ()))
        groups = () if glyphs else tuple(glyphs_of(letters, face) for letters in GROUPS)
        found[font.hash] = PlateFont(face, glyphs, groups, inner.data, numbers)
    return found


def glyphs_of(letters: str, face: Face) -> Letters:
    """Return the glyphs of letters that a font has; they are shaped one by one, since in words they may be joined."""
    glyphs = [shaped(letter, face, 1.0).letters for letter in letters if face.has(letter)]
    return frozenset().union(*glyphs)


def glyphs_always(pdf: pydyf.PDF, content: list[bytes | int]) -> dict[str, set[int]]:
    """Return the glyphs that are painted on every certificate, by font."""
    painted = [part for part in content if isinstance(part, bytes)]
    drawings = [one for one in pdf.objects if isinstance(one, pydyf.Stream) and one.extra.get("Subtype") == "/Form"]
    painted += [joined([as_bytes(entry) for entry in drawing.stream]) for drawing in drawings]
    glyphs: dict[str, set[int]] = {}
    for part in painted:
        font = ""
        for name, shown in GLYPHS.findall(part):
            font = name.decode() or font
            glyphs.setdefault(font, set()).update(int(shown[at : at + 4], 16) for at in range(0, len(shown), 4))
    return glyphs


def check_shapes(found: Mapping[int, tuple[Place, Any]], fonts: Mapping[str, PlateFont]) -> None:
    """Raise NoPlate unless we set every stand-in as the layout engine did: as wide, within a tenth of a pixel."""
    for place, box in found.values():
        try:
            width = shaped(box.text, fonts[place.font].face, place.size).width * place.size
        except CannotShape as error:
            raise NoPlate(str(error)) from error
        if abs(width - box.width) > 0.1:
            raise NoPlate(f"{box.text} is {box.width:.2f} wide and not {width:.2f}.")


def content_of(pdf: pydyf.PDF) -> pydyf.Stream:
    """Return the content of the only page."""
    page = objects_of_type(pdf, Type="/Page")[0]
    return object_of(pdf, page["Contents"])


def written_plate(
    pdf: pydyf.PDF, content: tuple[bytes | int, ...], lines: tuple[Line, ...], fonts: Mapping[str, PlateFont]
) -> Plate:
    """Return the plate with its fixed beginning: every object that no certificate writes itself."""
    numbers = open_objects(pdf)
    left_open = {*numbers.values(), *(number for font in fonts.values() for number in font.numbers)}
    fixed = [one for one in pdf.objects[1:] if one.number not in left_open or one is pdf.catalog]
    packed = [one for one in fixed if one.compressible]
    entries = [b"\0" * ENTRY] * (len(pdf.objects) + 2)
    for place, one in enumerate(packed):
        entries[one.number] = b"\2%b%c" % (numbers["objects"].to_bytes(4, "big"), place)
    container = object_stream(packed)
    container.number = numbers["objects"]
    parts, length = [HEAD], len(HEAD)
    for one in [*(one for one in fixed if not one.compressible), container]:
        entries[one.number] = entry_at(length)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (one.number, with_clear_end(one.data)))
        length += len(parts[-1])
    pieces = tuple(part if isinstance(part, int) else piece(part + b"\n") for part in content)
    return Plate(b"".join(parts), b"".join(entries), pieces, lines, fonts, numbers)


def entry_at(place: int) -> bytes:
    """Return the line of the cross-reference table for an object that stands here in the file."""
    return b"\1%b\0" % place.to_bytes(4, "big")


def open_objects(pdf: pydyf.PDF) -> dict[str, int]:
    """Return the numbers of the objects that each certificate writes itself, of the catalog, and of two that are added."""
    files = [one for one in pdf.objects if isinstance(one, pydyf.Stream) and one.extra.get("Type") == "/EmbeddedFile"]
    attached = {"attached": files[0].number} if files else {}
    return {
        **attached,
        "content": content_of(pdf).number,
        "metadata": object_of(pdf, pdf.catalog["Metadata"]).number,
        "signature": objects_of_type(pdf, Type="/Sig")[0].number,
        "root": pdf.catalog.number,
        "information": len(pdf.objects),
        "objects": len(pdf.objects) + 1,
    }


def with_clear_end(content: bytes) -> bytes:
    """Return an object in which nobody can take the last byte of a stream for the first of the line end after it."""
    return content.removesuffix(b"\nendstream") + b"\r\nendstream" if content.endswith(b"\nendstream") else content


def object_stream(packed: list[Any]) -> pydyf.Stream:
    """Return one compressed stream with these objects (ISO 32000-1, 7.5.7)."""
    inside = [one.data for one in packed]
    offsets = [sum(len(data) + 1 for data in inside[:place]) for place in range(len(inside))]
    index = " ".join(f"{one.number} {offset}" for one, offset in zip(packed, offsets, strict=True)).encode() + b"\n"
    extra = {"Type": "/ObjStm", "N": len(packed), "First": len(index)}
    return pydyf.Stream([index + b"\n".join(inside)], extra, compress=True)
