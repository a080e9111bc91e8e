"""Parts in; the spans that say a second time what the document said before out."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quizbank.documents.parts import Part
from quizbank.documents.tree import LeftOut

# A sentence or two may be repeated on purpose (a summary); a whole passage is a second copy.
_FEWEST_UNITS = 4
_FEWEST_WORDS = 60
# How many lines one copy may have that the other lacks (dropped headings, an added caption) before the run ends.
_SKIP = 3
_ALIKE = 0.85
# A list that shares most of its items with another is another list.
_COMPLETE = 0.9
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Unit:
    start: int
    end: int
    words: tuple[str, ...]

    @property
    def digits(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if any(character.isdigit() for character in word))


def find_repeats(text: str, parts: Sequence[Part]) -> list[LeftOut]:
    """Return every unit of every second copy, in order; the first copy stays."""
    units = _units(text, parts)
    earlier: dict[tuple[str, ...], list[int]] = defaultdict(list)
    left_out: list[LeftOut] = []
    position = 0
    while position < len(units):
        pairs = _copied_stretch(units, _longest_run(units, earlier, position))
        if pairs:
            left_out.extend(_left_out(text, units, pairs))
            position = pairs[-1][0] + 1
            continue
        earlier[units[position].words].append(position)
        position += 1
    return left_out


def _units(text: str, parts: Sequence[Part]) -> list[_Unit]:
    units = []
    for part in parts:
        if part.kind == "left_out":
            continue
        spans = [(part.start, part.end)] if part.kind == "row" else [(s.start, s.end) for s in part.sentences]
        for start, end in spans:
            words = tuple(_WORD.findall(text[start:end].casefold()))
            if words:
                units.append(_Unit(start, end, words))
    return units


def _longest_run(units: list[_Unit], earlier: dict[tuple[str, ...], list[int]], position: int) -> list[tuple[int, int]]:
    """Return the pairs (copy, original) of the best run that starts with an exact repeat at ``position``."""
    best: list[tuple[int, int]] = []
    # The first occurrences suffice: a thousandth copy repeats the first one as well.
    for original in earlier.get(units[position].words, [])[:3]:
        run = _run(units, position, original)
        best = run if len(run) > len(best) else best
    return best


def _run(units: list[_Unit], copy: int, original: int) -> list[tuple[int, int]]:
    begin = copy
    pairs = [(copy, original)]
    while True:
        step = _next_match(units, copy, original, begin)
        if step is None:
            return pairs
        copy, original = step
        pairs.append(step)


def _next_match(units: list[_Unit], copy: int, original: int, begin: int) -> tuple[int, int] | None:
    """Return the nearest pair after this one that says the same, the copy not reaching into itself."""
    for skipped in range(_SKIP * 2 + 1):
        for in_copy in range(max(0, skipped - _SKIP), min(skipped, _SKIP) + 1):
            later, former = copy + 1 + in_copy, original + 1 + skipped - in_copy
            if later < len(units) and former < begin and _same(units[later], units[former]):
                return later, former
    return None


def _same(one: _Unit, other: _Unit) -> bool:
    """Tell whether two units say the same; another number is another statement."""
    if one.words == other.words:
        return True
    if len(one.words) < 5 or one.digits != other.digits:
        return False
    shared = len(set(one.words) & set(other.words))
    return shared / max(len(set(one.words)), len(set(other.words))) >= _ALIKE


def _copied_stretch(units: list[_Unit], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest beginning of a run that is a copy nearly without gaps, empty if there is none."""
    best = 0
    words = 0
    for count, (copy, _) in enumerate(pairs, start=1):
        words += len(units[copy].words)
        complete = count >= _COMPLETE * (copy - pairs[0][0] + 1)
        if complete and count >= _FEWEST_UNITS and words >= _FEWEST_WORDS:
            best = count
    return pairs[:best]


def _left_out(text: str, units: list[_Unit], pairs: list[tuple[int, int]]) -> list[LeftOut]:
    first = units[pairs[0][1]]
    opening = " ".join(text[first.start : first.end].split()[:6])
    reason = f"repeats the text from “{opening}…”"
    spans = [(units[copy].start, units[copy].end) for copy, _ in pairs]
    return [LeftOut(start, end, text[start:end], reason) for start, end in spans]
