"""The art of our designs: what lies in their folders is what the formulas draw, plain SVG, inside its sheet."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from certificates.issuing.art import FOLDER, drawings, write
from certificates.issuing.sheets import SHEETS

DRAWINGS = drawings()


@pytest.mark.parametrize("path", DRAWINGS)
def test_drawing_in_the_folder_is_what_the_formula_draws(path: str) -> None:
    assert (FOLDER / path).read_text() == DRAWINGS[path]


@pytest.mark.parametrize("path", DRAWINGS)
def test_drawing_is_plain_svg_without_links_or_scripts(path: str) -> None:
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(DRAWINGS[path]).iter()}
    assert tags <= {"svg", "path", "rect", "circle"}
    assert "href" not in DRAWINGS[path]


@pytest.mark.parametrize("design", ["classic", "modern"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_art_keeps_the_margin_that_printers_need(design: str, sheet: str) -> None:
    curves = re.findall(r'<path d="([^"]+)"', DRAWINGS[f"{design}/page-{sheet}.svg"])
    points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", " ".join(curves))
    width, height = SHEETS[sheet].width, SHEETS[sheet].height
    assert points
    assert all(4.2 < float(x) < width - 4.2 and 4.2 < float(y) < height - 4.2 for x, y in points)


def test_drawings_are_written_below_a_folder(tmp_path: Path) -> None:
    (tmp_path / "classic").mkdir()
    write({"classic/a.svg": "<svg/>"}, tmp_path)
    assert (tmp_path / "classic" / "a.svg").read_text() == "<svg/>"
