"""A text and the spans worth reading in; warnings about characters lost or words run together on the way out."""

import re
from collections.abc import Iterator, Sequence

from quizbank.documents.tree import Warning
from quizbank.documents.vocabulary import is_common, is_known, is_medical
from quizbank.documents.word_sets import word_set

_MOST_WARNINGS = 50
_UNITS = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|percent)"
_PATTERNS = (
    (re.compile("\ufffd|â€.|Ã[©¨¤¶¼±³¡]|Â[°µ±·]|ï»¿"), "Characters were lost when this text was saved or copied."),
    (re.compile(rf"\b\d{{1,4}} (?:the|a|an|of the) {_UNITS}\b"), "A word seems to be out of place beside this number."),
    (
        re.compile(rf"\b[a-z]{{2,12}}\d{{1,4}}{_UNITS}\b|\b\d{{1,4}}{_UNITS}\b"),
        "A blank seems to be missing beside this number.",
    ),
    (re.compile(r"\b[a-z]{3,24},[a-z]{3,24}\b"), "A blank seems to be missing after this comma."),
    (re.compile(r"\b[A-Za-z]{4,30}\([A-Za-z-]{3,40}\)"), "A blank seems to be missing before this bracket."),
)
_LINKS = word_set(
    "from|with|that|this|when|than|into|they|have|been|were|which|where|while|these|those|after|before|also|most|some|because|"
    "such|then|their|there|your|will|should|could|would|may|often|usually|called|known"
)
_WORD = re.compile(r"(?<![\w-])[a-z]{9,40}(?![\w(-])")


def damage_warnings(text: str, spans: Sequence[tuple[int, int]]) -> list[Warning]:
    """Return the warnings in order of their places, at most as many as someone would read."""
    found = [
        Warning("damaged", first, last, text[first:last], detail)
        for start, end in spans
        for first, last, detail in (*_pattern_hits(text, start, end), *_glued_words(text, start, end))
    ]
    return sorted(found, key=lambda warning: warning.start)[:_MOST_WARNINGS]


def _pattern_hits(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for pattern, detail in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            yield match.start(), match.end(), detail


def _glued_words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Find words that nobody knows but that are two words everybody knows ("changesfrom")."""
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if is_known(word) or is_medical(word):
            continue
        halves = _halves(word)
        if halves:
            yield match.start(), match.end(), f"Two words seem to be run together: “{halves[0]} {halves[1]}”."


def _halves(word: str) -> tuple[str, str] | None:
    for index in range(4, len(word) - 3):
        first, second = word[:index], word[index:]
        # Two nouns may make a word of their own ("homebound"); nothing is built with "from" or "usually".
        joins = first in _LINKS or second in _LINKS or second.endswith("ally")
        if joins and is_common(first) and is_common(second):
            return first, second
    return None
