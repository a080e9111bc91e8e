"""The signature: valid for somebody else's program, over every byte, the same every time, dated when a server is there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
from asn1crypto import cms, core, keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import BasicConstraints, CertificateBuilder, ExtendedKeyUsage, Name, NameAttribute
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from certificates.issuing.rendering import render_certificate
from certificates.issuing.signing import Seal, Stamp, oid, place_for_contents, sealed, signed_message
from certificates.issuing.signing_keys import FileSigner
from tests.certificates.issuing.samples import ORDINARY, SEAL, SIGNER


@cache
def signed() -> bytes:
    return render_certificate(ORDINARY, "classic", SEAL)


def certificate_of(signer: FileSigner) -> x509.Certificate:
    return x509.Certificate.load(signer.chain[0].public_bytes(Encoding.DER))


def validated(pdf: bytes) -> PdfSignatureStatus:
    """Return what pyHanko says of a file's only signature, trusting the samples' certificate.

    It starts an event loop of its own, so it works in a thread of its own: browser tests leave theirs running in this one.
    """
    signature = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
    context = ValidationContext(trust_roots=[certificate_of(SIGNER), authority_certificate()])
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(validate_pdf_signature, signature, context, ts_validation_context=context).result()


AUTHORITY = rsa.generate_private_key(65537, 2048)
DATED = datetime(2026, 11, 14, tzinfo=UTC)


@cache
def authority_certificate() -> x509.Certificate:
    """Return the certificate of the authority that dates signatures."""
    name = Name([NameAttribute(NameOID.COMMON_NAME, "Time")])
    builder = CertificateBuilder().subject_name(name).issuer_name(name).public_key(AUTHORITY.public_key())
    builder = builder.serial_number(1).not_valid_before(DATED).not_valid_after(DATED + timedelta(days=10_000))
    for extension in (ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), BasicConstraints(False, None)):
        builder = builder.add_extension(extension, critical=True)
    return x509.Certificate.load(builder.sign(AUTHORITY, SHA256()).public_bytes(Encoding.DER))


def dating_stamp() -> Stamp:
    """Return a time-stamp server in this process."""
    private = AUTHORITY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    server = DummyTimeStamper(authority_certificate(), keys.PrivateKeyInfo.load(private), fixed_dt=DATED)

    def stamp(digest: bytes) -> bytes:
        imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
        asked = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
        return bytes(server.request_tsa_response(asked)["time_stamp_token"].dump())

    return stamp


def test_signature_is_valid_trusted_and_covers_the_whole_file() -> None:
    status = validated(signed())
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert "ENTIRE_FILE" in str(status.coverage)
    assert status.docmdp_ok


def test_other_verifier_notices_changed_bytes_too() -> None:
    pdf = signed()
    start, length, after, _ = (int(number) for number in PdfFileReader(BytesIO(pdf)).embedded_signatures[0].byte_range)
    digits = pdf.index(b"/M (D:20") + 6
    for place in (pdf.index(b"xmp:CreateDate") + 18, digits, pdf.index(b"stream\nx", start) + 40):
        assert place < length or place >= after
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert not validated(changed).intact, place


def test_filling_in_changes_nothing_but_its_two_places() -> None:
    unsigned = b"before [0 ********** ********** **********] " + place_for_contents(SEAL.room) + b" after"
    pdf = sealed(unsigned, SEAL)
    assert len(pdf) == len(unsigned)
    assert pdf.startswith(b"before [0 0000000044 ")
    assert pdf.endswith(b"> after")


def test_same_file_gets_the_same_signature() -> None:
    assert signed_message(b"\1" * 32, SEAL) == signed_message(b"\1" * 32, SEAL)


def test_message_is_der_with_the_attributes_of_pades() -> None:
    message = cms.ContentInfo.load(signed_message(b"\1" * 32, SEAL), strict=True)
    signer = message["content"]["signer_infos"][0]
    assert [one["type"].native for one in signer["signed_attrs"]] == [
        "content_type",
        "message_digest",
        "signing_certificate_v2",
    ]
    assert message.dump(force=True) == signed_message(b"\1" * 32, SEAL)


def test_dated_signature_holds_a_valid_time_stamp() -> None:
    status = validated(render_certificate(ORDINARY, "classic", Seal(SIGNER, dating_stamp())))
    assert (status.intact, status.valid) == (True, True)
    assert status.timestamp_validity.intact
    assert status.timestamp_validity.timestamp == DATED


@pytest.mark.parametrize("dotted", ["1.2.840.113549.1.7.1", "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"])
def test_object_identifiers_are_written_as_a_library_writes_them(dotted: str) -> None:
    assert oid(dotted) == core.ObjectIdentifier(dotted).dump()
