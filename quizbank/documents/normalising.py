"""Text as found in a file in; NFC text without control, direction or invisible characters out."""

import re
import unicodedata

# C0/C1 controls other than tab and line feed; soft hyphen; zero-width space; direction marks, embeddings and isolates;
# byte order mark; lone surrogates; non-characters. ZWJ and ZWNJ stay: Indic and Persian words need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
# UAX #15, Stream-Safe Text Format: no real word carries more than 30 marks; NFC of longer runs takes quadratic time.
_MARKS_IN_A_ROW = 30


def normalise(text: str) -> str:
    """Return the text in NFC with "\\n" line ends and nothing in it that a reader cannot see."""
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _cap_marks(text))


def one_line(text: str) -> str:
    """Return the normalised text with every run of blanks as one space."""
    return " ".join(normalise(text).split())


def _cap_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if character > "\u02ff" and unicodedata.combining(character) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
