"""QR codes: small, with a quiet zone, and read back as the address."""

from xml.etree import ElementTree

import pytest

from certificates.issuing.qr import qr_svg, qr_text
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
