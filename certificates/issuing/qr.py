"""QR codes: the address of a certificate's public page goes in, an SVG drawing comes out."""

from urllib.parse import urlsplit

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004, 9.1)."""

TITLE = "QR code of the page that verifies this certificate"
"""What a screen reader says instead of the drawing."""


def qr_svg(url: str) -> Markup:
    """Return the QR code of an address as inline SVG with its quiet zone; it scales to the box it is put in."""
    code = segno.make(qr_text(url), error="m", micro=False)
    drawing = code.svg_inline(title=TITLE, border=QUIET_ZONE, dark="#000000", light="#ffffff", omitsize=True)
    return Markup(drawing)  # noqa: S704 - drawn by segno from modules; holds no text of ours


def qr_text(url: str) -> str:
    """Return the address with scheme and host in capitals, which mean the same and make a smaller code."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".upper() + parts.path
