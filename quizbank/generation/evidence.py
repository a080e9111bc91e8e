"""A pattern's name and version in; what speaks for it, in words and numbers, out."""

from quizbank.generation.licences import Licence, Pattern, licence_of


def licence_words(pattern: str, version: int, licences: tuple[Licence, ...]) -> str:
    """Return a pattern's licence as an author reads it."""
    found = licence_of(Pattern(pattern, version, ""), licences)
    return found.words if found else "no licence yet"
