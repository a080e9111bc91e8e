"""A file's name and bytes in; the reader that can read it out, or an error that says what the file is."""

from pathlib import PurePosixPath
from types import ModuleType

from quizbank.documents.errors import UnknownFormat
from quizbank.documents.readers import READERS

_WANTED = "Upload plain text, Markdown, HTML, PDF or DOCX."
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc) or a Word file protected by a password"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
)


def reader_for(name: str, content: bytes) -> ModuleType:
    """Return the reader by what the bytes are; refuse a name that says otherwise."""
    for signature, what in _FOREIGN:
        if content.startswith(signature):
            raise UnknownFormat(f"This is {what}, which cannot be read. {_WANTED}")
    reader = next(reader for reader in READERS if reader.recognises(name, content))
    named = _named_format(name)
    if named and named is not reader and _BINARY & {named.NAME, reader.NAME}:
        raise UnknownFormat(
            f"This file is named like {named.NAME}, but its content is {reader.NAME}. "
            "Give it its right name and upload it again."
        )
    return reader


def _named_format(name: str) -> ModuleType | None:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return next((reader for reader in READERS if suffix and suffix in reader.SUFFIXES), None)


# Text may turn out to be Markdown or HTML whatever its name; a PDF or a Word file is never anything else.
_BINARY = frozenset(reader.NAME for reader in READERS if reader.IS_BINARY)
