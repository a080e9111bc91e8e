"""The hash chain of the audit trail: an entry's facts and the hash before it go in, its own hash comes out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64


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


def first_broken(rows: Iterable[tuple[Entry, str, str]]) -> int | None:
    """Return the position (from 0) of the first row whose hash or link does not hold, None when the chain is whole.

    Each row is (entry, previous hash, hash) in the order they were written.
    """
    expected = FIRST_HASH
    for position, (entry, previous, stored) in enumerate(rows):
        if previous != expected or stored != chained_hash(previous, entry):
            return position
        expected = stored
    return None
