"""A text and the spans worth reading in; warnings about suspected misspellings out, each with a likely correction."""

import re
from collections import Counter
from collections.abc import Sequence

from quizbank.documents.tree import Warning
from quizbank.documents.vocabulary import correction_of, is_known, is_medical

_WORD = re.compile(r"(?<![\w@./-])[A-Za-z]{3,24}(?![\w@-]|[./]\w)")
# No one reads more warnings than this, and a text with more is not English.
_MOST_WARNINGS = 100
_MOST_UNKNOWN = 5_000
# A word written this often is meant.
_MEANT = 3
_SHORTEST = 5
_SHORT_SLIPS = {"teh": "the", "adn": "and", "hte": "the", "taht": "that", "wich": "which", "thier": "their", "fo": "of"}


def spelling_warnings(text: str, spans: Sequence[tuple[int, int]]) -> list[Warning]:
    """Return a warning per suspect word, at its first place."""
    found = [match for start, end in spans for match in _WORD.finditer(text, start, end)]
    counts = Counter(match.group().lower() for match in found)
    starts = {start for start, _ in spans}
    warnings: list[Warning] = []
    seen: set[str] = set()
    for match in found:
        word = match.group().lower()
        if word in seen or len(seen) > _MOST_UNKNOWN or len(warnings) >= _MOST_WARNINGS:
            continue
        if not _may_be_slip(match, counts[word], starts):
            continue
        seen.add(word)
        correction = _SHORT_SLIPS.get(word) or correction_of(word) or _written_otherwise(word, counts)
        if correction:
            meant = correction.capitalize() if match.group()[0].isupper() else correction
            detail = f"“{match.group()}” may be a misspelling of “{correction}”."
            warnings.append(Warning("spelling", match.start(), match.end(), match.group(), detail, meant))
    return warnings


def _may_be_slip(match: re.Match[str], count: int, starts: set[int]) -> bool:
    """Names, abbreviations and words used again and again are meant as they stand."""
    word = match.group()
    if word.lower() in _SHORT_SLIPS:
        return True
    named = not word.islower() and not (match.start() in starts and word[1:].islower())
    return len(word) >= _SHORTEST and not named and count < _MEANT and not is_known(word.lower())


def _written_otherwise(word: str, counts: Counter[str]) -> str:
    """Return a word of the document that differs by a letter or two and is written more often."""
    if len(word) < 9 or is_medical(word):
        return ""
    near = [
        other
        for other, count in counts.items()
        if count > counts[word] and abs(len(other) - len(word)) <= 2 and other[0] == word[0] and other[-3:] == word[-3:]
    ]
    likely = [other for other in near if _distance_within_two(word, other) and not _differ_by_prefix(word, other)]
    return likely[0] if likely else ""


def _differ_by_prefix(one: str, other: str) -> bool:
    """“Hyponatremia” and “hypernatremia” are two words, and so are “prednisone” and “prednisolone”."""
    openings = (
        "hypo",
        "hyper",
        "intra",
        "inter",
        "infra",
        "pre",
        "pro",
        "per",
        "para",
        "peri",
        "anti",
        "ante",
        "micro",
        "macro",
    )
    if any(one.startswith(opening) != other.startswith(opening) for opening in openings):
        return True
    return one.endswith(("one", "ine", "ide", "ol", "ate", "mab", "nib", "vir", "mycin"))


def _distance_within_two(one: str, other: str) -> bool:
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, against in enumerate(other, start=1):
            change = previous[column - 1] + (letter != against)
            current.append(min(previous[column] + 1, current[column - 1] + 1, change))
        if min(current) > 2:
            return False
        previous = current
    return previous[-1] <= 2
