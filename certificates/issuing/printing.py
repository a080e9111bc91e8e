"""Printing from a plate: a plate and what one certificate says go in, the bytes of its PDF come out, ready to be signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from certificates.issuing.archival import About, Attached, embedded_entries, empty_signature, information, xmp
from certificates.issuing.breaking import line_ends, total
from certificates.issuing.extraction import NOTHING, actual_text
from certificates.issuing.packing import Piece, passing_piece, piece, put_together
from certificates.issuing.plates import CODE, ENTRY, WIDTHS, Line, Place, Plate, PlateFont, entry_at
from certificates.issuing.qr import qr_shown
from certificates.issuing.shaping import TEXTS_KEPT, Letters, Shaped, meanings, shaped, shown, widths
from certificates.issuing.varying import Break

PACKED = b"/Filter/FlateDecode"
MOST_WITH_GROUPS = 56_000
"""Bytes of a file without its credential up to which its fonts hold whole groups of letters; 70 kB is the most of all."""
FONTS_KEPT = 400
"""Cut, with some 10 kB each."""


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


@dataclass(frozen=True)
class Written:
    """Objects one after the other as they stand in a file, and by number where each begins."""

    content: bytes
    places: tuple[tuple[int, int], ...]


class TooLong(ValueError):
    """Lines do not fit into their room; by their element, where each should end, None where that is not ours to say."""

    def __init__(self, elements: Mapping[int, Sequence[Break] | None]) -> None:
        super().__init__("A line does not fit into its room.")
        self.elements = elements


def printed(plate: Plate, sayings: Sayings, room: int) -> bytes:
    """Return the PDF with room for a signature of so many bytes; raises CannotShape and TooLong."""
    settings = set_lines(plate, sayings.texts)
    content = [part if isinstance(part, Piece) else filled(part, settings, sayings) for part in plate.content]
    about, numbers = sayings.about, plate.numbers
    objects = {
        numbers["content"]: stream(put_together(content), PACKED),
        numbers["metadata"]: stream(xmp(about), b"/Type/Metadata/Subtype/XML"),
        numbers["information"]: information(about),
        numbers["signature"]: empty_signature(about.day, room),
    }
    own = written(objects)
    blocks = [*fonts_with(plate, settings, MOST_WITH_GROUPS - len(own.content)), own]
    if sayings.attached:
        file = put_together([passing_piece(sayings.attached.content)])
        entries = embedded_entries(sayings.attached, about.day) + PACKED
        blocks.append(written({numbers["attached"]: stream(file, entries)}))
    return assembled(plate, blocks, sayings.identifier)


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


def filled(part: int, settings: Sequence[Setting], sayings: Sayings) -> Piece:
    """Return what is painted at an open place: a text with its meaning, or the bars of the QR code."""
    if part == CODE:
        return passing_piece(qr_shown(sayings.code))
    return painted(settings[part])


@lru_cache(maxsize=TEXTS_KEPT)
def painted(setting: Setting) -> Piece:
    """Return the operators that paint one text as a piece of marked content, all but its end."""
    place = setting.place
    operators = b"%b\n<</MCID %d/ActualText %b>>\nBDC\n%b\nBT\n1 0 0 -1 %.6g %.6g Tm\n/%b %.8g Tf\n%b\nET\n" % (
        place.tag,
        place.mark,
        actual_text(setting.text),
        place.before,
        setting.left,
        place.base,
        place.font.encode(),
        place.size,
        shown(setting.line, setting.font.face, place.size),
    )
    return passing_piece(operators)


def fonts_with(plate: Plate, settings: Sequence[Setting], room: int) -> list[Written]:
    """Return what a file holds of its fonts: whole groups of letters when they have room, otherwise what is set only."""
    fonts = plate.fonts.values()
    set_in = [frozenset().union(*[one.line.letters for one in settings if one.font is font]) for font in fonts]
    more = [letters - font.glyphs for font, letters in zip(fonts, set_in, strict=True)]
    groups = [font_objects(font, with_groups(font, letters)) for font, letters in zip(fonts, more, strict=True)]
    if len(plate.beginning) + sum([len(one.content) for one in groups]) <= room:
        return groups
    return [font_objects(font, letters) for font, letters in zip(fonts, more, strict=True)]


def with_groups(font: PlateFont, letters: Letters) -> Letters:
    """Return the letters with all others of every group that one of them is in."""
    for group in font.groups:
        letters = letters if letters.isdisjoint(group) else letters | group
    return letters


@lru_cache(maxsize=FONTS_KEPT)
def font_objects(font: PlateFont, more: Letters) -> Written:
    """Return the objects of a font that depend on its glyphs: its file, their numbers, widths and meanings.

    ``more`` are those that are not on every certificate. Kept, for names share most of their letters.
    """
    meant = dict(sorted({**dict(font.glyphs), **dict(more)}.items()))
    light = font.face.subset(meant)
    file, inner, meaning, table = font.numbers
    return written(
        {
            file: packed(light.file, b"/Length1 %d" % len(light.file)),
            inner: font.dictionary.replace(WIDTHS, widths(font.face, meant)),
            meaning: packed(meanings(meant, NOTHING)),
            table: packed(light.numbers or b""),
        }
    )


def packed(content: bytes, entries: bytes = b"") -> bytes:
    """Return a compressed stream with these entries in its dictionary."""
    return stream(put_together([piece(content)]), entries + PACKED)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream with these entries in its dictionary."""
    return b"<<%b/Length %d>>\nstream\n%b\r\nendstream" % (entries, len(content), content)


def written(objects: Mapping[int, bytes]) -> Written:
    """Return these objects as they stand in a file."""
    parts = [b"%d 0 obj\n%b\nendobj\n" % one for one in objects.items()]
    places = accumulate([len(part) for part in parts], initial=0)
    return Written(b"".join(parts), tuple(zip(objects, places, strict=False)))


def assembled(plate: Plate, blocks: Sequence[Written], identifier: bytes) -> bytes:
    """Return the whole file: the plate's beginning, the objects of this certificate, and where everything stands."""
    table, length = bytearray(plate.table), len(plate.beginning)
    for block in blocks:
        for number, place in block.places:
            table[ENTRY * number : ENTRY * (number + 1)] = entry_at(length + place)
        length += len(block.content)
    own = len(table) // ENTRY
    name = b"<%b>" % identifier.hex().encode()
    dictionary = b"/Type/XRef/W[1 4 1]/Size %d/Root %d 0 R/Info %d 0 R/ID[%b%b]" % (
        own + 1,
        plate.numbers["root"],
        plate.numbers["information"],
        name,
        name,
    )
    lines = put_together([passing_piece(bytes(table + entry_at(length)))])
    last = written({own: stream(lines, dictionary + PACKED)}).content
    parts = [plate.beginning, *[block.content for block in blocks], last]
    return b"".join([*parts, b"startxref\n%d\n%%%%EOF\n" % length])
