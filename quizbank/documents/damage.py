"""A text and the spans worth reading in; warnings about characters lost or words run together on the way out."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizbank.documents.tree import Warning
from quizbank.documents.vocabulary import is_common, is_known, is_medical
from quizbank.documents.word_sets import word_set

_MOST_WARNINGS = 50
_UNITS = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|times|percent)"
_MEASURES = rf"(?:mg|mcg|µg|g|kg|mL|ml|mmol|mmHg|mm|cm|%|units?|{_UNITS})"
SCANNED = re.compile(rf"\b(?:\d+O[\dO]*\b|(?=[\dOIl]*\d)[\dOIl]*[OIl][\dOIl]*(?= ?{_MEASURES}(?!\w)))")
"""A number in which a scanner took a digit for a letter: "1O mg", "l5 days"."""
_AS_DIGITS = str.maketrans("OIl", "011")


@dataclass(frozen=True)
class _Damage:
    """What damaged words look like, what the author is told, and how the words were meant."""

    pattern: re.Pattern[str]
    detail: str
    meant: Callable[[re.Match[str]], str] = lambda found: ""


_PATTERNS = (
    _Damage(
        re.compile("\ufffd|â€.|Ã[©¨¤¶¼±³¡]|Â[°µ±·]|ï»¿"), "Characters were lost when this text was saved or copied."
    ),
    _Damage(
        re.compile(rf"\b(\d{{1,4}}) (?:(?:of )?the (?={_UNITS}\b)|an? (?={_UNITS}(?<=s)\b))(\w+)"),
        "A word seems to be out of place beside this number.",
        lambda found: f"{found[1]} {found[2]}",
    ),
    _Damage(
        re.compile(rf"\b([a-z]{{2,12}})(\d{{1,4}})({_UNITS})\b|\b(\d{{1,4}})({_UNITS})\b"),
        "A blank seems to be missing beside this number.",
        lambda found: " ".join(filter(None, found.groups())),
    ),
    _Damage(
        re.compile(r"\b([a-z]{3,24}),([a-z]{3,24})\b"),
        "A blank seems to be missing after this comma.",
        lambda found: f"{found[1]}, {found[2]}",
    ),
    _Damage(
        re.compile(r"\b([A-Za-z]{4,30})(\([A-Za-z-]{3,40}\))"),
        "A blank seems to be missing before this bracket.",
        lambda found: f"{found[1]} {found[2]}",
    ),
    _Damage(SCANNED, "A letter seems to stand for a digit.", lambda found: found[0].translate(_AS_DIGITS)),
)
_LINKS = word_set(
    "from|with|that|this|when|than|into|they|have|been|were|which|where|while|these|those|after|before|also|most|some|because|"
    "such|then|their|there|your|will|should|could|would|may|often|usually|called|known"
)
_WORD = re.compile(r"(?<![\w-])[a-z]{9,40}(?![\w(-])")


_OPENINGS = r"(?:hyper|hypo|brady|tachy|endo|peri|dys|poly|anti|micro|macro)"
_SPLIT = re.compile(rf"(?<![\w-])({_OPENINGS}) ([a-z]{{4,20}})(?![\w-])", re.IGNORECASE)


def damage_warnings(text: str, spans: Sequence[tuple[int, int]]) -> list[Warning]:
    """Return the warnings in order of their places, at most as many as someone would read."""
    found = [
        Warning("damaged", first, last, text[first:last], detail, meant)
        for start, end in spans
        for finder in (_pattern_hits, _glued_words, _split_words)
        for first, last, detail, meant in finder(text, start, end)
    ]
    return sorted(found, key=lambda warning: warning.start)[:_MOST_WARNINGS]


Found = Iterator[tuple[int, int, str, str]]


def _pattern_hits(text: str, start: int, end: int) -> Found:
    for damage in _PATTERNS:
        for match in damage.pattern.finditer(text, start, end):
            yield match.start(), match.end(), damage.detail, damage.meant(match)


def _glued_words(text: str, start: int, end: int) -> Found:
    """Find words that nobody knows but that are two words everybody knows ("changesfrom")."""
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        if is_known(word) or is_medical(word):
            continue
        halves = _halves(word)
        if halves:
            meant = " ".join(halves)
            yield match.start(), match.end(), f"Two words seem to be run together: “{meant}”.", meant


def _split_words(text: str, start: int, end: int) -> Found:
    """Find words that stand in two pieces ("hyper tension")."""
    for match in _SPLIT.finditer(text, start, end):
        meant = match[1] + match[2]
        if is_known(meant.lower()):
            yield match.start(), match.end(), f"One word seems to stand in two pieces: “{meant}”.", meant


def _halves(word: str) -> tuple[str, str] | None:
    for index in range(4, len(word) - 3):
        first, second = word[:index], word[index:]
        # Two nouns may make a word of their own ("homebound"); nothing is built with "from" or "usually".
        joins = first in _LINKS or second in _LINKS or second.endswith("ally")
        if joins and is_common(first) and is_common(second):
            return first, second
    return None
