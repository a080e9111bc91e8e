"""Setting a line of text: a font and a text go in, its glyphs and how they are written in a PDF come out.

Shaped by HarfBuzz as the layout engine does it, so both give the same picture.
"""

import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any

import uharfbuzz as harfbuzz
from fontTools.cffLib.specializer import commandsToProgram, programToCommands
from fontTools.ttLib import TTFont

NOT_NEEDED = (
    b"BASE",
    b"DSIG",
    b"GDEF",
    b"GPOS",
    b"GSUB",
    b"STAT",
    b"gasp",
    b"name",
    b"cmap",
    b"OS/2",
    b"post",
    b"VORG",
)
NOT_NEEDED_EITHER = (b"vhea", b"vmtx", b"VVAR", b"MVAR", b"HVAR")
"""Tables that a PDF reader never asks for: glyphs are named by number, and only set from left to right."""
DROPPED = frozenset(int.from_bytes(tag, "big") for tag in NOT_NEEDED + NOT_NEEDED_EITHER)
MISSING_GLYPH = 0
FINENESS = 1024
"""Parts of a CSS pixel: the layout engine rounds the width of every glyph to one of them (PANGO_SCALE)."""
Letters = frozenset[tuple[int, str]]
"""Glyphs, each with the letters it stands for."""
TEXTS_KEPT = 2_000
"""Shaped; what certificates of one day have in common is shaped once."""
SIZES_KEPT = 40
"""Of one font; a design has a dozen."""


class CannotShape(ValueError):
    """The font lacks a letter of the text."""


@dataclass(frozen=True)
class Cut:
    """A font file with few glyphs, and the table that leads from their numbers to those in the file.

    Without a table they kept their numbers.
    """

    file: bytes
    numbers: bytes | None


class Face:
    """One font file, ready for shaping and cutting."""

    def __init__(self, file: bytes) -> None:
        self.face: Any = harfbuzz.Face(harfbuzz.Blob(file))
        self.font: Any = harfbuzz.Font(self.face)
        self.units: int = self.face.upem
        self.is_cff = file.startswith(b"OTTO")
        self.whole: Any = self.face if self.is_cff else harfbuzz.subset_preprocess(self.face)
        self.widths: dict[int, int] = {}
        self.sized: dict[float, Any] = {}

    def at(self, size: float) -> Any:
        """Return the font at a type size in CSS pixels, which measures in FINENESS parts of one as the engine does."""
        if size not in self.sized:
            font = harfbuzz.Font(self.face)
            font.scale = (round(size * FINENESS),) * 2
            while len(self.sized) >= SIZES_KEPT:
                self.sized.pop(next(iter(self.sized)), None)
            self.sized[size] = font
        return self.sized[size]

    def has(self, letter: str) -> bool:
        """Return whether the font has a glyph for a letter."""
        return bool(self.font.get_nominal_glyph(ord(letter)))

    def width(self, glyph: int) -> int:
        """Return the width of a glyph in thousandths of the type size, as the PDF states it."""
        if glyph not in self.widths:
            self.widths[glyph] = round(self.font.get_glyph_h_advance(glyph) * 1000 / self.units)
        return self.widths[glyph]

    def subset(self, glyphs: Collection[int]) -> Cut:
        """Return a font file with these glyphs only."""
        order = harfbuzz.SubsetInput()
        order.glyph_set.update(glyphs)
        order.drop_table_tag_set.update(DROPPED)
        order.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.DESUBROUTINIZE
        if not self.is_cff:
            plan = harfbuzz.SubsetPlan(self.whole, order)
            numbers = plan.old_to_new_glyph_mapping
            return Cut(bytes(plan.execute().blob.data), glyph_numbers({glyph: numbers[glyph] for glyph in glyphs}))
        light = numbered_anew(cut(self.face, order), sorted({MISSING_GLYPH, *glyphs}))
        if light is None:
            order.flags |= harfbuzz.SubsetFlags.RETAIN_GIDS
        return Cut(light or cut(self.face, order), None)


def cut(face: Any, order: Any) -> bytes:
    """Return a font file with what is ordered."""
    return bytes(harfbuzz.subset(face, order).blob.data)


def glyph_numbers(numbers: Mapping[int, int]) -> bytes:
    """Return the table by which a PDF finds a glyph's new number in a font file (ISO 32000-1, 9.7.4.3, CIDToGIDMap)."""
    table = [0] * (max(numbers, default=0) + 1)
    for glyph, number in numbers.items():
        table[glyph] = number
    return struct.pack(f">{len(table)}H", *table)


def numbered_anew(cut: bytes, glyphs: Sequence[int]) -> bytes | None:
    """Return the outlines of a cut font under these numbers again, None when it is not of the kind that names numbers.

    The Chinese and Korean fonts are: their files then hold a few glyphs, not places for 18,000. Only the bare table is
    read by its names; inside a font file readers go by the order of the glyphs.
    """
    font = TTFont(BytesIO(cut))
    top = font["CFF "].cff.topDictIndex[0]
    if not hasattr(top, "ROS") or len(top.charset) != len(glyphs):
        return None
    state_widths(font, top)
    names = dict(zip(top.charset, [".notdef", *(f"cid{glyph:05}" for glyph in glyphs[1:])], strict=True))
    inside = top.CharStrings
    inside.charStrings = {names[name]: place for name, place in inside.charStrings.items()}
    top.charset = list(names.values())
    font.setGlyphOrder(top.charset)
    return bytes(font.getTableData("CFF "))


def state_widths(font: TTFont, top: Any) -> None:
    """State each outline's whole width, not what is left of a usual one: checkers mix up whose usual width counts."""
    for name in top.charset:
        outline = top.CharStrings[name]
        outline.decompile()
        commands = programToCommands(outline.program)
        drawing = commands[1:] if commands and commands[0][0] == "" else commands
        outline.program = commandsToProgram([("", [font["hmtx"][name][0]]), *drawing])
    for part in top.FDArray:
        part.Private.nominalWidthX = part.Private.defaultWidthX = 0


def kind_of_file(file: bytes) -> str | None:
    """Return how a PDF calls the kind of a font file, None for TrueType, which has its own entry."""
    if file.startswith(b"OTTO"):
        return "OpenType"
    return "CIDFontType0C" if file.startswith(b"\x01\x00") else None


@dataclass(frozen=True, eq=False)
class Shaped:
    """A shaped text: glyphs with their letters, advance and offsets, of which ``units`` are an em."""

    glyphs: tuple[tuple[int, str, int, int, int], ...]
    units: int

    @cached_property
    def width(self) -> float:
        """Return the width in ems."""
        return sum([advance for _, _, advance, _, _ in self.glyphs]) / self.units

    @cached_property
    def letters(self) -> Letters:
        """Return the glyphs, each with the letters it stands for."""
        return frozenset([(glyph, letters) for glyph, letters, *_ in self.glyphs])


@lru_cache(maxsize=TEXTS_KEPT)
def shaped(text: str, face: Face, size: float) -> Shaped:
    """Return the text from left to right in one font of so many CSS pixels; raises CannotShape when a letter is missing."""
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.cluster_level = harfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.guess_segment_properties()
    buffer.direction, buffer.language = "ltr", "en"
    font = face.at(size)
    harfbuzz.shape(font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = [info.cluster for info in infos]
    ends = [*starts[1:], len(text)]
    glyphs = [
        (info.codepoint, text[start:end], at.x_advance, at.x_offset, at.y_offset)
        for info, at, start, end in zip(infos, positions, starts, ends, strict=True)
    ]
    if any(glyph == MISSING_GLYPH for glyph, *_ in glyphs):
        raise CannotShape("The font lacks a letter.")
    return Shaped(tuple(glyphs), font.scale[0])


def shown(line: Shaped, face: Face, size: float) -> bytes:
    """Return the operators that show a shaped text at the current place: glyphs, kerning, raised marks.

    Kerning is in whole thousandths of the type size, without their fractions, as the layout engine writes it.
    """
    parts: list[str] = []
    shows: list[str] = []
    for glyph, _, advance, right, up in line.glyphs:
        before = right * 1000 / line.units
        kerning = int(face.width(glyph) + before - advance * 1000 / line.units)
        moved = f"{-before:.5g}" if before else ""
        if up:
            shows += [tj(parts), f"{up * size / line.units:.4g} Ts\n[{moved}<{glyph:04x}>{kerning or ''}] TJ\n0 Ts"]
            parts = []
        else:
            parts.append(f"{moved}<{glyph:04x}>{kerning or ''}")
    return "\n".join(filter(None, [*shows, tj(parts)])).encode()


def tj(parts: list[str]) -> str:
    """Return one operator that shows glyphs, nothing when there are none; neighbors without kerning share a string."""
    return f"[{''.join(parts).replace('><', '')}] TJ" if parts else ""


def widths(face: Face, glyphs: Iterable[int]) -> bytes:
    """Return the widths of glyphs as a PDF array."""
    return "".join(["[", *(f"{glyph}[{face.width(glyph)}]" for glyph in sorted(glyphs)), "]"]).encode()


MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)"
    "/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\n"
    "endcodespacerange\n"
)
MAP_END = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def meanings(letters: Mapping[int, str], nothing: str) -> bytes:
    """Return the ToUnicode map of glyphs; those without letters of their own mean ``nothing``."""
    lines = [
        f"<{glyph:04x}> <{(text or nothing).encode('utf-16-be').hex()}>" for glyph, text in sorted(letters.items())
    ]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return f"{MAP_HEAD}{body}{MAP_END}".encode()
