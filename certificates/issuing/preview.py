"""A picture of a certificate for web pages: PDF bytes go in, a PNG of the first page comes out."""

import io

import pypdfium2

SCALE = 1.6
"""Pixels per point; an A4 page becomes about 1350 pixels wide."""


def first_page_png(pdf: bytes, scale: float = SCALE) -> bytes:
    """Return the first page of a PDF we made ourselves as PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=scale).to_pil()
    finally:
        document.close()
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", optimize=False)
    return buffer.getvalue()
