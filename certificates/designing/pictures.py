"""Pictures for certificates: the bytes of an upload go in, a small clean PNG on white comes out, or why not.

What a picture is, its own first bytes say, never its name. Its size is read from its header and judged before a single
pixel is decoded. What comes out is drawn anew: no metadata, no color profile, no transparency.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG")
MAX_BYTES = 2 * 1024**2
MAX_SIDE = 6_000
MAX_PIXELS = 12_000_000
"""Three bytes each while it is decoded."""
MIN_SIDE = 60
LARGEST_WIDTH, LARGEST_HEIGHT = 560, 200
"""At 47 by 17 mm this is 300 pixels an inch; a signature is printed about 50 mm wide."""
STEPS = ((1.0, 16), (1.0, 8), (1.0, 4), (0.8, 6), (0.8, 4), (0.6, 6), (0.6, 4), (0.45, 4))
"""Scale and shades (colors), best first: the first that is small enough is taken. Four shades are enough for ink."""
SMALL = 3_500
"""Each certificate carries its pictures, so they are kept small: four of them and the rest stay below 70 kB."""
MAX_STORED = 5_000
"""A logo of many colors may be so large in its last step."""
ENDS = (b"IEND\xaeB`\x82", b"\xff\xd9")
"""How a PNG and a JPEG end. The layout engine makes Pillow content with half a file, so we look ourselves."""
LIGHT_PAPER = 190
"""Where most of a gray picture is lighter than this, that is its paper."""
GRAIN = 20
"""Gray levels by which scanned paper varies."""
NEARLY_WHITE = 12
"""Gray levels below white that still count as paper."""

DAMAGED = "The picture is damaged. Save it anew and try again."


class PictureRefused(ValueError):
    """This file cannot be printed on certificates; the message says why and what to do."""


@dataclass(frozen=True)
class CleanPicture:
    """A PNG as certificates carry it, its SHA-256 (hex), and its size in pixels."""

    content: bytes
    sha256: str
    width: int
    height: int


def clean_picture(upload: bytes) -> CleanPicture:
    """Return the picture of an upload as it is stored; raises PictureRefused."""
    if not upload:
        raise PictureRefused("This file is empty. Choose a PNG or JPEG picture.")
    if len(upload) > MAX_BYTES:
        raise PictureRefused(f"This file is larger than {MAX_BYTES // 1024**2} MB. Save the picture smaller.")
    with opened(upload) as picture:
        refuse_size(picture.width, picture.height)
        if not any(end in upload for end in ENDS):
            raise PictureRefused(DAMAGED)
        return stored(trimmed(whitened(flattened(decoded(picture)))))


def opened(upload: bytes) -> Image.Image:
    """Return a picture of which only the header was read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(upload), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(too_large("The picture has")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureRefused("This is no PNG or JPEG picture. Save it as PNG and try again.") from error


def refuse_size(width: int, height: int) -> None:
    """Refuse a picture by the size its header tells; raises PictureRefused."""
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise PictureRefused(too_large(f"With {width:,} by {height:,} pixels it has"))
    if width < MIN_SIDE or height < MIN_SIDE // 3:
        raise PictureRefused(
            f"The picture is only {width} by {height} pixels. Use one at least {MIN_SIDE} pixels wide."
        )


def too_large(beginning: str) -> str:
    """Return the sentence about too many pixels."""
    return f"{beginning} too many pixels. Save it with at most {LARGEST_WIDTH:,} by {LARGEST_HEIGHT:,} pixels."


def decoded(picture: Image.Image) -> Image.Image:
    """Return the picture with its pixels, upright; raises PictureRefused when they are damaged."""
    try:
        picture.load()
        return ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, ArithmeticError, IndexError, EOFError) as error:
        raise PictureRefused(DAMAGED) from error


def flattened(picture: Image.Image) -> Image.Image:
    """Return the picture on white paper, gray when it has no color."""
    layers = picture.convert("RGBA")
    paper = Image.new("RGBA", layers.size, "#ffffff")
    printed = Image.alpha_composite(paper, layers).convert("RGB")
    red, green, blue = printed.split()
    colored = any(ImageChops.difference(red, other).getextrema()[1] > 8 for other in (green, blue))  # type: ignore[operator]
    return printed if colored else printed.convert("L")


def whitened(picture: Image.Image) -> Image.Image:
    """Return a gray picture whose paper is plain white, ink in proportion: grain would print as a gray patch."""
    if picture.mode != "L":
        return picture
    counted = list(accumulate(picture.histogram()))
    paper = next(level for level, pixels in enumerate(counted) if 2 * pixels >= counted[-1])
    white = paper - GRAIN if paper > LIGHT_PAPER else 255
    return picture.point([min(255, round(level * 255 / white)) for level in range(256)])


def trimmed(picture: Image.Image) -> Image.Image:
    """Return the picture without the white around it; raises PictureRefused when nothing else is there."""
    ink = ImageOps.invert(picture.convert("L")).point([0] * (NEARLY_WHITE + 1) + [255] * (255 - NEARLY_WHITE))
    box = ink.getbbox()
    if box is None:
        raise PictureRefused("The picture is blank. Choose one with dark ink on white or transparent ground.")
    return picture.crop(box)


def stored(picture: Image.Image) -> CleanPicture:
    """Return the picture as PNG, as large as its place needs and small enough to be in every certificate."""
    fits = min(1.0, LARGEST_WIDTH / picture.width, LARGEST_HEIGHT / picture.height)
    for scale, shades in STEPS:
        size = (max(1, round(picture.width * fits * scale)), max(1, round(picture.height * fits * scale)))
        smaller = picture.resize(size, Image.Resampling.LANCZOS) if size != picture.size else picture
        content = png(few_shades(smaller, shades))
        if len(content) <= (SMALL if (scale, shades) != STEPS[-1] else MAX_STORED):
            return CleanPicture(content, hashlib.sha256(content).hexdigest(), *size)
    raise PictureRefused(
        "The picture has too much detail to be printed small. Use a simpler one, such as a plain logo."
    )


def few_shades(picture: Image.Image, shades: int) -> Image.Image:
    """Return the picture in so many even grays, or so many of its own colors, without speckles."""
    if picture.mode == "L":
        step = 255 / (shades - 1)
        return picture.point([round(round(level / step) * step) for level in range(256)])
    return picture.quantize(shades, dither=Image.Dither.NONE).convert(picture.mode)


def png(picture: Image.Image) -> bytes:
    """Return a picture as PNG with nothing but its pixels."""
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    buffer = io.BytesIO()
    bare.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()
