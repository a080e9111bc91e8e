"""The picture of a certificate: the first page, in the size asked for, the same for the same PDF."""

import io

import pikepdf
import pytest
from PIL import Image

from certificates.issuing.preview import SCALE, first_page_png


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return two empty pages, the first one A4 and lying."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(842, 595))
    document.add_blank_page(page_size=(100, 100))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_picture_shows_the_first_page(pdf: bytes) -> None:
    picture = Image.open(io.BytesIO(first_page_png(pdf)))
    assert picture.format == "PNG"
    assert picture.size == pytest.approx((842 * SCALE, 595 * SCALE), abs=1)


def test_picture_of_the_same_pdf_is_the_same(pdf: bytes) -> None:
    assert first_page_png(pdf, scale=0.5) == first_page_png(pdf, scale=0.5)
