"""Credit from the certificate itself: a PDF and the known issuers' certificates go in, what it proves comes out.

Nothing is taken from a file unless its signature holds and the credential inside was signed by the same issuers.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from certificates.issuing.credential import read_credential
from certificates.issuing.embedded import embedded_credential
from certificates.issuing.evidence import hashed_identity
from certificates.issuing.inspection import inspect_signature, name_of
from certificates.issuing.judging import Issuer
from certificates.issuing.status import SAMPLE_NUMBER, list_number
from certificates.issuing.tokens import TokenRejected, public_key
from quizbank.activities.credit_types import credit_types_at

PARTICIPATED = re.compile(r"has participated for (\d{1,4}(?:\.\d{1,2})?) hours? ")
PARTICIPATION = "Hours of participation"
"""What those have who are not awarded the credit, whatever the activity was designated for."""
SAMPLES = f"/{list_number(SAMPLE_NUMBER)}#{SAMPLE_NUMBER}"
"""How the place in the status list ends that all samples have."""
SCHEMA = 1


class CertificateUnreadable(ValueError):
    """Nothing can be taken from this file; the message says why and what to do."""


@dataclass(frozen=True)
class Stated:
    """What a certificate states and proves. ``email`` is a hash of the holder's address, made with ``salt``."""

    title: str
    provider: str
    credit_type: str
    label: str
    amount: Decimal
    completed_on: date
    name: str
    signer: str
    address: str
    email: str = ""
    salt: str = ""

    @property
    def serial(self) -> str:
        """Return the serial, which is the last part of its public address."""
        return self.address.rpartition("/")[2][:120]


def read_certificate(pdf: bytes, issuers: Sequence[Issuer], now: datetime) -> Stated:
    """Return what the certificate states; raises CertificateUnreadable unless its signature holds."""
    finding = inspect_signature(pdf, issuers)
    by_hand = "You can still enter the credit yourself and attach the file."
    if finding.state != "genuine" or finding.certificate is None:
        raise CertificateUnreadable(f"{finding.words} {by_hand}")
    token = embedded_credential(pdf)
    if token is None:
        raise CertificateUnreadable(f"{finding.words} But it holds no credential that could be read. {by_hand}")
    keys = [one if isinstance(one, EllipticCurvePublicKey) else public_key(one) for one in issuers]
    try:
        return stated_in(read_credential(token, keys, now), name_of(finding.certificate))
    except CertificateUnreadable:
        raise
    except (TokenRejected, KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise CertificateUnreadable(f"{finding.words} But the credential inside is not in order. {by_hand}") from error


def stated_in(credential: Mapping[str, Any], signer: str) -> Stated:
    """Return what a credential states that was found in order."""
    if credential["credentialStatus"]["id"].endswith(SAMPLES):
        raise CertificateUnreadable("This is a sample, which proves no credit.")
    subject = credential["credentialSubject"]
    known = {one["identityType"]: one for one in subject["identifier"]}
    email = known.get("emailAddress", {})
    kind, label, amount = credit_in(subject)
    return Stated(
        title=str(credential["name"])[:300],
        provider=str(credential["issuer"]["name"])[:200],
        credit_type=kind,
        label=label,
        amount=amount,
        completed_on=date.fromisoformat(credential["awardedDate"][:10]),
        name=str(known["name"]["identityHash"])[:200],
        signer=signer,
        address=str(credential["id"])[:300],
        email=str(email.get("identityHash", "")),
        salt=str(email.get("salt", "")),
    )


def credit_in(subject: Mapping[str, Any]) -> tuple[str, str, Decimal]:
    """Return credit type, own label ("" for known types) and amount; those who are awarded none have hours."""
    if "creditsEarned" not in subject:
        found = PARTICIPATED.match(subject["narrative"])
        if found is None:
            raise ValueError("The credential tells no amount.")
        return "other", PARTICIPATION, Decimal(found[1])
    stated = str(subject["achievement"]["fieldOfStudy"])
    amount = round(Decimal(str(subject["creditsEarned"])), 2)
    if amount <= 0:
        raise ValueError("The credential tells no amount.")
    known = next((one.name for one in credit_types_at("").types if one.label == stated), None)
    return (known, "", amount) if known else ("other", stated[:60], amount)


def belongs_to(stated: Stated, email: str, names: Sequence[str]) -> bool:
    """Return whether a certificate was issued to this e-mail address, or bears one of these names."""
    if stated.email and stated.salt and hashed_identity(email, stated.salt) == stated.email:
        return True
    return compared_name(stated.name) in {compared_name(name) for name in names if name.strip()}


def compared_name(name: str) -> str:
    """Return a name without accents, case and points, as two spellings of one name are compared."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c if c.isalnum() else " " for c in plain if unicodedata.category(c) != "Mn")
    return " ".join(letters.casefold().split())


def proof_to_json(stated: Stated) -> dict[str, Any]:
    """Return what is kept of a reading, as plain JSON values."""
    return {"schema": SCHEMA, "name": stated.name, "signer": stated.signer, "address": stated.address}


def proof_from_json(kept: Mapping[str, Any] | None) -> tuple[str, str, str]:
    """Return name, signer and public address of what was read; empty for what was typed."""
    proof = kept or {}
    return str(proof.get("name", "")), str(proof.get("signer", "")), str(proof.get("address", ""))
