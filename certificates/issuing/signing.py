"""The signature inside a PDF: a finished file with room for it goes in, the signed file comes out, in one write.

PAdES baseline B-B (ETSI EN 319 142-1), or B-T when a time-stamp server dates it: a detached CMS over everything but
its own place. The place is made when the file is laid out, so nothing is appended and no other byte changes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from certificates.issuing.signing_keys import Signer

Stamp = Callable[[bytes], bytes]
"""Takes a SHA-256 digest to a time-stamp server and returns its token, a CMS as DER."""
ROOM_FOR_CMS = 520
ROOM_FOR_STAMP = 7_000
"""Bytes of a signature without its certificates, and of a time stamp with the certificates of its server."""
RANGE = b"[0 ********** ********** **********]"
RANGE_LENGTH = len(RANGE)
INTEGER, OCTETS, OBJECT_IDENTIFIER, SEQUENCE, SET, IN_PLACE_0, IN_PLACE_1 = 0x02, 0x04, 0x06, 0x30, 0x31, 0xA0, 0xA1


class SignatureTooLong(RuntimeError):
    """The signature does not fit into the room that was left for it."""


@dataclass(frozen=True)
class Seal:
    """Who signs and, perhaps, who dates the signature."""

    signer: Signer
    stamp: Stamp | None = None

    @property
    def room(self) -> int:
        """Return how many bytes the signature may need."""
        named = named_in_messages(tuple(self.signer.chain))
        return len(named.certificates) + ROOM_FOR_CMS + (ROOM_FOR_STAMP if self.stamp else 0)


@dataclass(frozen=True)
class Named:
    """What a message tells of who signs, as DER: the certificates, which one is the signer's, and its hash to be signed."""

    certificates: bytes
    signer: bytes
    attribute: bytes


@lru_cache(maxsize=8)
def named_in_messages(chain: tuple[Certificate, ...]) -> Named:
    """Return what every message tells of these certificates; the first one is the signer's (RFC 5652, RFC 5035)."""
    encoded = [one.public_bytes(Encoding.DER) for one in chain]
    hashed = der(SEQUENCE, der(SEQUENCE, der(SEQUENCE, der(OCTETS, hashlib.sha256(encoded[0]).digest()))))
    return Named(
        b"".join(encoded),
        der(SEQUENCE, chain[0].issuer.public_bytes(), integer(chain[0].serial_number)),
        der(SEQUENCE, SIGNING_CERTIFICATE, der(SET, hashed)),
    )


@lru_cache(maxsize=8)
def place_for_contents(room: int) -> bytes:
    """Return the empty place of a signature as it stands in the file: so many bytes, in hexadecimal."""
    return b"<" + b"00" * room + b">"


def sealed(pdf: bytes, seal: Seal) -> bytes:
    """Return the file with its byte range and its signature filled in; its length stays the same."""
    room = seal.room
    opening = place_for_contents(room)
    start = pdf.rindex(opening)
    end = start + len(opening)
    covered = b"[0 %010d %010d %010d]" % (start, end, len(pdf) - end)
    at = pdf.rindex(RANGE, 0, start)
    whole = memoryview(pdf)  # a file is copied once, not once for each of its parts
    signed = (whole[:at], covered, whole[at + RANGE_LENGTH : start], whole[end:])
    digest = hashlib.sha256()
    for part in signed:
        digest.update(part)
    signature = signed_message(digest.digest(), seal)
    if len(signature) > room:
        raise SignatureTooLong(f"A signature of {len(signature)} bytes does not fit into {room}.")
    filled = signature.hex().encode().ljust(2 * room, b"0")
    return b"".join([*signed[:3], b"<", filled, b">", signed[3]])


def signed_message(digest: bytes, seal: Seal) -> bytes:
    """Return the CMS (RFC 5652) that signs a file with this SHA-256, with the attributes that PAdES asks for.

    Put together here because a general library takes longer for it than for the rest of the certificate.
    """
    named = named_in_messages(tuple(seal.signer.chain))
    attributes = signed_attributes(digest, named)
    signature = seal.signer.sign(der(SET, attributes))
    signer = der(
        SEQUENCE,
        VERSION_1,
        named.signer,
        SHA256,
        der(IN_PLACE_0, attributes),
        ECDSA_WITH_SHA256,
        der(OCTETS, signature),
        unsigned_attributes(signature, seal),
    )
    certificates, signers = der(IN_PLACE_0, named.certificates), der(SET, signer)
    message = der(SEQUENCE, VERSION_1, der(SET, SHA256), der(SEQUENCE, DATA), certificates, signers)
    return der(SEQUENCE, SIGNED_DATA, der(IN_PLACE_0, message))


def signed_attributes(digest: bytes, named: Named) -> bytes:
    """Return what is signed beside the file: its kind, its digest, and which certificate signs (RFC 5035)."""
    told = der(SEQUENCE, MESSAGE_DIGEST, der(SET, der(OCTETS, digest)))
    kind = der(SEQUENCE, CONTENT_TYPE, der(SET, DATA))
    return b"".join(sorted((kind, told, named.attribute)))  # the order of a set in DER


def unsigned_attributes(signature: bytes, seal: Seal) -> bytes:
    """Return the time stamp over the signature, nothing when nobody dates it."""
    if seal.stamp is None:
        return b""
    token = seal.stamp(hashlib.sha256(signature).digest())
    return der(IN_PLACE_1, der(SEQUENCE, TIME_STAMP, der(SET, token)))


def der(tag: int, *parts: bytes) -> bytes:
    """Return one value in DER: tag, length, and what is inside."""
    inside = b"".join(parts)
    size = len(inside)
    long = size.to_bytes((size.bit_length() + 7) // 8, "big")
    length = bytes([size]) if size < 128 else bytes([128 | len(long)]) + long
    return bytes([tag]) + length + inside


def integer(number: int) -> bytes:
    """Return a whole number from zero in DER."""
    return der(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """Return an object identifier in DER."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    return der(OBJECT_IDENTIFIER, *(base_128(part) for part in (40 * first + second, *rest)))


def base_128(number: int) -> bytes:
    """Return a number in seven-bit groups, all but the last marked as continued."""
    groups = [number & 127]
    while number := number >> 7:
        groups.insert(0, number & 127 | 128)
    return bytes(groups)


SHA256 = der(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"))
ECDSA_WITH_SHA256 = der(SEQUENCE, oid("1.2.840.10045.4.3.2"))
DATA, SIGNED_DATA = oid("1.2.840.113549.1.7.1"), oid("1.2.840.113549.1.7.2")
CONTENT_TYPE, MESSAGE_DIGEST = oid("1.2.840.113549.1.9.3"), oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE, TIME_STAMP = oid("1.2.840.113549.1.9.16.2.47"), oid("1.2.840.113549.1.9.16.2.14")
VERSION_1 = integer(1)
