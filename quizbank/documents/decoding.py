"""The bytes of a text file in; its characters out, whatever encoding they were written in."""

import codecs

from quizbank.documents.errors import UnknownFormat

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0c\x1b")


def decode(content: bytes) -> str:
    """Return the text; refuse bytes that no one wrote as text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    guessed = _without_mark(content)
    if guessed:
        return _decoded(content, guessed)
    if looks_binary(content):
        raise UnknownFormat(
            "This file is not text: it holds binary data. Upload plain text, Markdown, HTML, PDF or DOCX."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # cp1252 is what Latin-1 files hold in practice; the five bytes it lacks become the replacement character.
        return content.decode("cp1252", errors="replace")


def looks_binary(content: bytes) -> bool:
    """Tell whether the beginning holds bytes that text does not have, in any single-byte encoding or UTF-8."""
    sample = content[:_SAMPLE]
    if not sample:
        return False
    controls = sum(1 for byte in sample if byte < 32 and byte not in _TEXT_CONTROLS)
    # A stray NUL is damage and is taken out later; more than one control in a hundred is not text.
    return controls > max(2, len(sample) // 100)


def _without_mark(content: bytes) -> str:
    """Return UTF-16's byte order when every other byte of the beginning is zero, as in western text."""
    sample = content[:_SAMPLE]
    if len(sample) < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownFormat("This text file is damaged or cut off. Save it again as UTF-8 and upload it.") from error
