"""Options that run in order, numbers or the stages of a scale, keep that order: shuffled, they only cost reading time.

Source: NBME, Constructing Written Test Questions for the Health Sciences: numeric options stand in numeric order.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

_BEFORE = re.compile(r"^(?:about|at least|at most|up to|over|under|less than|more than|below|above|[<>≤≥=~±\s])+", re.I)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LABEL = re.compile(r"\b(?:[IVX]+|[A-Z])$")
_ROMAN = {"I": 1, "V": 5, "X": 10}


def runs_in_order(texts: Sequence[str]) -> bool:
    """Return whether the texts are one series, rising or falling as they stand: 2 mg, 4 mg, 8 mg; Stage A, B, C."""
    for place in (_numbered, _roman, _lettered):
        placed = [place(text) for text in texts]
        names, values = {name for name, _ in placed}, [value for _, value in placed]
        if len(names) == 1 and 0 not in values:
            return _rises(values) or _rises(values[::-1])
    return False


def _rises(values: Sequence[float]) -> bool:
    return all(one < other for one, other in pairwise(values))


def _numbered(text: str) -> tuple[str, float]:
    """Return what stands before the first number of a text, and the number plus 1 (0 when there is none)."""
    text = _BEFORE.sub("", text.strip())
    found = _NUMBER.search(text)
    return (text[: found.start()], 1 + float(found[0].replace(",", "."))) if found else (text, 0)


def _roman(text: str) -> tuple[str, float]:
    """Return what stands before the Roman numeral that ends a text, and its value (0 when there is none)."""
    name, label = _name_and_label(text)
    if not label or set(label) - set(_ROMAN):
        return text, 0
    values = [_ROMAN[letter] for letter in label]
    return name, sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _lettered(text: str) -> tuple[str, float]:
    """Return what stands before the capital letter that ends a text, and its place in the alphabet (0 without one)."""
    name, label = _name_and_label(text)
    return (name, ord(label) - ord("A") + 1) if len(label) == 1 else (text, 0)


def _name_and_label(text: str) -> tuple[str, str]:
    found = _LABEL.search(text)
    return (text[: found.start()], found[0]) if found else (text, "")
