"""Setting a line: kerned and joined as the font says, cut to what is needed, told letter by letter."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from certificates.issuing.fonts import FAMILIES
from certificates.issuing.shaping import CannotShape, Face, kind_of_file, meanings, shaped, shown, widths

GARAMOND = Face(FAMILIES["EB Garamond"].read_bytes())


def test_letters_that_are_joined_keep_their_meaning() -> None:
    assert "".join(letters for _, letters, *_ in shaped("official", GARAMOND, 20).glyphs) == "official"
    assert len(shaped("official", GARAMOND, 20).glyphs) < len("official")


def test_kerning_makes_a_line_shorter() -> None:
    apart = shaped("A", GARAMOND, 20).width + shaped("V", GARAMOND, 20).width
    assert shaped("AV", GARAMOND, 20).width < apart


def test_widths_are_rounded_as_the_layout_engine_does() -> None:
    line = shaped("Whitfield", GARAMOND, 20.5)
    assert line.units == 20.5 * 1024
    assert all(isinstance(advance, int) for _, _, advance, _, _ in line.glyphs)


def test_missing_letter_is_refused() -> None:
    with pytest.raises(CannotShape):
        shaped("王", GARAMOND, 20)


def test_marks_are_raised_and_the_line_goes_on_at_its_height() -> None:
    operators = shown(shaped("x̂y", GARAMOND, 10), GARAMOND, 10)
    assert operators.count(b" Ts") in (0, 2)
    assert operators.endswith(b"] TJ")


def test_cut_font_holds_the_outlines_of_its_glyphs_and_tells_where() -> None:
    wanted = set(dict(shaped("Ann", GARAMOND, 20).letters))
    cut = GARAMOND.subset(wanted)
    assert len(cut.file) < 10_000
    font, whole = TTFont(BytesIO(cut.file)), TTFont(FAMILIES["EB Garamond"])
    assert cut.numbers
    for glyph in wanted:
        there = int.from_bytes(cut.numbers[2 * glyph : 2 * glyph + 2], "big")
        drawn = font["glyf"][font.getGlyphName(there)]
        assert drawn.numberOfContours == whole["glyf"][whole.getGlyphName(glyph)].numberOfContours > 0


def test_chinese_font_is_cut_to_a_few_kilobytes() -> None:
    face = Face(FAMILIES["Noto Serif SC"].read_bytes())
    cut = face.subset({face.font.get_nominal_glyph(ord(letter)) for letter in "王小明"})
    assert kind_of_file(cut.file) == "CIDFontType0C"
    assert cut.numbers is None
    assert len(cut.file) < 4_000


def test_widths_and_meanings_are_by_glyph() -> None:
    line = shaped("ab", GARAMOND, 20)
    assert widths(GARAMOND, dict(line.letters)).count(b"[") == 3
    assert b"<0062>" in meanings(dict(line.letters), "")
