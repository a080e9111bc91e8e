"""Recomputing the log and comparing what is kept with it: rows go in, a sentence for everything that does not fit comes out.

Who changes a certificate in the database changes its hash, who changes the log changes its root, and the root was
signed with a key that is not in the database.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from certificates.issuing.checkpoint import Checkpoint, CheckpointRejected, read_note
from certificates.issuing.facts import ERASED
from certificates.issuing.log import LoggedState, hashed_serial, replayed
from certificates.issuing.merkle import EMPTY_ROOT, completed, frontier, leaf_hash, root

Keys = Collection[EllipticCurvePublicKey]
NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class LoggedRow:
    """One entry of the log as it is kept; ``hashes`` in hex, one after the other."""

    number: int
    leaf: str
    hashes: str
    checkpoint: str | None


@dataclass(frozen=True)
class KeptCertificate:
    """What is kept of a certificate, with hashes (hex) made of it just now.

    ``serials``: the one in its row and the one in its facts; ``stated``: hash of what was frozen; ``file``: hash of the
    PDF's bytes and the hash kept beside them, None before it is rendered; ``changed_at``, ``erased_at``: as the log writes
    times.
    """

    serials: tuple[str, str]
    names: tuple[str, str]
    state: str
    stated: str
    file: tuple[str, str] | None
    changed_at: str | None
    replaced_by: str | None
    erased_at: str | None = None


class LogAudit:
    """Goes through the log from its beginning and finds what does not fit; afterwards knows its size and its root."""

    def __init__(self, keys: Keys, witnessed: Iterable[Checkpoint] = ()) -> None:
        self.keys = keys
        self.witnessed = {one.size: one for one in witnessed}
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.size = 0
        self.is_sound = True

    @property
    def root(self) -> bytes:
        """Return the root of what was gone through so far."""
        return root(self.size, lambda *place: self.nodes[place]) if self.size else EMPTY_ROOT

    def problems(self, rows: Iterable[LoggedRow]) -> Iterator[str]:
        """Yield a sentence for every entry that was changed or is missing; a wrong root is told where it begins."""
        for row in rows:
            if row.number != self.size:
                yield f"Entry {self.size} of the log is missing."
                return
            yield from self.problems_of(row)
        for size in sorted(self.witnessed):
            if size > self.size:
                yield f"The log has {self.size} entries; a checkpoint was signed when it had {size}. It was cut."

    def problems_of(self, row: LoggedRow) -> Iterator[str]:
        """Take one more entry and yield what does not fit."""
        hashes = completed(row.number, leaf_hash(row.leaf.encode()), lambda *place: self.nodes[place])
        known = self.nodes | {(level, (row.number + 1 >> level) - 1): one for level, one in enumerate(hashes)}
        self.size = row.number + 1
        self.nodes = {place: known[place] for place in frontier(self.size)}
        if "".join(one.hex() for one in hashes) != row.hashes:
            yield f"Entry {row.number} of the log was changed."
        if self.is_sound and (problem := self.unsound(row)):
            self.is_sound = False
            yield problem

    def unsound(self, row: LoggedRow) -> str | None:
        """Return what is wrong about the signed or witnessed root after an entry."""
        witnessed = self.witnessed.get(self.size)
        if witnessed and witnessed.root != self.root:
            return f"The log up to entry {row.number} is not the one of the checkpoint that was kept elsewhere."
        if row.checkpoint is None:
            return None
        try:
            signed = read_note(row.checkpoint, self.keys)
        except CheckpointRejected as error:
            return f"Entry {row.number} of the log: {error}"
        if (signed.size, signed.root) == (self.size, self.root):
            return None
        return (
            f"The log up to entry {row.number} is not what was signed then: this entry or an earlier one was changed."
        )


def certificate_problems(kept: KeptCertificate, leaves: Collection[str]) -> list[str]:
    """Return a sentence for everything about a certificate that is not as the log tells it."""
    serial = kept.serials[0]
    if not leaves:
        return [f"Certificate {serial} is not in the log."]
    logged = replayed(leaves)
    named = {json.loads(leaf)["serial"] for leaf in leaves}
    by = hashed_serial(kept.replaced_by) if kept.replaced_by else None
    findings = {
        "the log knows it under another serial": named == {hashed_serial(serial)}
        and kept.serials[0] == kept.serials[1],
        "the name in the list is not the one it states": kept.names[0] == kept.names[1],
        "the log tells otherwise whether it was erased": logged.erased_at == kept.erased_at,
        **(remains_of(kept, logged) if kept.erased_at else contents_of(kept, logged)),
        f"it is kept as {kept.state}, the log says {logged.state}": logged.state == kept.state,
        "the date of its state was changed": logged.changed_at == kept.changed_at,
        "what replaced it was changed": logged.replaced_by == by,
    }
    return [f"Certificate {serial}: {words}." for words, fits in findings.items() if not fits]


def contents_of(kept: KeptCertificate, logged: LoggedState) -> dict[str, bool]:
    """Return whether what a certificate states and its PDF are those that were logged."""
    made, noted = kept.file or (None, None)
    return {
        "what it states was changed": logged.stated == kept.stated,
        "the bytes of its PDF were changed": logged.file == made == noted,
    }


def remains_of(kept: KeptCertificate, logged: LoggedState) -> dict[str, bool]:
    """Return whether of an erased certificate only the hash of its PDF is left, and that is the one that was logged."""
    made, noted = kept.file or (NOTHING, None)
    return {
        "its PDF is still there though it was erased": made == NOTHING,
        "the hash of its PDF was changed": logged.file == noted,
        "its name is still there though it was erased": kept.names == (ERASED, ERASED),
    }
