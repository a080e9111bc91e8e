"""The public log of certificates: what happened goes in, one leaf per event comes out; and a state from its leaves.

A leaf names nobody: a certificate stands in it as the SHA-256 of its serial, what it states as the SHA-256 of its
frozen facts (which hold the serial, so that nobody can guess them), its PDF as the SHA-256 of its bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from certificates.issuing.tokens import canonical_json

VERSION = 1
EventKind = Literal["issued", "rendered", "revoked", "superseded", "erased"]


@dataclass(frozen=True)
class LoggedState:
    """What the leaves of one certificate say about it: hashes in hex, times as they are logged."""

    state: str
    stated: str | None = None
    file: str | None = None
    changed_at: str | None = None
    replaced_by: str | None = None
    erased_at: str | None = None


def leaf_of(event: EventKind, serial: str, at: datetime, **details: str) -> str:
    """Return the text of a leaf, in canonical JSON. Details are hashes: ``stated``, ``file`` or ``by``."""
    leaf = {"at": logged_time(at), "event": event, "serial": hashed_serial(serial), "v": VERSION, **details}
    return canonical_json(leaf).decode()


def logged_time(at: datetime) -> str:
    """Return a time as the log writes it: UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def hashed_serial(serial: str) -> str:
    """Return the SHA-256 (hex) under which a certificate stands in the log."""
    return hashlib.sha256(serial.encode()).hexdigest()


def hashed_statement(
    facts: Mapping[str, Any], evidence: Mapping[str, Any] | None, design: str, fingerprint: str, issued_at: datetime
) -> str:
    """Return the SHA-256 (hex) over everything frozen at issue."""
    frozen = [facts, evidence, design, fingerprint, logged_time(issued_at)]
    return hashlib.sha256(canonical_json(frozen)).hexdigest()


def replayed(leaves: Iterable[str]) -> LoggedState:
    """Return the state in which the leaves of one certificate, in the order of the log, leave it."""
    found = LoggedState("unknown")
    for leaf in map(json.loads, leaves):
        found = after(found, leaf)
    return found


def after(before: LoggedState, leaf: Mapping[str, Any]) -> LoggedState:
    """Return the state after one more leaf."""
    match leaf["event"]:
        case "issued":
            return LoggedState("valid", leaf["stated"])
        case "rendered":
            return replace(before, file=leaf["file"])
        case "erased":
            return replace(before, erased_at=leaf["at"])
        case event:
            return replace(before, state=event, changed_at=leaf["at"], replaced_by=leaf.get("by"))
