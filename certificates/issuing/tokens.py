"""Signed tokens: a payload and a signing key go in, a compact JWS (ES256) comes out; and back, for keys we know.

Signing takes whatever signs bytes (a file, a smart card, a remote service); reading is joserfc's. ES256 is the only
algorithm that is ever accepted, so a token cannot choose "none" or another (RFC 8725, 3.1).
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509 import BasicConstraints, Certificate, ExtensionNotFound
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from certificates.issuing.signing_keys import Signer

ALGORITHM = "ES256"
MAX_TOKEN = 200_000
"""Characters of the longest token that is looked at; a credential has about 4,000, a status list up to 22,000."""


class TokenRejected(ValueError):
    """A token is not one that the expected issuer signed; the message says what is wrong with it."""


def canonical_json(value: Any) -> bytes:
    """Return JSON with sorted names and no blanks in UTF-8: the same value gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed_token(payload: Mapping[str, Any], kind: str, key_address: str, signer: Signer) -> str:
    """Return the payload as a signed token. ``kind`` is its media type (``typ``), ``key_address`` where its key is."""
    signed = f"{header(kind, key_address, signer.chain[0])}.{unpadded(canonical_json(payload))}"
    r, s = decode_dss_signature(signer.sign(signed.encode()))
    return f"{signed}.{unpadded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


@lru_cache(maxsize=20)
def header(kind: str, key_address: str, certificate: Certificate) -> str:
    """Return the encoded header of tokens that the key of this certificate signs."""
    named = {"alg": ALGORITHM, "kid": key_address + thumbprint(public_key(certificate)), "typ": kind}
    return unpadded(canonical_json(named))


def public_key(certificate: Certificate) -> EllipticCurvePublicKey:
    """Return the key that a certificate speaks for; raises TokenRejected when it is of another kind."""
    key = certificate.public_key()
    if not isinstance(key, EllipticCurvePublicKey):
        raise TokenRejected("The certificate is for another kind of key; certificates are signed with ECDSA P-256.")
    return key


def is_authority(certificate: Certificate) -> bool:
    """Return whether a certificate is an authority's, which issues others, and not the provider's own."""
    try:
        return certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    except ExtensionNotFound:
        return False


def unpadded(content: bytes) -> str:
    """Return base64url without padding (RFC 7515, 2)."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def read_token(token: str, keys: Iterable[EllipticCurvePublicKey]) -> dict[str, Any]:
    """Return the payload of a token that one of the keys signed; raises TokenRejected."""
    if len(token) > MAX_TOKEN:
        raise TokenRejected("The token is too long to be one of ours.")
    try:
        found = next(filter(None, (payload_signed_by(token, key) for key in keys)), None)
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise TokenRejected(f"The token cannot be read: {error}") from error
    if found is None:
        raise TokenRejected("The token was not signed by this issuer, or was altered.")
    payload = json.loads(found)
    if not isinstance(payload, dict):
        raise TokenRejected("The token holds no object.")
    return payload


def payload_signed_by(token: str, key: EllipticCurvePublicKey) -> bytes | None:
    """Return the payload when this key signed it, None when it did not; raises JoseError for what is no ES256 token."""
    found = jws.extract_compact(token.encode())
    return found.payload if jws.validate_compact(found, ECKey.import_key(key), [ALGORITHM]) else None


def public_jwk(key: EllipticCurvePublicKey) -> dict[str, Any]:
    """Return a public key as JSON Web Key, named by its thumbprint (RFC 7638)."""
    values = ECKey.import_key(key).as_dict(private=False)
    return {**values, "kid": thumbprint(key), "alg": ALGORITHM, "use": "sig"}


def thumbprint(key: EllipticCurvePublicKey) -> str:
    """Return the thumbprint of a key (RFC 7638)."""
    return ECKey.import_key(key).thumbprint()
