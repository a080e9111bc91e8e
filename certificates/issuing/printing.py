"""Printing from a plate: a plate and what one certificate says go in, the bytes of its PDF come out, ready to be signed."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from certificates.issuing.archival import About, Attached, embedded_file, information, signature_dictionary, xmp
from certificates.issuing.breaking import line_ends, total
from certificates.issuing.extraction import NOTHING, actual_text
from certificates.issuing.plates import CODE, WIDTHS, Line, Place, Plate, PlateFont, with_clear_end
from certificates.issuing.qr import qr_shown
from certificates.issuing.shaping import Face, Shaped, meanings, shaped, shown, widths
from certificates.issuing.varying import Break

LEVEL = 4
"""Of compression: a third quicker than the usual 6, and half a kilobyte longer."""


@dataclass(frozen=True)
class Sayings:
    """What one certificate says: the texts of its lines, its QR code, what the file tells of itself, and an attachment."""

    texts: Sequence[str]
    code: str
    about: About
    identifier: bytes
    attached: Attached | None = None


@dataclass(frozen=True)
class Setting:
    """A shaped text at its place: how far from the left it begins."""

    place: Place
    line: Shaped
    left: float
    text: str
    font: PlateFont


class TooLong(ValueError):
    """Lines do not fit into their room; by their element, where each should end, None where that is not ours to say."""

    def __init__(self, elements: Mapping[int, Sequence[Break] | None]) -> None:
        super().__init__("A line does not fit into its room.")
        self.elements = elements


def printed(plate: Plate, sayings: Sayings, room: int) -> bytes:
    """Return the PDF with room for a signature of so many bytes; raises CannotShape and TooLong."""
    settings = set_lines(plate, sayings.texts)
    content = [part if isinstance(part, bytes) else filled(part, settings, sayings) for part in plate.content]
    numbers = plate.numbers
    objects = {
        numbers["content"]: stream(b"\n".join(content)),
        numbers["metadata"]: stream(xmp(sayings.about), b"/Type/Metadata/Subtype/XML", compressed=False),
        numbers["information"]: information(sayings.about).data,
        numbers["signature"]: signature_dictionary(sayings.about.day, room).data,
    }
    if sayings.attached:
        objects[numbers["attached"]] = with_clear_end(embedded_file(sayings.attached, sayings.about.day).data)
    for font in plate.fonts.values():
        objects.update(font_objects(font, [setting.line for setting in settings if setting.font is font]))
    return assembled(plate, objects, sayings.identifier)


def set_lines(plate: Plate, texts: Sequence[str]) -> list[Setting]:
    """Return every text shaped and placed; raises CannotShape for what a font lacks, TooLong for what has no room."""
    settings: list[Setting] = []
    too_long: dict[int, Sequence[Break] | None] = {}
    for line in plate.lines:
        start = len(settings)
        spoken = texts[start : start + len(line.places)]
        fonts = [plate.fonts[place.font] for place in line.places]
        ended = [*spoken[:-1], spoken[-1].rstrip(" ")]
        sizes = [place.size for place in line.places]
        shapes = [shaped(text, font.face, size) for text, font, size in zip(ended, fonts, sizes, strict=True)]
        if total(shapes, sizes) > line.room:
            is_first = line.element not in too_long and line.is_whole
            too_long[line.element] = line_ends(spoken, shapes, sizes, line.room) if is_first else None
        together = zip(line.places, shapes, starts(line, shapes), spoken, fonts, strict=True)
        settings += [Setting(*one) for one in together]
    if too_long:
        raise TooLong(too_long)
    return settings


def starts(line: Line, shapes: Sequence[Shaped]) -> list[float]:
    """Return where each text of a line begins; the whole line stays on the side where its stand-ins were."""
    lengths = [shape.width * place.size for shape, place in zip(shapes, line.places, strict=True)]
    first, last = line.places[0], line.places[-1]
    free = last.left + last.width - first.left - sum(lengths)
    left = first.left + {"left": 0.0, "center": 0.5, "right": 1.0}[line.align] * free
    return [left + before for before in (0.0, *accumulate(lengths[:-1]))]


def filled(part: int, settings: Sequence[Setting], sayings: Sayings) -> bytes:
    """Return what is painted at an open place: a text with its meaning, or the bars of the QR code."""
    return qr_shown(sayings.code) if part == CODE else painted(settings[part])


def painted(setting: Setting) -> bytes:
    """Return the operators that paint one text as a piece of marked content, all but its end."""
    place = setting.place
    show = shown(setting.line, setting.font.face, place.size)
    return b"%b\n<</MCID %d/ActualText %b>>\nBDC\n%b\nBT\n1 0 0 -1 %.6g %.6g Tm\n/%b %.8g Tf\n%b\nET" % (
        place.tag,
        place.mark,
        actual_text(setting.text),
        place.before,
        setting.left,
        place.base,
        place.font.encode(),
        place.size,
        show,
    )


def font_objects(font: PlateFont, lines: Sequence[Shaped]) -> dict[int, bytes]:
    """Return the objects of a font that depend on the glyphs it needs: its file, their numbers, widths and meanings."""
    letters = dict(font.glyphs)
    for line in lines:
        letters.update(line.letters)
    file, inner, meaning, table = font.numbers
    cut = cut_for(font.face, frozenset(letters.items()))
    return {
        file: cut.file,
        inner: font.dictionary.replace(WIDTHS, cut.widths),
        meaning: cut.meanings,
        table: cut.table,
    }


@dataclass(frozen=True)
class CutFont:
    """What a file holds of a font with a few glyphs: streams of its file, their meanings and numbers; their widths."""

    file: bytes
    widths: bytes
    meanings: bytes
    table: bytes


@lru_cache(maxsize=100)
def cut_for(face: Face, letters: frozenset[tuple[int, str]]) -> CutFont:
    """Return a font with these glyphs and what they mean; kept, for learners of one activity share most of its texts."""
    meant = dict(sorted(letters))
    light = face.subset(meant)
    return CutFont(
        stream(light.file, b"/Length1 %d" % len(light.file)),
        widths(face, meant),
        stream(meanings(meant, NOTHING)),
        stream(light.numbers or b""),
    )


def stream(content: bytes, entries: bytes = b"", compressed: bool = True) -> bytes:
    """Return a stream with these entries in its dictionary."""
    if compressed:
        content, entries = zlib.compress(content, LEVEL), entries + b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>\nstream\n%b\r\nendstream" % (entries, len(content), content)


def assembled(plate: Plate, objects: Mapping[int, bytes], identifier: bytes) -> bytes:
    """Return the whole file: the plate's beginning, the objects of this certificate, and where everything stands."""
    entries = list(plate.entries)
    parts, length = [plate.beginning], len(plate.beginning)
    for number, content in sorted(objects.items()):
        entries[number] = (1, length, 0)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        length += len(parts[-1])
    table = b"".join(b"%c%b%c" % (kind, place.to_bytes(4, "big"), last) for kind, place, last in known(entries, length))
    name = b"<%b>" % identifier.hex().encode()
    dictionary = b"/Type/XRef/W[1 4 1]/Size %d/Root %d 0 R/Info %d 0 R/ID[%b%b]" % (
        len(entries) + 1,
        plate.numbers["root"],
        plate.numbers["information"],
        name,
        name,
    )
    parts.append(b"%d 0 obj\n%b\nendobj\n" % (len(entries), stream(table, dictionary)))
    return b"%bstartxref\n%d\n%%%%EOF\n" % (b"".join(parts), length)


def known(entries: Sequence[tuple[int, int, int] | None], own: int) -> list[tuple[int, int, int]]:
    """Return the lines of the cross-reference table, this table's own line last; an object never written is free."""
    return [*(entry or (0, 0, 0) for entry in entries), (1, own, 0)]
