"""Tells real references from what only stands under that heading: a line and the document's own words in, a reason out.

A reference lets a reader find the work (Vancouver style, as the National Library of Medicine's Citing Medicine asks): who
wrote it, what it is called, and a year, an identifier or the address of a guideline.
"""

import re

MIN_LETTERS = 12
MIN_REPEATED = 24
FILLERS = {
    "a", "and", "applicable", "available", "bibliography", "follow", "lorem", "ipsum", "n", "na", "nil", "no", "none", "not",
    "placeholder", "reference", "references", "sources", "source", "tba", "tbd", "test", "tests", "to", "todo", "xxx",
}  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*[\[(]?\d{1,3}[\]).]?\s+")
_YEAR = re.compile(r"(?<![\d/.-])(?:1[89]|20)\d\d(?!\d)")
_IDENTIFIER = re.compile(
    r"\b10\.\d{4,9}/\S+|\bPM(?:ID|CID)?:?\s*\d{4,}|\bISBN\b|\b\d{1,4}\s?\([^)\s]{1,12}\)\s?:\s?\w?\d+|;\s?\d{1,4}\s?:\s?\w?\d+",
    re.IGNORECASE,
)
_GUIDELINE = re.compile(
    r"guid(?:eline|ance)|recommendation|statement|consensus|standard|leitlinie|recommandation", re.IGNORECASE
)
_BODY_THAT_WRITES = re.compile(
    r"\b(?:academy|agency|association|cent(?:er|re)s?|college|commission|committee|council|department|federation|foundation|"
    r"group|initiative|institutes?|ministry|network|office|organi[sz]ation|panel|service|society|task force|university)\b"
    r"|\b(?:press|publish(?:ers|ing)|verlag|elsevier|springer|wiley|mcgraw)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th) ed(?:ition|\b)",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_INITIALS = re.compile(
    r"[^\W\d_][\w'’-]+,?\s+(?:[^\W\d_a-z]\.?[\s-]?){1,3}(?=[\s,.;:(]|$)|\b(?:[^\W\d_a-z]\.\s?){1,3}[^\W\d_]\w+"
)


def why_no_reference(line: str, body: str = "") -> str | None:
    """Return what keeps one line from being a reference, None when it is one; ``body`` is the rest of the document."""
    return why_never(line, body) or why_incomplete(line)


def why_never(line: str, body: str = "") -> str | None:
    """Return why nobody can take a line for a reference: a filler, a bare address, a sentence of the document itself."""
    words = re.findall(r"\w+", _ADDRESS.sub(" ", _NUMBERING.sub("", line)).casefold())
    if not words and _ADDRESS.search(line):
        return "is an address only: say who published what, and when"
    if all(word in FILLERS or word.isdigit() for word in words):
        return "names no work"
    if len(plain(line)) >= MIN_REPEATED and not _IDENTIFIER.search(line) and plain(line) in plain(body):
        return "only repeats the document (a work told of there needs its DOI, or volume and pages)"
    return None


def why_incomplete(line: str) -> str | None:
    """Return which part of a reference a line lacks, None when it has an author or body, a title and a place to find it."""
    said = _ADDRESS.sub(" ", _NUMBERING.sub("", line))
    if not can_be_found(line):
        return "has no year, DOI or address of a guideline"
    if not names_an_author(said):
        return "names no author or publishing body"
    if sum(character.isalpha() for character in said) < MIN_LETTERS:
        return "has no title"
    return None


def can_be_found(line: str) -> bool:
    """Return whether a line tells a year, an identifier, or the address of a guideline."""
    if _YEAR.search(_ADDRESS.sub(" ", line)) or _IDENTIFIER.search(line):
        return True
    return bool(_ADDRESS.search(line) and _GUIDELINE.search(line))


def names_an_author(said: str) -> bool:
    """Return whether a line begins with a person or a body; scripts without capitals are taken at their word."""
    start = said[:200]
    uncased = any(character.isalpha() and character.upper() == character.lower() for character in start)
    body = _BODY_THAT_WRITES.search(start) or _ACRONYM.search(start)
    return bool(uncased or "et al" in start or body or _INITIALS.search(start))


def plain(text: str) -> str:
    """Return a text's letters and digits only, so that spacing, numbering and punctuation make no difference."""
    return "".join(re.findall(r"\w", _NUMBERING.sub("", text).casefold()))
