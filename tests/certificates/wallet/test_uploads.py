"""Files of licenses and certificates: what is kept of an upload, and what is refused."""

import resource
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from certificates.wallet.uploads import JPEG, MAX_BYTES, PDF, PNG, UploadRefused, checked_upload, plain_name

PDF_FILE = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def picture(kind: str) -> bytes:
    """Return a small picture."""
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, format=kind)
    return buffer.getvalue()


FILES = {PDF: PDF_FILE, PNG: picture("PNG"), JPEG: picture("JPEG")}


def flood(width: int, height: int) -> bytes:
    """Return a PNG whose head tells a size that nobody should decode."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("stem", ["My license", "Dr. Smith. license", "лицензия"])
def test_file_is_kept_byte_for_byte(kind: str, stem: str) -> None:
    kept = checked_upload(f"{stem}.{kind.upper()}", FILES[kind])
    assert (kept.kind, kept.content) == (kind, FILES[kind])
    assert kept.name == f"{stem}.{kind.upper()}"


@pytest.mark.parametrize("kind", FILES)
def test_what_stands_behind_the_end_is_cut_off(kind: str) -> None:
    for hidden in (
        b"PK\x03\x04 another file",
        b"\0" * 500,
        b"SEFT notes of a phone",
    ):
        assert checked_upload("a", FILES[kind] + hidden).content == FILES[kind]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("between", [0, 5_000])
def test_web_page_behind_the_end_is_refused(kind: str, between: int) -> None:
    with pytest.raises(UploadRefused, match="web page"):
        checked_upload("a", FILES[kind] + b"\0" * between + b"<html><script>alert(1)</script>")


@pytest.mark.parametrize("kind", FILES)
def test_name_without_an_ending_gets_the_right_one(kind: str) -> None:
    assert checked_upload("scan", FILES[kind]).name == f"scan.{kind}"


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", ["license.exe", "license.html", "license.svg", "license.docx"])
def test_name_that_says_something_else_is_refused(kind: str, name: str) -> None:
    with pytest.raises(UploadRefused, match="ending"):
        checked_upload(name, FILES[kind])


def test_picture_called_a_pdf_is_refused() -> None:
    with pytest.raises(UploadRefused, match="PNG picture"):
        checked_upload("license.pdf", FILES[PNG])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><p>",
        b"%PDF-1.7\n<html><script>alert(1)</script></html>\n%%EOF",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        b" %PDF-1.7\n%%EOF",
        b"%PDF-1.7 breaks off",
        FILES[PNG][:40],
        FILES[JPEG][:100],
        b"\xff\xd8\xff\xe0 no picture \xff\xd9",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 2**31, b"IDAT") + b"\0" * 20,
        flood(65_000, 65_000),
        flood(20_001, 1),
        b"%PDF-1.7\n" + b" " * MAX_BYTES + b"%%EOF",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_other_damaged_and_too_large_files_are_refused(content: bytes) -> None:
    with pytest.raises(UploadRefused):
        checked_upload("file", content)


SCRIPT = b"<script>alert(1)</script>"
GIF_AND_SCRIPT = b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)//;"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>" + SCRIPT + b"</svg>"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.gif", GIF_AND_SCRIPT, "no PDF and no PNG or JPEG"),
        ("a.png", GIF_AND_SCRIPT, "no PDF and no PNG or JPEG"),
        ("a.svg", SVG, "web page"),
        ("a.svg", b" " * 1_024 + SVG, "no PDF and no PNG or JPEG"),
        ("a.pdf", b"%PDF-1.7\n" + SCRIPT + PDF_FILE, "web page"),
        ("a.html", PDF_FILE, "ending"),
        ("a.png", flood(50_000, 50_000), "too many pixels"),
        ("a.png", FILES[PNG].replace(b"IDAT", b"tEXt" + SCRIPT, 1), "web page"),
        ("a.jpg", FILES[JPEG][:2] + b"\xff\xfe\x00\x1b" + SCRIPT + FILES[JPEG][2:], "web page"),
    ],
)
def test_file_of_two_kinds_is_refused_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UploadRefused, match=words):
        checked_upload(name, content)


def test_picture_of_a_flood_of_pixels_is_refused_without_reading_one() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UploadRefused, match="too many pixels"):
        checked_upload("a.png", flood(50_000, 50_000))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50 * 1024, "50,000 × 50,000 pixels are 7 GB"


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]))
def test_any_bytes_are_kept_or_refused_and_nothing_else(content: bytes, head: bytes) -> None:
    try:
        kept = checked_upload("file", head + content)
    except UploadRefused:
        return
    assert (head + content).startswith(kept.content)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\scan", "scan"),
        ("", "file"),
        ("...", "file"),
        ("gpj\u202ecod", "gpjcod"),
        ('a"b<c>|d', "a b c d"),
        ("x" * 400, "x" * 150),
        ("line\r\nbreak", "line break"),
    ],
)
def test_name_is_plain(given_name: str, kept: str) -> None:
    assert plain_name(given_name) == kept
