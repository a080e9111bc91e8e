"""The art of our designs: what lies in their folders is what the formulas draw, plain SVG, inside its sheet."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import ImageOps
from weasyprint import CSS, HTML

from certificates.issuing.art import FOLDER, drawings, write
from certificates.issuing.places import POINTS_PER_MM
from certificates.issuing.sheets import SHEETS

DRAWINGS = drawings()


@pytest.mark.parametrize("path", DRAWINGS)
def test_drawing_in_the_folder_is_what_the_formula_draws(path: str) -> None:
    assert (FOLDER / path).read_text() == DRAWINGS[path]


@pytest.mark.parametrize("path", DRAWINGS)
def test_drawing_is_plain_svg_that_borrows_from_nowhere_else(path: str) -> None:
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(DRAWINGS[path]).iter()}
    assert tags <= {"svg", "path", "rect", "circle", "g", "defs", "use"}
    defined = set(re.findall(r'id="([\w-]+)"', DRAWINGS[path]))
    assert set(re.findall(r'href="([^"]*)"', DRAWINGS[path])) == {f"#{name}" for name in defined}


@pytest.mark.parametrize("design", ["classic", "modern"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_art_keeps_the_margin_that_printers_need(design: str, sheet: str) -> None:
    art = (FOLDER / design / f"page-{sheet}.svg").read_text()
    size = SHEETS[sheet]
    picture = HTML(string=f'<body style="margin: 0">{art}').render(
        stylesheets=[
            CSS(string=f"@page {{ size: {size.width}mm {size.height}mm; margin: 0 }} svg {{ display: block }}")
        ]
    )
    page = pypdfium2.PdfDocument(picture.write_pdf())[0].render(scale=2).to_pil().convert("L")
    left, top, right, bottom = (edge / 2 / POINTS_PER_MM for edge in ImageOps.invert(page).getbbox() or ())
    assert min(left, top, size.width - right, size.height - bottom) > 4.2
    assert left < 10


def test_drawings_are_written_below_a_folder(tmp_path: Path) -> None:
    (tmp_path / "classic").mkdir()
    write({"classic/a.svg": "<svg/>"}, tmp_path)
    assert (tmp_path / "classic" / "a.svg").read_text() == "<svg/>"
