"""What a message says: its subject and paragraphs go in; the plain text that a person reads comes out.

Words that people typed (names, titles) stand on one line each, so that none of them can look like a part of the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_SUBJECT = 120
LONGEST_QUOTE = 80
RULE = "-- "
"""Mail programs show what stands below as a signature."""


@dataclass(frozen=True)
class Letter:
    """One message to one person before it has an address. ``key`` names the event: it is told once, however often asked.

    ``kind`` is one of KINDS, ``about`` names what the message is about, like "certificate:12".
    """

    kind: str
    key: str
    about: str
    subject: str
    paragraphs: tuple[str, ...]


def one_line(text: str, longest: int) -> str:
    """Return a text on one line, without controls, cut where it is too long."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def quoted(title: str) -> str:
    """Return a title as it stands in a sentence."""
    return f"“{one_line(title, LONGEST_QUOTE)}”"


def subject_of(letter: Letter) -> str:
    """Return the subject as it is sent."""
    return one_line(letter.subject, LONGEST_SUBJECT)


def body_of(letter: Letter, name: str, provider: str, choices: str, can_choose: bool) -> str:
    """Return the text of a message to the person of this name; ``choices`` is where messages are switched off."""
    lines: Sequence[str] = [f"Hello {one_line(name, 200)},", *letter.paragraphs]
    closing = [RULE, f"{one_line(provider, 200)} sent you this message."]
    if can_choose:
        closing += ["Choose which messages you get:", choices]
    return "\n\n".join([*lines, "\n".join(closing)]) + "\n"
