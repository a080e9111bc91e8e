"""Whether a time stamp is whole: its token (RFC 3161) and the digest it dates go in, yes or no comes out.

The token is rebuilt from what its server signed and from certificates that vouch for each other, and must be the same
byte for byte, so that a changed byte is noticed where no signature reaches.
"""

import hashlib
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def is_dated(token: bytes, digest: bytes) -> bool:
    """Return whether a token is whole and dates this SHA-256 digest; raises ValueError and the like for rubbish."""
    signed = cms.ContentInfo.load(token, strict=True)["content"]
    (signer,) = signed["signer_infos"]
    stated = signed["encap_content_info"]["content"]
    imprint = stated.parsed["message_imprint"]["hashed_message"].native
    content = hashlib.new(signer["digest_algorithm"]["algorithm"].native, stated.contents).digest()
    (told,) = [one["values"].native for one in signer["signed_attrs"] if one["type"].native == "message_digest"]
    is_told = imprint == digest and told == [content]
    return is_told and rebuilt(signed, signer) == token and are_vouched_for(signed, signer)


def rebuilt(signed: Any, signer: Any) -> bytes:
    """Return the token anew from what is checked: whatever else stood in the old one is missing or stated as it must be."""
    entry = {
        "version": "v1",
        "sid": signer["sid"],
        "digest_algorithm": signer["digest_algorithm"],
        "signed_attrs": signer["signed_attrs"],
        "signature_algorithm": signer["signature_algorithm"],
        "signature": signer["signature"].native,
    }
    content = {
        "version": "v3",
        "digest_algorithms": [signer["digest_algorithm"]],
        "encap_content_info": signed["encap_content_info"],
        "certificates": signed["certificates"],
        "signer_infos": [cms.SignerInfo(entry)],
    }
    whole = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})
    return bytes(whole.dump(force=True))


def are_vouched_for(signed: Any, signer: Any) -> bool:
    """Return whether the named certificate signed, whether its hash is signed, and no certificate of the chain is another."""
    chain = [x509.load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"]]
    named = signer["sid"].chosen
    own = [one for one in chain if one.serial_number == named["serial_number"].native]
    if len(own) != 1 or own[0].issuer.public_bytes() != named["issuer"].dump() or not is_named(own[0], signer):
        return False
    try:
        verify(own[0].public_key(), signer)
    except InvalidSignature:
        return False
    return all(is_issued_among(one, chain) for one in chain)


def verify(key: object, signer: Any) -> None:
    """Check the server's signature over its attributes, in the method it states; raises InvalidSignature."""
    name, stated = signer["digest_algorithm"]["algorithm"].native, signer["signature_algorithm"]["algorithm"].native
    told, signature, method = signer["signed_attrs"].untag().dump(), signer["signature"].native, HASHES[name]()
    if isinstance(key, EllipticCurvePublicKey) and stated == f"{name}_ecdsa":
        key.verify(signature, told, ECDSA(method))
    elif isinstance(key, RSAPublicKey) and stated in ("rsassa_pkcs1v15", f"{name}_rsa"):
        key.verify(signature, told, PKCS1v15(), method)
    else:
        raise InvalidSignature


def is_named(certificate: x509.Certificate, signer: Any) -> bool:
    """Return whether the signed attributes hold the hash of the certificate (RFC 5816, ESSCertIDv2, or the older SHA-1)."""
    kinds = {"signing_certificate": hashes.SHA1(), "signing_certificate_v2": hashes.SHA256()}  # noqa: S303 - the standard's
    named = [one for one in signer["signed_attrs"] if one["type"].native in kinds]
    first = [(one["type"].native, one["values"][0]["certs"][0]["cert_hash"].native) for one in named]
    return bool(first) and all(certificate.fingerprint(kinds[kind]) == told for kind, told in first)


def is_issued_among(certificate: x509.Certificate, others: list[x509.Certificate]) -> bool:
    """Return whether one of the others, or itself, issued a certificate; servers leave out the uppermost one's issuer."""
    issuers = [one for one in others if one.subject == certificate.issuer]
    try:
        for issuer in issuers:
            certificate.verify_directly_issued_by(issuer)
    except InvalidSignature:
        return False
    return True
