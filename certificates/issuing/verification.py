"""The public page of a certificate: stored state and facts go in, only what anyone may see comes out."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from typing import Literal

from certificates.issuing.facts import CertificateFacts

State = Literal["valid", "revoked", "superseded"]


@dataclass(frozen=True)
class PublicFacts:
    """What the public page of a valid certificate shows, and nothing else."""

    recipient: str
    title: str
    credit: str
    completed_on: date
    provider: str


@dataclass(frozen=True)
class Verdict:
    """What the public page says: the state in words, since when if that matters, and the facts of a valid one."""

    state: State
    words: str
    since: date | None = None
    facts: PublicFacts | None = None
    replaced_by: str | None = None


def verdict(
    state: State, facts: CertificateFacts, changed_on: date | None = None, replaced_by: str | None = None
) -> Verdict:
    """Return what may be shown. ``changed_on``: when it was revoked or superseded; ``replaced_by``: the newer serial."""
    if state == "valid":
        return Verdict("valid", "This certificate is valid.", facts=public_facts(facts))
    if state == "revoked":
        return Verdict("revoked", "This certificate was revoked and is not valid.", since=changed_on)
    return Verdict("superseded", "This certificate was replaced by a newer one.", changed_on, replaced_by=replaced_by)


def public_facts(facts: CertificateFacts) -> PublicFacts:
    """Return the part of a certificate's facts that is public: who, what, how much, when, from whom.

    Credit is told in the certificate's own words, since only physicians are awarded AMA PRA credit.
    """
    credit = facts.wording.removeprefix("and ").removeprefix("is ")
    return PublicFacts(facts.recipient, facts.title, credit, facts.completed_on, facts.provider)


def compare_pdf(pdf_bytes: bytes, stored_sha256: str) -> bool:
    """Return whether a PDF is, byte for byte, the one that was issued."""
    return hmac.compare_digest(hashlib.sha256(pdf_bytes).hexdigest(), stored_sha256.lower())
