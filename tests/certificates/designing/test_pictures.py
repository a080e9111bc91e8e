"""Pictures: known by their bytes, judged by their header, drawn anew; what cannot be printed is refused in words."""

import io
import struct
import time
import tracemalloc
import zlib

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from certificates.designing.pictures import MAX_STORED, SMALL, PictureRefused, clean_picture

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format=kind, **options)
    return buffer.getvalue()


def signature(mode: str = "RGBA", size: tuple[int, int] = (600, 200)) -> Image.Image:
    """Return a stroke in the middle of a transparent or white picture."""
    picture = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else "white")
    ink = (10, 10, 40, 255) if mode == "RGBA" else "black"
    ImageDraw.Draw(picture).line([(150, 150), (300, 50), (450, 150)], ink, 8)
    return picture


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_claims(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header tells this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG_BEGINS + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def jpeg_that_claims(width: int, height: int) -> bytes:
    """Return a JPEG whose frame header tells this size."""
    whole = saved(Image.new("RGB", (64, 64)), "JPEG")
    place = whole.index(b"\xff\xc0") + 5
    return whole[:place] + struct.pack(">HH", height, width) + whole[place + 4 :]


def test_transparent_ground_becomes_white_and_the_margins_go() -> None:
    clean = clean_picture(saved(signature()))
    picture = Image.open(io.BytesIO(clean.content))
    assert picture.mode in ("L", "RGB")
    assert picture.getpixel((picture.width // 2, picture.height - 1)) in (255, (255, 255, 255))
    assert (clean.width, clean.height) == picture.size
    assert 290 < clean.width < 330


def test_same_picture_has_the_same_hash_whatever_it_came_as() -> None:
    assert clean_picture(saved(signature("L"))).sha256 == clean_picture(saved(signature("RGB"))).sha256


def test_nothing_but_pixels_is_kept() -> None:
    told = PngInfo()
    told.add_text("Comment", "secret")
    exif = Image.Exif()
    exif[0x010E] = "secret"
    for upload in (
        saved(signature("RGB"), pnginfo=told),
        saved(signature("RGB"), "JPEG", exif=exif, comment=b"secret"),
        saved(signature("RGB")) + b"<script>secret</script>",
    ):
        assert b"secret" in upload
        clean = clean_picture(upload).content
        assert b"secret" not in clean
        assert Image.open(io.BytesIO(clean)).info == {}


@pytest.mark.parametrize(
    "upload", [png_that_claims(65_000, 65_000), jpeg_that_claims(65_000, 65_000), png_that_claims(6_001, 30)]
)
def test_flood_of_pixels_is_refused_by_its_header(upload: bytes) -> None:
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(PictureRefused, match="too many pixels"):
        clean_picture(upload)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * 1024**2
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (b"", "empty"),
        (b"x" * (2 * 1024**2 + 1), "larger than 2 MB"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no PNG or JPEG"),
        (b"%PDF-1.7", "no PNG or JPEG"),
        (saved(Image.new("RGB", (80, 80)), "GIF"), "no PNG or JPEG"),
        (saved(signature())[:300], "damaged"),
        (saved(Image.new("RGB", (20, 20))), "only 20 by 20"),
        (saved(Image.new("RGB", (200, 100), "white")), "blank"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_words(upload: bytes, words: str) -> None:
    with pytest.raises(PictureRefused, match=words):
        clean_picture(upload)


def test_large_picture_is_made_as_small_as_its_place() -> None:
    clean = clean_picture(saved(signature("L", (3_000, 2_000)).resize((3_000, 2_000))))
    assert clean.width <= 560
    assert clean.height <= 200
    assert len(clean.content) <= MAX_STORED


def scanned_signature() -> Image.Image:
    """Return a long scribble on grainy paper that is a little gray, as a scanner gives it."""
    picture = Image.new("L", (2_400, 800), 235)
    places = [(100 + 37 * step, 400 + 330 * (-1) ** step * (step * 7 % 10) / 10) for step in range(60)]
    ImageDraw.Draw(picture).line(places, 30, 12, joint="curve")
    return Image.blend(picture, Image.effect_noise(picture.size, 10), 0.05)


def test_scanned_signature_is_kept_sharp_and_small_on_white() -> None:
    clean = clean_picture(saved(scanned_signature()))
    assert clean.width >= 448
    assert len(clean.content) <= SMALL
    shades = Image.open(io.BytesIO(clean.content)).histogram()
    assert shades[255] > sum(shades) / 2
    assert sum(shades[230:255]) == 0


def test_noise_that_would_make_every_certificate_large_is_refused() -> None:
    noise = Image.effect_noise((1_000, 400), 100).convert("RGB")
    with pytest.raises(PictureRefused, match="too much detail"):
        clean_picture(saved(Image.merge("RGB", [noise.getchannel(0).rotate(turn) for turn in (0, 90, 180)])))
