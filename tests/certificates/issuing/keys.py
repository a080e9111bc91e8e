"""Signers for tests, whose keys are made from a number and so the same in every run, and evidence to sign."""

from decimal import Decimal

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certificates.issuing.evidence import Evidence, hashed_identity
from certificates.issuing.signing_keys import FileSigner, self_signed
from tests.clock import FIXED_NOW


class KnownSigner(FileSigner):
    """A signer that also gives its public key."""

    @property
    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self.private_key.public_key()

    @property
    def pem(self) -> bytes:
        """Return the public key as PEM."""
        return self.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def signer_of(number: int, provider: str) -> KnownSigner:
    """Return the signer whose key follows from a number."""
    key = ec.derive_private_key(number + 1_000_000, ec.SECP256R1())
    return KnownSigner(key, (self_signed(key, provider, FIXED_NOW),))


OURS, THEIRS = signer_of(1, "Northgate Academy"), signer_of(2, "Somebody Else")
EVIDENCE = Evidence(
    activity=7,
    revision=3,
    pass_mark=70,
    designated=Decimal("2.00"),
    is_awarded=True,
    identity=hashed_identity("alexandra@example.org", "0123456789abcdef"),
    salt="0123456789abcdef",
)
