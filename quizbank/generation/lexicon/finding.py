"""Text goes in; the terms of the lexicon that it names come out, the longest name at each place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quizbank.generation.lexicon.reading import TermGroup, term_groups

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’+]*")
_LONGEST = 7  # words


@dataclass(frozen=True)
class FoundTerm:
    """A term, its group and where the text names it, by whichever of its names."""

    group: TermGroup
    term: str
    start: int
    end: int


@cache
def _names() -> dict[tuple[str, ...], tuple[tuple[TermGroup, str, str], ...]]:
    """Return every name, as lower-case words, with its groups, terms and spelling."""
    found: dict[tuple[str, ...], list[tuple[TermGroup, str, str]]] = {}
    for group in term_groups():
        for term in group.terms:
            for name in group.names_of(term):
                words = tuple(word.lower() for word in _WORD.findall(name))
                if words and len(words) <= _LONGEST and name.isascii() and len("".join(words)) > 1:
                    found.setdefault(words, []).append((group, term, name))
    return {words: tuple(dict.fromkeys(rows)) for words, rows in found.items()}


@cache
def _longest() -> dict[str, int]:
    """Return, by the word a name opens with, how many words the longest such name has."""
    found: dict[str, int] = {}
    for words in _names():
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


def terms_in(text: str, start: int, end: int) -> Iterator[FoundTerm]:
    """Yield the terms named between two offsets, each place once per kind; acronyms must be written as such."""
    words = list(_WORD.finditer(text, start, end))
    names, longest, at = _names(), _longest(), 0
    while at < len(words):
        most = min(longest.get(words[at][0].lower(), 1), len(words) - at)
        length = next((size for size in range(most, 0, -1) if _key(words, at, size) in names), 0)
        if length:
            first, last = words[at].start(), words[at + length - 1].end()
            rows = names[_key(words, at, length)]  # type: ignore[index]
            yield from (
                FoundTerm(group, term, first, last) for group, term, name in rows if _is_written(name, text[first:last])
            )
        at += length or 1


def _key(words: list[re.Match[str]], at: int, size: int) -> tuple[str, ...] | None:
    """Return the name that stands at a place, its last word in the singular where only that is known."""
    run = tuple(word[0].lower() for word in words[at : at + size])
    if run in _names():
        return run
    single = (*run[:-1], re.sub(r"(?<=[a-z]{3})s$", "", run[-1]))
    return single if single in _names() else None


def _is_written(name: str, written: str) -> bool:
    """Return whether an acronym ("CT", "MET") stands there in its own capitals; other names may be in any case."""
    capitals = sum(letter.isupper() for letter in name)
    return capitals < 2 or " " in name or name == written.removesuffix("s") or name == written
