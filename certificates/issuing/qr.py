"""QR codes: the address of a certificate's public page goes in, its bars and an SVG drawing of them come out."""

import re
from functools import lru_cache
from typing import Any

import zxingcpp
from markupsafe import Markup

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004, 9.1)."""
MASK = 4
"""Which of the eight patterns breaks up large areas (ISO/IEC 18004, 7.8). Trying all of them for the one with the fewest
is most of the work on a code, and finds now this one, now that: a serial number has no areas to break up."""
WHOLE_PATH = re.compile(r'<path d="M[\dMhvz -]+" fill="#000000"/>')
"""The bars of a code in its drawing."""

OUR_PATH = re.compile("/v/[0-9A-Z-]+")
"""The public page of a certificate, at the root of its host."""

RUN = re.compile(b"\0+")
"""Dark modules side by side."""
AT_ONCE = 8
"""Modules of a row that are looked up together."""

TITLE = "QR code of the page that verifies this certificate"
"""What a screen reader says instead of the drawing."""


def qr_svg(url: str) -> Markup:
    """Return the QR code of an address as inline SVG with its quiet zone; it scales to the box it is put in."""
    rows = qr_rows(qr_text(url))
    runs = [(run.start(), top, len(run[0])) for top, row in enumerate(rows) for run in RUN.finditer(row)]
    bars = "".join(f"M{left + QUIET_ZONE} {top + QUIET_ZONE}h{size}v1h-{size}z" for left, top, size in runs)
    return drawing(qr_side(url), bars)


def qr_side(url: str) -> int:
    """Return how many modules wide the QR code of an address is, with its quiet zone."""
    return len(qr_rows(qr_text(url))) + 2 * QUIET_ZONE


def drawing(side: int, bars: str) -> Markup:
    """Return the drawing of a code of this width with these bars."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"><title>{TITLE}</title>'
        f'<path d="M0 0h{side}v{side}h-{side}z" fill="#ffffff"/><path d="{bars}" fill="#000000"/></svg>'
    )
    return Markup(svg)  # noqa: S704 - numbers and our own words; holds no text of the address


@lru_cache(maxsize=8)
def qr_rows(text: str) -> tuple[bytes, ...]:
    """Return the rows of a text's QR code without its quiet zone: a byte for each module, zero for a dark one."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    modules: Any = code.to_image(add_quiet_zones=False)
    side, inside = modules.shape[0], bytes(memoryview(modules))
    return tuple([inside[start : start + side] for start in range(0, side * side, side)])


def qr_shown(text: str) -> bytes:
    """Return the operators that put the dark modules of a QR code into a path of a PDF."""
    shown = []
    for top, row in enumerate(qr_rows(text), QUIET_ZONE):
        parts = [runs_shown(row[left : left + AT_ONCE], left) for left in range(0, len(row), AT_ONCE)]
        shown.append(b"".join(parts).replace(b"top", b"%d" % top))
    return b"".join(shown)


@lru_cache(maxsize=5_000)
def runs_shown(modules: bytes, left: int) -> bytes:
    """Return the operators for some modules of a row, which is called "top": of eight there are only 256."""
    begin = left + QUIET_ZONE
    return b"".join([b"%d top %d 1 re\n" % (begin + run.start(), len(run[0])) for run in RUN.finditer(modules)])


def qr_text(url: str) -> str:
    """Return the address as its code holds it: scheme and host in capitals, which mean the same, and the path in capitals.

    The page of a certificate answers under both; all in capitals a code takes eleven bits for two letters instead of
    sixteen (ISO/IEC 18004, 7.4.4). Any other path stays as it is.
    """
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    own = slash + path
    return f"{scheme}{mark}{host}".upper() + (own.upper() if OUR_PATH.fullmatch(own) else own)
