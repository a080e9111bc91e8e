"""The certificate as Open Badges 3.0 credential: facts and evidence go in, a signed VC-JWT comes out; and is checked.

Everything in it comes from what was frozen at issue, so the same certificate gives the same token at any time.
Sources: Open Badges 3.0 (1EdTech), 8.2 for the token; VC Data Model 2.0; Bitstring Status List 1.0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from certificates.issuing.addresses import Addresses
from certificates.issuing.archival import Attached
from certificates.issuing.evidence import Evidence
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.signing_keys import Signer
from certificates.issuing.status import status_entry
from certificates.issuing.tokens import TokenRejected, read_token, signed_token

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
FILE_NAME = "credential.jwt"
"""The name of the credential where it is attached to the PDF."""
MEDIA_TYPE = "application/vc+jwt"


@dataclass(frozen=True)
class Stated:
    """All that a credential is made of. ``number`` is the certificate's place in the status lists, from 0."""

    facts: CertificateFacts
    evidence: Evidence
    issued_at: datetime
    number: int


def credential_token(stated: Stated, signer: Signer) -> str:
    """Return the signed credential of a certificate."""
    addresses = Addresses.of(stated.facts)
    return signed_token(credential_payload(stated, addresses), "vc+jwt", addresses.key_prefix, signer)


def attached_credential(token: str) -> Attached:
    """Return the credential as it is attached to the PDF."""
    words = "The certificate as verifiable credential (Open Badges 3.0)"
    return Attached(FILE_NAME, MEDIA_TYPE, token.encode(), words, "Data")


def credential_payload(stated: Stated, addresses: Addresses) -> dict[str, Any]:
    """Return the credential and the registered claims of its token (Open Badges 3.0, 8.2.4.1)."""
    facts = stated.facts
    return {
        "@context": CONTEXTS,
        "id": facts.verify_url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer_profile(addresses.issuer, facts.provider),
        "name": facts.title,
        "validFrom": moment(stated.issued_at),
        "awardedDate": f"{facts.completed_on.isoformat()}T00:00:00Z",
        "credentialSubject": subject(stated, addresses),
        "credentialStatus": status_entry(addresses.status_prefix, stated.number),
        "credentialSchema": [SCHEMA],
        "iss": addresses.issuer,
        "jti": facts.verify_url,
        "nbf": int(stated.issued_at.timestamp()),
    }


def issuer_profile(address: str, provider: str) -> dict[str, Any]:
    """Return who issues, as it stands in every credential."""
    return {"id": address, "type": ["Profile"], "name": provider}


def issuer_document(addresses: Addresses, provider: str) -> dict[str, Any]:
    """Return the profile as it is published under its own address, with where its keys are."""
    profile = {**issuer_profile(addresses.issuer, provider), "url": f"{addresses.base}/"}
    return {"@context": CONTEXTS[:2], **profile, "jwks_uri": addresses.keys}


def subject(stated: Stated, addresses: Addresses) -> dict[str, Any]:
    """Return who achieved what; credit is earned only by those who are awarded it (AMA PRA rules)."""
    facts, evidence = stated.facts, stated.evidence
    earned = {"creditsEarned": float(facts.credits)} if evidence.is_awarded else {}
    return {
        "type": ["AchievementSubject"],
        "identifier": [identity("name", facts.recipient), identity("emailAddress", evidence.identity, evidence.salt)],
        "activityEndDate": f"{facts.completed_on.isoformat()}T00:00:00Z",
        **earned,
        "narrative": facts.wording.removeprefix("and "),
        "achievement": achievement(facts, evidence, addresses),
    }


def identity(kind: str, value: str, salt: str | None = None) -> dict[str, Any]:
    """Return an IdentityObject: the plain value, or a hash when there is a salt."""
    hashed = {"hashed": salt is not None, "identityHash": value, "identityType": kind}
    return {"type": "IdentityObject", **hashed, **({} if salt is None else {"salt": salt})}


def achievement(facts: CertificateFacts, evidence: Evidence, addresses: Addresses) -> dict[str, Any]:
    """Return what was achieved: the activity in its version, and the credit it was designated for."""
    learning = facts.format[:1].lower() + facts.format[1:]
    return {
        "id": f"{addresses.issuer}#activity-{evidence.activity}-{evidence.revision}",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": facts.title,
        "description": f"{facts.title} ({learning}), by {facts.provider}.",
        "version": str(evidence.revision),
        "fieldOfStudy": facts.credit_name,
        "creditsAvailable": float(evidence.designated),
        "criteria": {"narrative": f"Pass the assessment of this {learning} with at least {evidence.pass_mark} %."},
    }


def moment(at: datetime) -> str:
    """Return a time as credentials write it: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_credential(token: str, keys: Iterable[EllipticCurvePublicKey], now: datetime) -> dict[str, Any]:
    """Return a credential that one of the keys signed and whose time has come; raises TokenRejected.

    Whether it was revoked since is for ``status.require_standing`` to say: that needs the issuer's present list.
    """
    payload = read_token(token, keys)
    issuer = payload.get("issuer")
    if "OpenBadgeCredential" not in (payload.get("type") or []) or not isinstance(issuer, Mapping):
        raise TokenRejected("The token is no Open Badges 3.0 credential.")
    if payload.get("iss") != issuer.get("id") or payload.get("jti") != payload.get("id"):
        raise TokenRejected("The token's claims do not fit the credential inside.")
    begins = payload.get("nbf")
    if not isinstance(begins, int) or begins > now.timestamp():
        raise TokenRejected("The credential is not valid yet.")
    return payload
