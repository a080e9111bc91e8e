"""The fonts that certificates are set in: installed font packages in, a font configuration and glyph widths out.

Only these fonts exist for the renderer, so a certificate looks the same on every machine. All are under the SIL Open
Font License 1.1 and come as packages; nothing is copied into the repository.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from xml.sax.saxutils import escape

import fontpkg
import manimgx_fonts
import pylopdf_fonts_he
import pylopdf_fonts_ko
import pylopdf_fonts_th
import pylopdf_fonts_zh_cn
import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration

OTHERS = Path(manimgx_fonts.__file__).parent
OTHER_SCRIPTS = (
    "Armenian",
    "Bengali",
    "Ethiopic",
    "Georgian",
    "Gujarati",
    "Gurmukhi",
    "Kannada",
    "Khmer",
    "Lao",
    "Malayalam",
    "Myanmar",
    "Oriya",
    "Sinhala",
    "Tamil",
    "Telugu",
)
FAMILIES: Mapping[str, Path] = {
    "Cormorant Garamond": fontpkg.path("Cormorant Garamond"),
    "EB Garamond": fontpkg.path("EB Garamond"),
    "Spectral": fontpkg.path("Spectral", 400),
    "Atkinson Hyperlegible": fontpkg.path("Atkinson Hyperlegible"),
    "Noto Serif": fontpkg.path("Noto Serif"),
    "Amiri": fontpkg.path("Amiri"),
    "Noto Serif Hebrew": pylopdf_fonts_he.serif_path(),
    "Noto Sans Devanagari": fontpkg.path("Noto Sans Devanagari"),
    "Noto Serif Thai": pylopdf_fonts_th.serif_path(),
    "Noto Serif SC": pylopdf_fonts_zh_cn.serif_path(),
    "Noto Serif KR": pylopdf_fonts_ko.serif_path(),
    "Noto Sans": fontpkg.path("Noto Sans"),
    **{f"Noto Sans {script}": OTHERS / f"NotoSans{script}[wght].ttf" for script in OTHER_SCRIPTS},
    "Noto Emoji": OTHERS / "NotoEmoji[wght].ttf",
}
"""Upright file of each family; italics lie beside it."""


@dataclass(frozen=True)
class Cut:
    """A fixed weight to take from a font of variable weight."""

    path: Path
    weight: int


CUTS = (
    *(Cut(FAMILIES["Cormorant Garamond"], weight) for weight in (500, 600)),
    *(Cut(FAMILIES["EB Garamond"], weight) for weight in (400, 500)),
    Cut(fontpkg.path("EB Garamond", 400, "italic"), 400),
    *(Cut(FAMILIES[script], 400) for script in ("Noto Serif", "Noto Sans", "Noto Serif Hebrew", "Noto Serif Thai")),
    *(Cut(FAMILIES["Noto Sans Devanagari"], weight) for weight in (400, 600)),
    *(Cut(FAMILIES[f"Noto Sans {script}"], 400) for script in OTHER_SCRIPTS),
    Cut(FAMILIES["Noto Emoji"], 400),
)
"""Cut once per process: the layout engine would cut a variable font anew for every page, at ten times the cost."""

LATIN_ONLY = ("Cormorant Garamond", "Spectral", "Atkinson Hyperlegible")
SCRIPTS = tuple(family for family in FAMILIES if family not in LATIN_ONLY)
"""The order in which families are tried for a character that a design's own family lacks."""


JOINERS = "\u200c\u200d"
SELECTORS = "\ufe0e\ufe0f"
"""Say whether a sign is set as text or as picture; we have one form of each."""
ONE_READER = Lock()
"""A font is read bit by bit as it is asked, which fontTools does not expect several threads of a web server to do."""


class Face:
    """One family at one weight: which characters it has and how wide they are."""

    def __init__(self, family: str, weight: int) -> None:
        font = TTFont(FAMILIES[family], lazy=True)
        self.characters: Mapping[int, str] = font.getBestCmap()
        self.glyphs = font.getGlyphSet(location={"wght": weight} if "fvar" in font else None)
        self.units = font["head"].unitsPerEm

    def width(self, character: str) -> float:
        """Return the width of a character in ems."""
        with ONE_READER:
            return float(self.glyphs[self.characters[ord(character)]].width / self.units)


@cache
def face(family: str, weight: int) -> Face:
    """Return a family at a weight; read once, since the Chinese one has 30,000 characters."""
    with ONE_READER:
        return Face(family, weight)


@lru_cache(maxsize=50_000)
def width_of(character: str, family: str, weight: int) -> float | None:
    """Return the width in ems of a character in the first family that has it, None when none has."""
    for name in (family, *SCRIPTS):
        found = face(name, weight)
        if ord(character) in found.characters:
            return found.width(character)
    return None


def without_font(text: str) -> list[str]:
    """Return the characters of a text that none of our fonts can print; blanks, joiners and selectors need no glyph."""
    return list(lacking(text))


@lru_cache(maxsize=5_000)
def lacking(text: str) -> tuple[str, ...]:
    """Return the same, remembered: most texts of a certificate are those of the one before."""
    asked = {one for one in text if not one.isspace() and one not in JOINERS + SELECTORS}
    return tuple(sorted(one for one in asked if width_of(one, SCRIPTS[0], 400) is None))


@cache
def font_configuration() -> FontConfiguration:
    """Return the configuration that knows our fonts and no others; one for the life of the process."""
    folder = Path(tempfile.mkdtemp(prefix="quizbank-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    cut_weights(folder)
    settings = folder / "fonts.conf"
    settings.write_text(fontconfig_settings(folder))
    with environment(FONTCONFIG_FILE=str(settings)):
        return FontConfiguration()


def cut_weights(folder: Path) -> None:
    """Write the fixed weights in CUTS as fonts of their own."""
    for number, cut in enumerate(CUTS):
        font = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(cut.path)))
        order = harfbuzz.SubsetInput()
        order.keep_everything()
        order.pin_all_axes_to_default(font)
        order.pin_axis_location(font, "wght", cut.weight)
        (folder / f"{number:02}.ttf").write_bytes(order.subset(font).blob.data)


def fontconfig_settings(folder: Path) -> str:
    """Return a fontconfig file that names the folders of our families, and nothing of the system's."""
    variable = {cut.path.parent for cut in CUTS}
    packages = {path.parent for path in FAMILIES.values()} - variable
    lines = "".join(f"<dir>{escape(str(place))}</dir>" for place in [*sorted(packages), folder])
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
    return f"{head}<fontconfig>{lines}<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>"


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Set environment variables for C libraries that read nothing else, and put back what was there."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
