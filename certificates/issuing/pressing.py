"""The quick way to a certificate: its filled page goes in, its PDF printed from a plate comes out, or None.

Whether a plate serves is decided by the page alone, never by what was printed before, so that the same record always
goes the same way. None: the page is laid out by itself, which takes a hundred times as long and knows every script.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from threading import Lock

from certificates.issuing.archival import Attached
from certificates.issuing.plates import NoPlate, Plate
from certificates.issuing.printing import Sayings, TooLong, printed
from certificates.issuing.shaping import CannotShape
from certificates.issuing.varying import Break, Pattern, parted

SCRIPTS = frozenset(("LATIN", "GREEK", "CYRILLIC"))
"""Scripts that are set letter by letter from left to right."""
LEFT_TO_RIGHT = frozenset(("L", "EN", "ES", "ET", "CS", "ON", "WS", "NSM"))
"""Bidirectional kinds of letters, figures, signs and marks that never change places with their neighbors."""
KEPT = 200
"""Plates in memory, of some 80 kB each."""
Make = Callable[[Pattern, Attached | None], Plate]
"""Lays out a pattern and makes its plate; called once for each kind of certificate, raises NoPlate."""


class Press:
    """The plates of one process: the ones used last, each made when a certificate of its kind first asks for it."""

    def __init__(self) -> None:
        self.plates: dict[tuple[str, Pattern, Attached | None], Plate | None] = {}
        self.lock = Lock()

    def plate(self, design: str, pattern: Pattern, attached: Attached | None, make: Make) -> Plate | None:
        """Return the plate of a pattern in the design with this fingerprint, None when there can be none."""
        key = (design, pattern, attached)
        with self.lock:
            if key in self.plates:
                self.plates[key] = plate = self.plates.pop(key)
                return plate
        try:
            plate = make(pattern, attached)
        except NoPlate:
            plate = None
        with self.lock:
            self.plates[key] = plate
            while len(self.plates) > KEPT:
                del self.plates[next(iter(self.plates))]
        return plate


def pressed(press: Press, design: str, page: str, sayings: Sayings, room: int, make: Make) -> bytes | None:
    """Return the PDF of a page with room for its signature, None when it has to be laid out by itself.

    ``sayings`` is everything but the texts, which are taken from the page.
    """
    constant: set[int] = set()
    breaks: dict[int, Sequence[Break]] = {}
    while True:
        pattern, texts = parted(page, constant, breaks)
        try:
            return pressed_once(press, design, pattern, replace(sayings, texts=texts), room, make)
        except TooLong as error:
            breaks.update({element: ends for element, ends in error.elements.items() if ends})
            constant.update(element for element, ends in error.elements.items() if not ends)


def pressed_once(press: Press, design: str, pattern: Pattern, sayings: Sayings, room: int, make: Make) -> bytes | None:
    """Return the PDF of a pattern with these texts, None when there is no plate for it; raises TooLong."""
    if not all(is_set_letter_by_letter(text) for text in sayings.texts):
        return None
    attached = replace(sayings.attached, content=b"") if sayings.attached else None
    plate = press.plate(design, pattern, attached, make)
    if plate is None:
        return None
    try:
        return printed(plate, sayings, room)
    except CannotShape:
        return None


@lru_cache(maxsize=20_000)
def is_set_letter_by_letter(text: str) -> bool:
    """Return whether a text is of one script and direction, in which a font's own rules say all there is to say."""
    scripts = {script for letter in text if (script := script_of(letter))}
    kinds = {unicodedata.bidirectional(letter) for letter in text}
    return len(scripts) <= 1 and scripts <= SCRIPTS and kinds <= LEFT_TO_RIGHT


@lru_cache(maxsize=20_000)
def script_of(letter: str) -> str | None:
    """Return the script of a letter by its Unicode name, None for figures, signs and marks that every script shares."""
    if not unicodedata.category(letter).startswith("L"):
        return None
    return unicodedata.name(letter, "?").partition(" ")[0]
