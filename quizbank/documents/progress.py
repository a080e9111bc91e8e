"""How far a long reading is: what is being done and which part of how many; as a line between two processes, and back."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

LONGEST_LINE = 1_000
LONGEST_WORDS = 80
MOST_PARTS = 100_000


@dataclass(frozen=True)
class Progress:
    """What is being done, in words for the person who waits. ``parts`` is 0 where they cannot be counted."""

    words: str
    part: int = 0
    parts: int = 0


Told = Callable[[Progress], None]
"""Whoever reads is handed one of these and calls it now and then."""


def quiet(progress: Progress) -> None:
    """Tell nobody."""


def page_of(number: int, count: int) -> Progress:
    """Return that a page is being read."""
    return Progress(f"Reading page {number} of {count}", number, count)


def to_line(progress: Progress) -> bytes:
    """Return one line without its end."""
    return json.dumps(asdict(progress)).encode()


def from_line(line: bytes) -> Progress | None:
    """Return what a line says, None when it does not fit: whoever wrote it is not trusted."""
    if len(line) > LONGEST_LINE:
        return None
    try:
        told = Progress(**json.loads(line))
        fits = told.words.isprintable() and len(told.words) <= LONGEST_WORDS
        counted = 0 <= int(told.part) <= int(told.parts) <= MOST_PARTS
    except (ArithmeticError, AttributeError, RecursionError, TypeError, ValueError):
        return None
    return Progress(told.words, int(told.part), int(told.parts)) if fits and counted else None
