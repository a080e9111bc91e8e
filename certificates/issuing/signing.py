"""The signature inside a PDF: a finished file with room for it goes in, the signed file comes out, in one write.

PAdES baseline B-B (ETSI EN 319 142-1), or B-T when a time-stamp server dates it: a detached CMS over everything but
its own place. The place is made when the file is laid out, so nothing is appended and no other byte changes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.issuing.signing_keys import Signer

Stamp = Callable[[bytes], bytes]
"""Takes a SHA-256 digest to a time-stamp server and returns its token, a CMS as DER."""
ROOM_FOR_CMS = 900
ROOM_FOR_STAMP = 7_000
"""Bytes of a signature without its certificates, and of a time stamp with the certificates of its server."""
RANGE = b"[0 ********** ********** **********]"
RANGE_LENGTH = len(RANGE)
SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"})


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
        certificates = sum(len(one.public_bytes(Encoding.DER)) for one in self.signer.chain)
        return certificates + ROOM_FOR_CMS + (ROOM_FOR_STAMP if self.stamp else 0)


def place_for_contents(room: int) -> bytes:
    """Return the empty place of a signature as it stands in the file: so many bytes, in hexadecimal."""
    return b"<" + b"00" * room + b">"


def sealed(pdf: bytes, seal: Seal) -> bytes:
    """Return the file with its byte range and its signature filled in; its length stays the same."""
    opening = place_for_contents(seal.room)
    start = pdf.rindex(opening)
    end = start + len(opening)
    covered = b"[0 %010d %010d %010d]" % (start, end, len(pdf) - end)
    at = pdf.rindex(RANGE, 0, start)
    before = pdf[:at] + covered + pdf[at + RANGE_LENGTH : start]
    digest = hashlib.sha256(before)
    digest.update(pdf[end:])
    signature = signed_message(digest.digest(), seal)
    if len(signature) > seal.room:
        raise SignatureTooLong(f"A signature of {len(signature)} bytes does not fit into {seal.room}.")
    return b"%b<%b>%b" % (before, signature.hex().encode().ljust(2 * seal.room, b"0"), pdf[end:])


def signed_message(digest: bytes, seal: Seal) -> bytes:
    """Return the CMS (RFC 5652) that signs a file with this SHA-256, with the attributes that PAdES asks for."""
    chain = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in seal.signer.chain]
    attributes = signed_attributes(digest, chain[0])
    signature = seal.signer.sign(attributes.dump())
    signer = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": chain[0].issuer, "serial_number": chain[0].serial_number}},
        "digest_algorithm": SHA256,
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": signature,
    }
    if seal.stamp:
        token = cms.ContentInfo.load(seal.stamp(hashlib.sha256(signature).digest()))
        signer["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [token]}]
    signed = {
        "version": "v1",
        "digest_algorithms": [SHA256],
        "encap_content_info": {"content_type": "data"},
        "certificates": chain,
        "signer_infos": [signer],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())


def signed_attributes(digest: bytes, certificate: asn1_x509.Certificate) -> cms.CMSAttributes:
    """Return what is signed beside the file: its kind, its digest, and which certificate signs (RFC 5035)."""
    named = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate.dump()).digest()})
    return cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["data"]},
            {"type": "message_digest", "values": [core.OctetString(digest)]},
            {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [named]})]},
        ]
    )
