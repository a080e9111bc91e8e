"""Lettering: what a design declares becomes the rules for its page, its places and its texts."""

import pytest

from certificates.issuing.designs import read_design
from certificates.issuing.fitting import Box, Fit
from certificates.issuing.lettering import declared_style, fitted_style, lettering

BOX = Box("Spectral", 400, 100, 40, 1.2, (20, 10), left=5, top=6, align="right", vertical="bottom", colour="#123456")


def test_page_has_the_size_of_its_sheet_and_its_art_below() -> None:
    style = declared_style(read_design("classic", "letter-portrait"))
    assert '@page { size: 215.9mm 279.4mm; margin: 0; background: #ffffff url("page-letter-portrait.svg")' in style
    assert "url(" not in declared_style(read_design("plain", "letter-portrait"))


def test_every_place_has_a_rule_and_every_box_its_font() -> None:
    design = read_design("modern", "a4-landscape")
    style = declared_style(design)
    assert all(f".at-{name} {{ position: absolute; left:" in style for name in design.places)
    assert all(f".at-{name} {{ display: flex" in style for name in design.boxes)


@pytest.mark.parametrize(
    "told",
    [
        '"Spectral", "EB Garamond"',
        "justify-content: flex-end",
        "align-items: flex-end",
        "color: #123456",
        "font-size: 20pt",
    ],
)
def test_lettering_says_what_the_box_declares(told: str) -> None:
    assert told in lettering(BOX)


def test_fitted_text_gets_its_size_and_width() -> None:
    assert fitted_style({"title": Fit(9.5, 123.456)}) == {"title": "font-size: 9.5pt; max-width: 123.5pt"}
