"""Whose turn it is to save: what a page saw and which page it is go in; whether it may save comes out.

Every page drawn has an id of its own and says how many saves of the attempt it has seen. It may save while nobody else
has saved since, or while it was itself the last to save; so a retry after a lost reply is let in, and a page left open
in another tab never writes over newer answers.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """The page that wants to save (16 hexadecimal digits), and how many saves it has seen."""

    page: str
    seen: int


def may_save(turn: Turn, saves: int, writer: str) -> bool:
    """Return whether a page may save when ``writer`` made the last of so many saves."""
    return turn.seen == saves or turn.page == writer
