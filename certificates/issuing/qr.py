"""QR codes: the address of a certificate's public page goes in, its bars and an SVG drawing of them come out."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

import numpy
import zxingcpp
from markupsafe import Markup

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004, 9.1)."""
WHOLE_PATH = re.compile(r'<path d="M[\dMhvz -]+" fill="#000000"/>')
"""The bars of a code in its drawing."""

OUR_PATH = re.compile("/v/[0-9A-Z-]+")
"""The public page of a certificate, at the root of its host."""

Bar = tuple[int, int, int]
"""Left, top and length of a run of dark modules."""

TITLE = "QR code of the page that verifies this certificate"
"""What a screen reader says instead of the drawing."""


def qr_svg(url: str) -> Markup:
    """Return the QR code of an address as inline SVG with its quiet zone; it scales to the box it is put in."""
    side, bars = qr_bars(qr_text(url))
    path = "".join(f"M{left} {top}h{length}v1h-{length}z" for left, top, length in bars)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"><title>{TITLE}</title>'
        f'<path d="M0 0h{side}v{side}h-{side}z" fill="#ffffff"/><path d="{path}" fill="#000000"/></svg>'
    )
    return Markup(drawing)  # noqa: S704 - numbers and our own words; holds no text of the address


@lru_cache(maxsize=8)
def qr_bars(text: str) -> tuple[int, tuple[Bar, ...]]:
    """Return the side of a QR code in modules, quiet zone included, and the bars it is drawn with (error level M)."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    dark = numpy.pad(numpy.asarray(code.to_image(add_quiet_zones=False)) == 0, QUIET_ZONE)
    side = len(dark)
    changes = numpy.diff(dark.ravel().view(numpy.int8))
    starts, ends = numpy.flatnonzero(changes == 1) + 1, numpy.flatnonzero(changes == -1) + 1
    tops, lefts = numpy.divmod(starts, side)
    return side, tuple(zip(lefts.tolist(), tops.tolist(), (ends - starts).tolist(), strict=True))


def qr_shown(text: str) -> bytes:
    """Return the operators that put the bars of a QR code into a path of a PDF, in modules."""
    _, bars = qr_bars(text)
    return "\n".join([f"{left} {top} {length} 1 re" for left, top, length in bars]).encode()


def qr_text(url: str) -> str:
    """Return the address as its code holds it: scheme and host in capitals, which mean the same, and the path in capitals.

    The page of a certificate answers under both; all in capitals a code takes eleven bits for two letters instead of
    sixteen (ISO/IEC 18004, 7.4.4). Any other path stays as it is.
    """
    parts = urlsplit(url)
    path = parts.path.upper() if OUR_PATH.fullmatch(parts.path) else parts.path
    return f"{parts.scheme}://{parts.netloc}".upper() + path
