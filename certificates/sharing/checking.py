"""Checking one certificate just now: what is kept, its signature and its log proofs go in, sentences come out.

Nothing is taken on trust from the row: the signature is over the file's bytes, the leaves of the log must tell the same
state, and each leaf must stand in the tree whose root the provider signed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from certificates.issuing.auditing import KeptCertificate, certificate_problems
from certificates.issuing.checkpoint import CheckpointRejected, read_note
from certificates.issuing.inspection import Finding
from certificates.issuing.merkle import includes, leaf_hash
from certificates.sharing.entries import Check
from quizbank.time_words import long_day_words

NO_FILE = Check("caution", "Its file has not been made yet, so there is no signature to check. Look again later.")


@dataclass(frozen=True)
class LogProof:
    """What the public log says about one certificate. ``entries`` are number, leaf and way to the root; ``leaves`` all of it."""

    checkpoint: str | None
    entries: Sequence[Mapping[str, Any]]
    leaves: Sequence[str]

    def for_machines(self) -> dict[str, Any]:
        """Return the proof in the form in which the public page gives it to machines."""
        return {"checkpoint": self.checkpoint, "entries": [dict(entry) for entry in self.entries]}


def certificate_checks(
    kept: KeptCertificate,
    changed_on: date | None,
    finding: Finding | None,
    proof: LogProof,
    keys: Collection[EllipticCurvePublicKey],
) -> tuple[Check, ...]:
    """Return what was found about a certificate: its state, its signature, its place in the log."""
    return (state_check(kept.state, changed_on), signature_check(finding), log_check(kept, proof, keys))


def state_check(state: str, changed_on: date | None) -> Check:
    """Return the sentence about whether a certificate still stands."""
    since = f" on {long_day_words(changed_on)}" if changed_on else ""
    if state == "revoked":
        return Check("bad", f"It was revoked{since} and is not valid.")
    if state == "superseded":
        return Check("caution", f"It was replaced by a newer certificate{since}. Ask for the newer one.")
    return Check("good", "It has been neither revoked nor replaced.")


def signature_check(finding: Finding | None) -> Check:
    """Return the sentence about the signature of the file."""
    if finding is None:
        return NO_FILE
    return Check("good" if finding.state == "genuine" else "bad", finding.words)


def log_check(kept: KeptCertificate, proof: LogProof, keys: Collection[EllipticCurvePublicKey]) -> Check:
    """Return the sentence about the public log: whether it tells the same, and whether that is proved."""
    if not proof.leaves:
        return Check("bad", "The public log does not know this certificate.")
    if problems := certificate_problems(kept, proof.leaves):
        return Check("bad", f"The public log tells something else: {problems[0]}")
    if proof.checkpoint is None or len(proof.entries) < len(proof.leaves):
        return Check("caution", "It stands in the public log, whose latest entries are not signed yet.")
    try:
        signed = read_note(proof.checkpoint, keys)
    except CheckpointRejected as error:
        return Check("bad", f"The public log cannot be relied on. {error}")
    if not all(is_included(entry, signed.size, signed.root) for entry in proof.entries):
        return Check("bad", "The proof that the public log holds it does not fit. Do not rely on this certificate.")
    return Check("good", f"The public log of {signed.size:,} entries holds it: proved against the signed checkpoint.")


def is_included(entry: Mapping[str, Any], size: int, root: bytes) -> bool:
    """Return whether the way from a leaf leads to the signed root."""
    way = [bytes.fromhex(step) for step in entry["inclusion"]]
    return includes(entry["number"], size, leaf_hash(entry["leaf"].encode()), way, root)
