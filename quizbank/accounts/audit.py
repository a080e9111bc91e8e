"""The hash chain of the audit trail: an entry's facts and the hash before it go in, its own hash comes out.

Words that a person typed do not stand in the chain itself: an entry holds their seal, a salted hash, and the words are
kept beside it. So they can be erased one day and the chain still holds; why is told in decision 0037.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64
SEAL = "sealed:"
FREE_TEXTS = frozenset({"reason", "note", "label"})
"""Facts that people type, in which a name can stand: what the trail tells under these names is sealed."""
CHECKED = "trail.checked"
"""What happened in the entries that tell what a check of the trail found."""
ERASING = frozenset({"account.deleted", "certificate.erased"})
"""What happened in the entries that may account for words that are not there any more."""


@dataclass(frozen=True)
class Entry:
    """One line of the trail as it is hashed. ``subject`` names what was acted on, like "attempt:12"."""

    at: datetime
    actor_id: int | None
    action: str
    subject: str
    facts: Mapping[str, Any]


def chained_hash(previous: str, entry: Entry) -> str:
    """Return the SHA-256 (hex) of the previous hash and this entry; times are taken in UTC."""
    line = json.dumps(
        [
            previous,
            entry.at.astimezone(UTC).isoformat(),
            entry.actor_id,
            entry.action,
            entry.subject,
            dict(entry.facts),
        ],
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(line.encode()).hexdigest()


def sealed(text: str, salt: str) -> str:
    """Return the seal that stands in the chain for words; nobody guesses short words from it without the salt."""
    return SEAL + hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def is_sealed(value: object) -> bool:
    """Return whether a fact of an entry is a seal."""
    return isinstance(value, str) and value.startswith(SEAL)


def first_broken(rows: Iterable[tuple[Entry, str, str]], expected: str = FIRST_HASH) -> int | None:
    """Return the position (from 0) of the first row whose hash or link does not hold, None when the chain is whole.

    Each row is (entry, previous hash, hash) in the order they were written; ``expected`` is the hash before the first.
    """
    for position, (entry, previous, stored) in enumerate(rows):
        if previous != expected or stored != hash_or_nothing(previous, entry):
            return position
        expected = stored
    return None


def hash_or_nothing(previous: str, entry: Entry) -> str | None:
    """Return an entry's hash, None for what was never written by this program: bytes for text, a number for a time."""
    try:
        return chained_hash(previous, entry)
    except (AttributeError, TypeError, ValueError):
        return None
