"""Text that can be taken out of a PDF as it was put in: the engine's fonts and marked text go in, their meaning is added.

Glyphs alone do not tell the text in every script: two letters share one, one letter takes several, marks change places.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pydyf
import uharfbuzz as harfbuzz

MAPPING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
NOTHING = "\u200b"
"""What a glyph means that only together with others means anything: no letter, and no width."""
RIGHT_TO_LEFT = ("R", "AL")


def actual_text(text: str) -> bytes:
    """Return a text as PDF string in UTF-16."""
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


def is_right_to_left(text: str) -> bool:
    """Return whether any letter of a text is written from right to left."""
    return any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text)


def say_texts(content: pydyf.Stream, texts: Mapping[int, str]) -> None:
    """Say what each piece of marked text reads, letter by letter.

    Not for text from right to left: there readers take the letters in the order of their places, and would turn
    what is said about.
    """
    for entry in content.stream:
        text = texts.get(entry.get("MCID", -1)) if isinstance(entry, pydyf.Dictionary) else None
        if text and not is_right_to_left(text):
            entry["ActualText"] = actual_text(text)


def complete_meanings(meanings: pydyf.Stream, font_file: bytes) -> None:
    """Give each glyph of a font the letters it stands for itself, where the engine gave one glyph those of its neighbors."""
    letters = letters_of_glyphs(font_file)
    meanings.stream = [completed(line, letters) for line in meanings.stream]


def completed(line: bytes, letters: Mapping[int, str]) -> bytes:
    """Return a line of a ToUnicode map; only lines that give a glyph's meaning are changed."""
    found = MAPPING.fullmatch(line)
    if found is None:
        return line
    glyph, text = int(found[1], 16), bytes.fromhex(found[2].decode()).decode("utf-16-be")
    own = letters.get(glyph, "")
    means = own if own and (not text or set(own) <= set(text)) else text or NOTHING
    return b"<%04x> <%b>" % (glyph, means.encode("utf-16-be").hex().encode())


def meanings_in(meanings: pydyf.Stream) -> dict[int, str]:
    """Return what a ToUnicode map says of each glyph."""
    found = [match for line in meanings.stream if (match := MAPPING.fullmatch(line))]
    return {int(one[1], 16): bytes.fromhex(one[2].decode()).decode("utf-16-be") for one in found}


def letters_of_glyphs(font_file: bytes) -> dict[int, str]:
    """Return the letter that a font itself names for each glyph; of several the one that no other letter replaces."""
    face: Any = harfbuzz.Face(harfbuzz.Blob(font_file))
    font = harfbuzz.Font(face)
    named = sorted(face.unicodes, reverse=True)
    return {font.get_nominal_glyph(code): unicodedata.normalize("NFC", chr(code)) for code in named}
