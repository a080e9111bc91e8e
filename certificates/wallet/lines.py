"""One line of text as typed goes in; the same line as it is kept comes out: composed, single blanks, nothing hidden."""

import unicodedata

KEPT_JOINERS = "\u200c\u200d"
"""Persian and Indic words need them."""


def plain_line(text: str | None) -> str:
    """Return a line without controls (among them those that turn the direction of text) and without stray blanks."""
    composed = unicodedata.normalize("NFC", text or "")
    letters = (" " if c.isspace() else "" if is_control(c) else c for c in composed)
    return " ".join("".join(letters).split())


def is_control(letter: str) -> bool:
    """Return whether a character shows nothing and changes how others are shown."""
    return letter not in KEPT_JOINERS and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")
