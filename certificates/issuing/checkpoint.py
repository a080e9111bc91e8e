"""Signed checkpoints of the log: its name, size and root go in, a signed note comes out; and is read back and checked.

The form is C2SP's tlog-checkpoint inside a signed-note: three lines, a blank one, and a line with the signature, which
is ECDSA P-256 over the SHA-256 of the text (type 2 of signed notes: the key is named by the first four bytes of the
SHA-256 of its SubjectPublicKeyInfo).
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certificates.issuing.signing_keys import Signer
from certificates.issuing.tokens import public_key

DASH = "\u2014"
"""The em dash that begins a signature line of a signed note."""
LONGEST = 10_000


class CheckpointRejected(ValueError):
    """A checkpoint is not one that the provider signed; the message says why."""


@dataclass(frozen=True)
class Checkpoint:
    """The log at a size: its name, how many entries it had, and its root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Return what is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def signed_note(checkpoint: Checkpoint, signer: Signer) -> str:
    """Return the checkpoint as a signed note."""
    signature = key_hash(public_key(signer.chain[0])) + signer.sign(checkpoint.text.encode())
    return f"{checkpoint.text}\n{DASH} {checkpoint.origin} {b64encode(signature).decode()}\n"


def key_hash(key: EllipticCurvePublicKey) -> bytes:
    """Return the four bytes by which a signature line names its key."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()[:4]


def read_note(note: str, keys: Iterable[EllipticCurvePublicKey]) -> Checkpoint:
    """Return the checkpoint of a note that one of the keys signed; raises CheckpointRejected."""
    text, blank, signatures = note.partition("\n\n")
    try:
        origin, size, root = text.split("\n")
        checkpoint = Checkpoint(origin, int(size), b64decode(root, validate=True))
    except ValueError as error:
        raise CheckpointRejected("This is not a checkpoint: it needs a name, a size and a root.") from error
    if not blank or len(note) > LONGEST or checkpoint.text != f"{text}\n" or len(checkpoint.root) != SHA256.digest_size:
        raise CheckpointRejected("This is not a checkpoint as the log writes them.")
    lines = signatures.splitlines()
    if not any(signs(key, checkpoint, line) for key in keys for line in lines):
        raise CheckpointRejected("The checkpoint was not signed by this provider, or was altered.")
    return checkpoint


def signs(key: EllipticCurvePublicKey, checkpoint: Checkpoint, line: str) -> bool:
    """Return whether a signature line is this key's for the checkpoint."""
    try:
        dash, name, encoded = line.split(" ")
        signature = b64decode(encoded, validate=True)
        key.verify(signature[4:], checkpoint.text.encode(), ECDSA(SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return (dash, name, signature[:4]) == (DASH, checkpoint.origin, key_hash(key))
