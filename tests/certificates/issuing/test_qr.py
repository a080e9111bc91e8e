"""QR codes: small, with a quiet zone, and read back as the address."""

import random
import re
from xml.etree import ElementTree

import numpy
import pytest
import zxingcpp

from certificates.issuing.qr import qr_shown, qr_svg, qr_text
from certificates.issuing.serial import new_serial
from tests.certificates.issuing.samples import ORDINARY


def test_address_of_a_certificate_is_in_capitals() -> None:
    assert qr_text("https://cme.example.org/v/7K3M-9") == "HTTPS://CME.EXAMPLE.ORG/V/7K3M-9"
    assert qr_text("http://127.0.0.1:8000/v/7K3M") == "HTTP://127.0.0.1:8000/V/7K3M"


@pytest.mark.parametrize("path", ["/cme/v/7K3M", "/v/7k3m", "/v/7K3M/x", "/other"])
def test_path_that_may_not_answer_in_capitals_is_left_alone(path: str) -> None:
    assert qr_text(f"https://cme.example.org{path}") == f"HTTPS://CME.EXAMPLE.ORG{path}"


def test_drawing_has_four_modules_of_quiet_zone_and_scales() -> None:
    drawing = ElementTree.fromstring(qr_svg(ORDINARY.verify_url))
    modules = int(drawing.attrib["viewBox"].split()[2]) - 8
    assert (modules - 17) % 4 == 0
    assert modules <= 33
    assert "width" not in drawing.attrib


@pytest.mark.parametrize("url", ["https://x.example/<script>", "https://x.example/\"onload='x'"])
def test_drawing_holds_no_text_of_the_address(url: str) -> None:
    assert "script" not in qr_svg(url)
    assert "onload" not in qr_svg(url)


def dark(bars: list[tuple[int, int, int]], side: int) -> numpy.ndarray:
    """Return the picture of bars (left, top, length), four dots to a module."""
    modules = numpy.full((side, side), 255, numpy.uint8)
    for left, top, length in bars:
        assert (modules[top, left : left + length] == 255).all(), "painted twice"
        modules[top, left : left + length] = 0
    return modules.repeat(4, 0).repeat(4, 1)


@pytest.mark.parametrize("base", ["https://cme.northgate.example", "http://127.0.0.1:8000", f"https://{'a' * 120}.org"])
def test_codes_in_both_forms_are_read_back(base: str) -> None:
    chance = random.Random(5)
    for url in [f"{base}/v/{new_serial(chance.randbytes)}" for _ in range(50)]:
        drawn = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", qr_svg(url).rpartition("<path")[2])
        shown = re.findall(rb"(\d+) (\d+) (\d+) 1 re\n", qr_shown(qr_text(url)))
        side = int(ElementTree.fromstring(qr_svg(url)).attrib["viewBox"].split()[2])
        pictures = [dark([(int(left), int(top), int(size)) for left, top, size in one], side) for one in (drawn, shown)]
        assert (pictures[0] == pictures[1]).all()
        (found,) = zxingcpp.read_barcodes(pictures[0])
        assert found.text == qr_text(url)
        assert found.ec_level == "M"
