"""Judging a PDF without the program that issued it: the file and the provider's published keys go in, words come out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from certificates.issuing.credential import read_credential
from certificates.issuing.embedded import embedded_credential
from certificates.issuing.inspection import Finding, inspect_signature
from certificates.issuing.status import require_standing
from certificates.issuing.tokens import TokenRejected, is_authority, public_key, read_token

Issuer = x509.Certificate | EllipticCurvePublicKey
GENUINE, ALTERED, NOT_OURS, FALLEN = 0, 1, 3, 4
"""Exit codes of ``issuing verify``; 2 is for a call that cannot be understood."""


class IssuerUnreadable(ValueError):
    """A file holds no certificate and no key of an issuer."""


@dataclass(frozen=True)
class Judgement:
    """What is to be said about a file, line by line, and the exit code that goes with it."""

    code: int
    lines: Sequence[str]


def read_issuers(content: bytes) -> list[Issuer]:
    """Return whom to trust from a PEM file of certificates or of one public key, or a JSON Web Key (Set)."""
    try:
        if b"BEGIN CERTIFICATE" in content:
            found = x509.load_pem_x509_certificates(content)
            return [one for one in found if not is_authority(one)] or list(found)
        if b"BEGIN PUBLIC KEY" in content:
            keys = [load_pem_public_key(content)]
        else:
            given = json.loads(content)
            listed = KeySet.import_key_set(given if "keys" in given else {"keys": [given]}).keys
            keys = [key.public_key for key in listed if isinstance(key, ECKey)]
    except (ValueError, TypeError, KeyError, JoseError) as error:
        raise IssuerUnreadable(f"It holds neither certificates nor a public key (PEM or JWK): {error}") from error
    if not keys or not all(isinstance(key, EllipticCurvePublicKey) for key in keys):
        raise IssuerUnreadable("It holds no ECDSA P-256 public key.")
    return list(keys)  # type: ignore[arg-type]  # just checked


def judge(pdf: bytes, issuers: Sequence[Issuer], status: str | None, now: datetime) -> Judgement:
    """Return what a file is worth: its signature, what its credential states, and, with a status list, if it stands."""
    finding = inspect_signature(pdf, issuers)
    if finding.state != "genuine":
        return Judgement(ALTERED if finding.state == "altered" else NOT_OURS, [finding.words])
    keys = [one if isinstance(one, EllipticCurvePublicKey) else public_key(one) for one in issuers]
    token = embedded_credential(pdf)
    if token is None:
        return Judgement(GENUINE, [finding.words, "It holds no credential, so read what it states on its page."])
    try:
        credential = read_credential(token, keys, now)
    except TokenRejected as error:
        return Judgement(ALTERED, [finding.words, f"But the credential inside is not in order. {error}"])
    return standing(credential, finding, keys, status, now)


def standing(
    credential: dict[str, Any],
    finding: Finding,
    keys: Sequence[EllipticCurvePublicKey],
    status: str | None,
    now: datetime,
) -> Judgement:
    """Return the judgement of a genuine file with a credential in order."""
    lines = [finding.words, *stated_lines(credential)]
    if status is None:
        return Judgement(GENUINE, [*lines, f"Whether it was revoked since: {credential['id']}"])
    try:
        require_standing(credential, read_token(status.strip(), keys), now)
    except TokenRejected as error:
        return Judgement(FALLEN, [*lines, f"It does not stand by this status list: {error}"])
    return Judgement(GENUINE, [*lines, "It was not revoked or replaced by the time of this status list."])


def stated_lines(credential: dict[str, Any]) -> list[str]:
    """Return what a credential states, as lines for people."""
    subject = credential["credentialSubject"]
    names = [one["identityHash"] for one in subject["identifier"] if one["identityType"] == "name"]
    return [
        f"Name: {', '.join(names)}",
        f"Activity: {subject['achievement']['name']}",
        f"Credit: {subject['narrative']}",
        f"Completed: {credential['awardedDate'][:10]}",
        f"Provider: {credential['issuer']['name']}",
    ]
