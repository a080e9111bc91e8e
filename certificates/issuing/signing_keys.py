"""The provider's signing key: the path of a PEM file goes in, a signer with its certificates comes out.

The file holds an ECDSA P-256 private key (PKCS #8, not encrypted) and after it the certificate chain, the issuer's own
first, so that key and chain are always replaced together. Chains of earlier keys lie beside it in ``….retired``: what
they signed stays verifiable. A key is never in the database, and a file that others may read is refused.
"""

import os
import re
import secrets
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier

YEARS_VALID = 25
"""Credit is proved for six years and certificates are kept for life; validators judge by the day they are asked."""
DAYS_BEFORE = 400
"""A new key also signs certificates that were issued, but not yet rendered, before it was made."""
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""Extended key usage for signing documents (RFC 9336)."""
LONGEST_NAME = 64
"""Most bytes of a common name and an organization (RFC 5280, appendix A.1)."""
CERTIFICATE = re.compile(b"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n?", re.DOTALL)


class SigningKeyUnusable(RuntimeError):
    """There is no signing key, or it must not be used; the message says what to do."""


class Signer(Protocol):
    """Whatever signs for the provider: a key in a file here, a token (PKCS #11) or a service elsewhere."""

    @property
    def chain(self) -> Sequence[x509.Certificate]:
        """The issuer's certificate first, then whatever leads from it to its root."""

    def sign(self, signed: bytes) -> bytes:
        """Return the ECDSA signature (P-256, SHA-256, DER) of these bytes."""


@dataclass(frozen=True)
class FileSigner:
    """Signs with a private key held in memory; the same bytes always get the same signature (RFC 6979)."""

    private_key: ec.EllipticCurvePrivateKey
    chain: Sequence[x509.Certificate]

    def sign(self, signed: bytes) -> bytes:
        """Return the signature as DER."""
        return self.private_key.sign(signed, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def read_signer(path: Path) -> FileSigner:
    """Return the signer of a key file; raises SigningKeyUnusable, in words for whoever runs the program."""
    if not path.exists():
        raise SigningKeyUnusable(f"There is no signing key at {path}. Make one: flask --app app issuing init-key")
    refuse_readable_by_others(path)
    content = path.read_bytes()
    try:
        private_key = load_pem_private_key(content, password=None)
        chain = x509.load_pem_x509_certificates(content)
    except (TypeError, ValueError) as error:
        raise SigningKeyUnusable(f"{path} does not hold a private key and its certificates as PEM: {error}") from error
    if not isinstance(private_key, ec.EllipticCurvePrivateKey) or not isinstance(private_key.curve, ec.SECP256R1):
        raise SigningKeyUnusable(f"{path} holds another kind of key; certificates are signed with ECDSA P-256.")
    refuse_foreign(private_key, chain)
    return FileSigner(private_key, tuple(chain))


def signer_at(path: Path) -> FileSigner:
    """Return the signer of a key file, read again only when the file was replaced; raises SigningKeyUnusable."""
    if not path.exists():
        return read_signer(path)
    found = path.stat()
    return unchanged_signer(path, found.st_ino, found.st_mtime_ns, found.st_mode)


@lru_cache(maxsize=4)
def unchanged_signer(path: Path, *_state: int) -> FileSigner:
    """Return the signer of a file in this state."""
    return read_signer(path)


def refuse_readable_by_others(path: Path) -> None:
    """Raise SigningKeyUnusable when anyone but its owner may read or write the file."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SigningKeyUnusable(f"Others may read or change the signing key {path}. Close it first: chmod 600 {path}")


def refuse_foreign(private_key: ec.EllipticCurvePrivateKey, chain: Sequence[x509.Certificate]) -> None:
    """Raise SigningKeyUnusable unless the chain begins with this key's certificate and each is signed by the next."""
    if not chain or chain[0].public_key() != private_key.public_key():
        raise SigningKeyUnusable("The first certificate does not belong to the signing key.")
    for signed, signing in pairwise(chain):
        try:
            signed.verify_directly_issued_by(signing)
        except (InvalidSignature, TypeError, ValueError) as error:
            raise SigningKeyUnusable("The chain is broken: each certificate must be signed by the next.") from error


def make_signer(provider: str, now: datetime) -> FileSigner:
    """Return a new key with a certificate that it signed itself, in the provider's name; ``now`` in UTC."""
    private_key = ec.generate_private_key(ec.SECP256R1())
    return FileSigner(private_key, (self_signed(private_key, provider, now),))


def self_signed(private_key: ec.EllipticCurvePrivateKey, provider: str, now: datetime) -> x509.Certificate:
    """Return the certificate of a key for signing documents, signed by the key itself."""
    short = provider.encode()[:LONGEST_NAME].decode(errors="ignore")
    named = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
    name = x509.Name([x509.NameAttribute(what, short) for what in named])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(midnight - timedelta(days=DAYS_BEFORE))
        .not_valid_after(midnight + timedelta(days=round(YEARS_VALID * 365.25)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private_key.public_key()), critical=False)
        .sign(private_key, hashes.SHA256())
    )


def keep_first_signer(signer: FileSigner, path: Path) -> bool:
    """Write a key file where there is none; when another process was faster its key stays and this returns False."""
    unfinished = unfinished_key_file(signer, path)
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        return False
    finally:
        unfinished.unlink()
    return True


def replace_signer(signer: FileSigner, path: Path) -> None:
    """Put a signer in the place of the present one, at once and whole; the present chain is retired first."""
    retire(path)
    unfinished_key_file(signer, path).replace(path)


def unfinished_key_file(signer: FileSigner, path: Path) -> Path:
    """Return a new file beside ``path`` with key and chain, readable by its owner only and safely on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(signer.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.write(as_pem(signer.chain))
        file.flush()
        os.fsync(file.fileno())
    return unfinished


def retire(path: Path) -> None:
    """Add the chain of a key file to the retired ones, which stay published."""
    with retired_path(path).open("ab") as file:
        file.write(b"".join(CERTIFICATE.findall(path.read_bytes())))
        file.flush()
        os.fsync(file.fileno())


def retired_path(path: Path) -> Path:
    """Return where the certificates of earlier keys lie."""
    return path.with_name(f"{path.name}.retired")


def published_certificates(path: Path) -> bytes:
    """Return, as PEM, every certificate that ever signed here: the present chain first, then the retired ones."""
    present = as_pem(read_signer(path).chain) if path.exists() else b""
    retired = retired_path(path).read_bytes() if retired_path(path).exists() else b""
    return b"".join(dict.fromkeys(one.strip() + b"\n" for one in CERTIFICATE.findall(present + retired)))


def as_pem(chain: Iterable[x509.Certificate]) -> bytes:
    """Return certificates as PEM, one after the other."""
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in chain)


def with_chain(signer: FileSigner, chain_pem: bytes) -> FileSigner:
    """Return the signer with a chain that an authority issued for its key; raises SigningKeyUnusable."""
    try:
        chain = tuple(x509.load_pem_x509_certificates(chain_pem))
    except ValueError as error:
        raise SigningKeyUnusable(f"This is not a chain of certificates as PEM: {error}") from error
    refuse_foreign(signer.private_key, chain)
    return FileSigner(signer.private_key, chain)


def signing_request(signer: FileSigner) -> bytes:
    """Return the request (PKCS #10, PEM) with which an authority issues a certificate for the key."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(signer.chain[0].subject)
    return builder.sign(signer.private_key, hashes.SHA256()).public_bytes(Encoding.PEM)
