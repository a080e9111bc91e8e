"""The line art: drawn by formula, closed, inside its page, and what lies in the designs is what the formula draws."""

import re
from xml.etree import ElementTree

import pytest

from certificates.issuing.designs import read_design
from certificates.issuing.guilloche import Colours, RoundedFrame, border_svg, rule_svg, seal_svg

CLASSIC = Colours(ink="#1b2f4b", accent="#a07d34")
DRAWINGS = {"border.svg": border_svg(297, 210, CLASSIC), "seal.svg": seal_svg(CLASSIC), "rule.svg": rule_svg(CLASSIC)}


@pytest.mark.parametrize("name", DRAWINGS)
def test_art_of_the_classic_design_is_what_the_formula_draws(name: str) -> None:
    assert read_design("classic").files[name].decode() == DRAWINGS[name]


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_is_plain_svg_without_links_or_scripts(name: str) -> None:
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(DRAWINGS[name]).iter()}
    assert tags <= {"svg", "path", "rect", "circle"}
    assert "href" not in DRAWINGS[name]


@pytest.mark.parametrize("size", [(297, 210), (279.4, 215.9), (210, 297)])
def test_border_stays_on_a_page_of_any_size(size: tuple[float, float]) -> None:
    curves = re.findall(r'<path d="([^"]+)"', border_svg(*size, CLASSIC))
    points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", " ".join(curves))
    assert all(6 < float(x) < size[0] - 6 and 6 < float(y) < size[1] - 6 for x, y in points)


def test_walk_round_the_frame_ends_where_it_began() -> None:
    frame = RoundedFrame(297, 210, 13.5, 9.5)
    start, end = frame.beside(0.0, 2.0), frame.beside(1 - 1e-12, 2.0)
    assert start == pytest.approx(end, abs=1e-6)
