"""What a recipient is shown of one record: plain values that pages and packets are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ENTERED = ("Entered by the person", "neutral")
ENTERED_WORDS = "Entered by the person who shares it, and not verified here."


@dataclass(frozen=True)
class Check:
    """One thing that was looked at just now: a tone (good, caution, bad, neutral) and a sentence."""

    tone: str
    words: str


@dataclass(frozen=True)
class SharedEntry:
    """One record as its recipient sees it.

    ``verdict`` is a word with its tone, ``facts`` are terms with what they say, ``address`` the public page where anyone
    may check it, ``files`` the labels of the files that come with it, ``proof`` what machines check it with.
    """

    kind: str
    title: str
    verdict: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]
    address: str = ""
    files: tuple[str, ...] = ()
    proof: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SharedFile:
    """A file that comes with a record. ``folder`` is where it lies in the packet."""

    folder: str
    name: str
    mime_type: str
    content: bytes


def verdict_of(checks: tuple[Check, ...]) -> tuple[str, str]:
    """Return the one word for a certificate that stands, from its checks: as bad as the worst of them."""
    tones = {check.tone for check in checks}
    if "bad" in tones:
        return "Does not verify", "bad"
    return ("Partly verified", "caution") if "caution" in tones else ("Verified", "good")
