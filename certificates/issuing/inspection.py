"""What the signature of a PDF says: bytes and the issuers' certificates go in, a finding in words comes out.

Only the exact form in which certificates are signed here is taken: one signature over every byte but its own place,
and the signed message rebuilt from its parts must be, byte for byte, the one in the file. So nothing can hide where a
signature does not reach, and no PDF is parsed: a hostile file is searched for a few words and hashed.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from certificates.issuing.dated import is_dated
from certificates.issuing.signing import SET, Seal, der, named_in_messages, signed_attributes, signed_message

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes of the largest file that is looked at; a certificate has well under 1 MB."""
RANGES = re.compile(rb"/ByteRange ?\[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]")
HEXADECIMAL = re.compile(rb"<([0-9a-f]+)>")
UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    x509.InvalidVersion,
    UnsupportedAlgorithm,
)
"""What asn1crypto and cryptography raise for bytes that are no signed message or no certificate."""
State = Literal["genuine", "altered", "foreign", "unsigned"]
WORDS: dict[State, str] = {
    "genuine": "This file was signed by {signer}, and not one byte has changed since.",
    "altered": "This file was altered after it was signed. Do not rely on it.",
    "foreign": "This file was signed, but not by this provider. The signature names {signer}.",
    "unsigned": "This file carries no signature of the kind that our certificates have. It is not one of them, or it was "
    "altered.",
}


@dataclass(frozen=True)
class Finding:
    """What the signature of a file says, in a word and in a sentence."""

    state: State
    words: str
    certificate: x509.Certificate | None = None


@dataclass(frozen=True)
class Sealed:
    """A signed file in its parts: the SHA-256 of what is covered, and the message and its padding as they stand."""

    digest: bytes
    message: bytes


@dataclass(frozen=True)
class Replay:
    """A signer that gives the signature it was made with: what it signs again must come out as it was."""

    chain: Sequence[x509.Certificate]
    signature: bytes

    def sign(self, _signed: bytes) -> bytes:
        """Return the known signature."""
        return self.signature


def inspect_signature(pdf: bytes, issuers: Sequence[x509.Certificate | EllipticCurvePublicKey]) -> Finding:
    """Return what the signature of a file says. ``issuers``: certificates, or bare keys, of the provider expected."""
    covered = RANGES.findall(pdf) if len(pdf) <= LARGEST_FILE else []
    if not covered:
        return Finding("unsigned", WORDS["unsigned"])
    found = sealed_parts(pdf, [int(number) for number in covered[0]]) if len(covered) == 1 else None
    replay, stamp = parts_of(found.message) if found else (None, None)
    if found is None or replay is None:
        return Finding("altered", WORDS["altered"])
    issuer = replay.chain[0]
    if not (any(is_issued_by(issuer, known) for known in issuers)):
        state: State = "foreign" if is_whole(found, replay, stamp) else "altered"
    else:
        state = "genuine" if is_whole(found, replay, stamp) else "altered"
    return Finding(state, WORDS[state].format(signer=name_of(issuer)), issuer)


def sealed_parts(pdf: bytes, covered: Sequence[int]) -> Sealed | None:
    """Return a file in its parts, None unless the signature covers all of it but its own place."""
    start, end, rest = covered
    place = HEXADECIMAL.fullmatch(pdf, start, end)
    if place is None or end + rest != len(pdf) or len(place[1]) % 2:
        return None
    digest = hashlib.sha256(pdf[:start])
    digest.update(pdf[end:])
    return Sealed(digest.digest(), bytes.fromhex(place[1].decode()))


def parts_of(message: bytes) -> tuple[Replay | None, bytes | None]:
    """Return certificates, signature and time stamp of a signed message; nothing when it is none."""
    try:
        signed = cms.ContentInfo.load(message)["content"]
        (signer,) = signed["signer_infos"]
        chain = [read_certificate(one.chosen.dump()) for one in signed["certificates"]]
        stamps = [one["values"][0].dump() for one in signer["unsigned_attrs"]] if signer["unsigned_attrs"] else []
        return (Replay(chain, signer["signature"].native), stamps[0] if stamps else None) if chain else (None, None)
    except UNREADABLE:
        return None, None


def read_certificate(content: bytes) -> x509.Certificate:
    """Return a certificate whose key and names can be read; the library would else raise only where they are asked for."""
    certificate = x509.load_der_x509_certificate(content)
    certificate.public_key()
    name_of(certificate)
    return certificate


def is_issued_by(certificate: x509.Certificate, known: x509.Certificate | EllipticCurvePublicKey) -> bool:
    """Return whether a certificate is the one known, or speaks for the key known."""
    if isinstance(known, x509.Certificate):
        return certificate == known
    return certificate.public_key() == known


def is_whole(found: Sealed, replay: Replay, stamp: bytes | None) -> bool:
    """Return whether the signature fits the file, and the message is the one that signing this file makes."""
    try:
        rebuilt = signed_message(found.digest, Seal(replay, (lambda _: stamp) if stamp else None))
        padded = rebuilt.ljust(len(found.message), b"\0")
        is_stamped = stamp is None or is_dated(stamp, hashlib.sha256(replay.signature).digest())
        return padded == found.message and is_stamped and is_chain(replay.chain) and is_signed(found.digest, replay)
    except UNREADABLE:
        return False


def is_signed(digest: bytes, replay: Replay) -> bool:
    """Return whether the first certificate's key made the signature over a file with this digest."""
    attributes = signed_attributes(digest, named_in_messages(tuple(replay.chain)))
    key = replay.chain[0].public_key()
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    try:
        key.verify(replay.signature, der(SET, attributes), ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def is_chain(chain: Sequence[x509.Certificate]) -> bool:
    """Return whether each certificate was issued by the next, and the last by itself when it says so."""
    last = chain[-1]
    pairs = [*pairwise(chain), *([(last, last)] if last.issuer == last.subject else [])]
    try:
        for issued, issuing in pairs:
            issued.verify_directly_issued_by(issuing)
    except (*UNREADABLE, InvalidSignature):
        return False
    return True


def name_of(certificate: x509.Certificate) -> str:
    """Return whom a certificate names, in at most 80 printable characters."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(found[0].value) if found else certificate.subject.rfc4514_string()
    return "".join(character for character in name if character.isprintable())[:80]
