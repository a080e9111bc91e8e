"""The public page of a certificate: stored state and facts go in, only what anyone may see comes out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from certificates.issuing.facts import CertificateFacts
from certificates.issuing.inspection import Finding

State = Literal["valid", "revoked", "superseded", "erased", "unknown"]
WORDS: Mapping[State, str] = {
    "valid": "This certificate is valid.",
    "revoked": "This certificate was revoked and is not valid.",
    "superseded": "This certificate was replaced by a newer one.",
    "erased": (
        "A certificate with this serial was issued here. Its holder's account was deleted and the time is over for which "
        "its record had to be kept, so nothing more can be said about it."
    ),
    "unknown": "No certificate has this serial.",
}


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


UNKNOWN = Verdict("unknown", WORDS["unknown"])


def verdict(
    state: State, facts: CertificateFacts, changed_on: date | None = None, replaced_by: str | None = None
) -> Verdict:
    """Return what may be shown. ``changed_on``: when it was revoked or superseded; ``replaced_by``: the newer serial."""
    if state == "valid":
        return Verdict(state, WORDS[state], facts=public_facts(facts))
    return Verdict(state, WORDS[state], changed_on, replaced_by=replaced_by)


def public_facts(facts: CertificateFacts) -> PublicFacts:
    """Return the part of a certificate's facts that is public: who, what, how much, when, from whom.

    Credit is told in the certificate's own words, since only physicians are awarded AMA PRA credit.
    """
    credit = facts.wording.removeprefix("and ").removeprefix("is ")
    return PublicFacts(facts.recipient, facts.title, credit, facts.completed_on, facts.provider)


def answer(found: Verdict, serial: str | None, log: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the verdict for machines; always the same names, with null for what there is not."""
    facts = found.facts
    shown = {"name": facts.recipient, "activity": facts.title, **asdict(facts)} if facts else None
    if shown:
        shown = {name: str(shown[name]) for name in ("name", "activity", "credit", "completed_on", "provider")}
    return {
        "serial": serial,
        "state": found.state,
        "words": found.words,
        "since": found.since.isoformat() if found.since else None,
        "replaced_by": found.replaced_by,
        "certificate": shown,
        "log": log,
    }


def file_words(is_kept: bool, is_this: bool, finding: Finding) -> tuple[str, str]:
    """Return a tone ("good", "caution", "bad") and the sentence about an uploaded PDF.

    ``is_kept``: some certificate's file has the same bytes; ``is_this``: it is the one of the serial asked for, if any
    was; ``finding``: what the signature says.
    """
    if is_kept and is_this:
        return "good", "This file is, byte for byte, the one that was issued."
    if is_kept:
        return (
            "caution",
            "This file is, byte for byte, a certificate that was issued here, but not the one of this serial.",
        )
    if finding.state == "genuine":
        return "caution", f"{finding.words} But it is not kept here as a certificate; it may be a sample."
    return "bad", finding.words
