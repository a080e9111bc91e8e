"""What a written answer says, whatever its spelling: text in, the form in which two answers are compared out."""

import re
import unicodedata

_ARTICLE = re.compile(r"^(?:a|an|the) (?=.)")
_APART = re.compile(r"[\s\-‐‑‒–—/⁄]+")
_MARKS = re.compile(r"[^\w\s.,+%°<>=≤≥]")
_POINT = re.compile(r"(?<!\d)[.,]|[.,](?!\d)")


def normalised(text: str) -> str:
    """Return a text without what does not change its meaning, "" when nothing is left.

    Capitals, accents, compatibility forms (full-width letters, ligatures, superscripts), an article at the beginning,
    hyphens (a blank stands for them), blanks and punctuation do not count. Signs that mean something stay: plus, percent,
    degree, comparisons, and the point or comma inside a number.
    """
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    apart = _APART.sub(" ", letters)
    bare = _POINT.sub(" ", _MARKS.sub("", apart))
    return _ARTICLE.sub("", " ".join(bare.split()))
