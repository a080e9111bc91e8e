"""Files of licenses and certificates: the bytes of an upload go in; what they are and the bytes to keep come out.

A file is what its own bytes say, never its name, and a name that says otherwise is refused. Pictures are not decoded
here: their size is read from their head. What stands behind a file's own end (some phones put notes there, and
attackers other files) is cut off.
"""

import hashlib
import io
import re
import struct
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import IO, Any

from PIL import Image, UnidentifiedImageError

MAX_BYTES = 10 * 1024**2
MAX_SIDE = 20_000
MAX_PIXELS = 60_000_000
"""More than any scanner or phone makes of a sheet of paper."""
PDF, PNG, JPEG = "pdf", "png", "jpeg"
MIMETYPES = {PDF: "application/pdf", PNG: "image/png", JPEG: "image/jpeg"}
LABELS = {PDF: "PDF", PNG: "PNG picture", JPEG: "JPEG picture"}
ENDINGS = {"pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "jpe": JPEG, "jfif": JPEG}
MAX_NAME = 150
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
JPEG_HEAD = b"\xff\xd8\xff"
PDF_HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
PDF_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|iframe|svg|style|img|object)\b", re.IGNORECASE)
LOOKED_AT = 1_024
WANTED = "Choose a PDF, or a PNG or JPEG picture."
DAMAGED = "This file is damaged or not complete. Save or scan it anew and try again."


class UploadRefused(ValueError):
    """This file cannot be kept; the message says why and what to do."""


@dataclass(frozen=True)
class Upload:
    """A file as it is kept: a plain name, what it is, its bytes and their SHA-256 (hex)."""

    name: str
    kind: str
    content: bytes
    sha256: str

    @property
    def columns(self) -> dict[str, Any]:
        """Return it as the columns that every table of files has."""
        return {**asdict(self), "size": len(self.content)}


def read_upload(name: str, stream: IO[bytes]) -> Upload:
    """Read an upload to its end, or a little beyond what it may have, and return it as it is kept; raises UploadRefused."""
    with stream:
        return checked_upload(name, stream.read(MAX_BYTES + 1))


def checked_upload(name: str, content: bytes) -> Upload:
    """Return an upload as it is kept; raises UploadRefused."""
    if not content:
        raise UploadRefused(f"This file is empty. {WANTED}")
    if len(content) > MAX_BYTES:
        raise UploadRefused(f"This file is larger than {MAX_BYTES // 1024**2} MB. Scan it with fewer dots per inch.")
    kind = kind_of(content)
    plain = plain_name(name)
    _stem, dot, ending = plain.rpartition(".")
    if dot and ENDINGS.get(ending.casefold()) != kind and looks_like_an_ending(ending):
        raise UploadRefused(
            f"The name ends with .{ending[:10]}, but this is a {LABELS[kind]}. Give it its right ending."
        )
    kept = CUTTERS[kind](content)
    if MARKUP.search(content[len(kept) :]):
        raise UploadRefused(f"This file holds a web page behind its end. {WANTED}")
    shown = plain if dot and ENDINGS.get(ending.casefold()) == kind else f"{plain}.{kind}"
    return Upload(shown, kind, kept, hashlib.sha256(kept).hexdigest())


def kind_of(content: bytes) -> str:
    """Return what a file's first bytes say it is; raises UploadRefused for anything else."""
    head = content[:LOOKED_AT]
    if MARKUP.search(head):
        raise UploadRefused(f"This file holds a web page. {WANTED}")
    if PDF_HEAD.match(head):
        return PDF
    if head.startswith(PNG_HEAD):
        return PNG
    if head.startswith(JPEG_HEAD):
        return JPEG
    raise UploadRefused(f"This is no PDF and no PNG or JPEG picture. {WANTED}")


def looks_like_an_ending(text: str) -> bool:
    """Return whether what follows a name's last dot says a kind of file, and not the rest of "Dr. Smith"."""
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9]{1,5}", text))


def plain_name(name: str) -> str:
    """Return the last part of a name without what could mislead a person or a file system, never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    letters = "".join(c if c.isprintable() and c not in '<>:"|?*' else " " for c in last if not is_hidden(c))
    words = " ".join(letters.split()).strip(". ")
    return words[-MAX_NAME:] or "file"


def is_hidden(letter: str) -> bool:
    """Return whether a character turns, joins or hides others."""
    return unicodedata.category(letter) in ("Cf", "Cs", "Co", "Cn")


def cut_pdf(content: bytes) -> bytes:
    """Return a PDF up to its last end mark; raises UploadRefused when there is none."""
    ends = [found.end() for found in PDF_END.finditer(content)]
    if not ends:
        raise UploadRefused(DAMAGED)
    return content[: ends[-1]]


def cut_png(content: bytes) -> bytes:
    """Return a PNG up to the end of its last chunk; raises UploadRefused when it breaks off or is too large."""
    place = len(PNG_HEAD)
    while place + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        place += 12 + length
        if kind == b"IEND" and place <= len(content):
            refuse_size(content)
            return content[:place]
    raise UploadRefused(DAMAGED)


def cut_jpeg(content: bytes) -> bytes:
    """Return a JPEG up to its last end mark; raises UploadRefused when there is none, or it is too large."""
    end = content.rfind(b"\xff\xd9")
    if end < 0:
        raise UploadRefused(DAMAGED)
    refuse_size(content)
    return content[: end + 2]


CUTTERS: dict[str, Callable[[bytes], bytes]] = {PDF: cut_pdf, PNG: cut_png, JPEG: cut_jpeg}


def refuse_size(content: bytes) -> None:
    """Refuse a picture by the size that its head tells; not a pixel is decoded. Raises UploadRefused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
    except Image.DecompressionBombError:
        width = height = MAX_SIDE + 1
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UploadRefused(DAMAGED) from error
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise UploadRefused("This picture has too many pixels. Scan or save it smaller, or as PDF.")
