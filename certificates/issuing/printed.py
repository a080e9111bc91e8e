"""What a design may print: a certificate's facts go in, every text with its name comes out, as it will be read."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from certificates.issuing.facts import CertificateFacts, Signatory
from quizbank.time_words import long_day_words

COMPOSED = (
    "recipient_line",
    "completed_line",
    "award_line",
    "credit_line",
    "learning_format",
    "verify_at",
    "issued_line",
    "issued_at",
)
"""Texts put together here from several facts, so that every design says them alike."""
SIGNATORY_TEXTS = ("signatory", "signatory_title")
"""Texts that every signatory has; see ``signatory_texts``."""
NOT_PRINTED = {"signatories", "design", "sheet", "logo"}
TEXT_NAMES = ({*CertificateFacts.__dataclass_fields__} - NOT_PRINTED) | {*COMPOSED, *SIGNATORY_TEXTS}
"""Every name that a design's box may have when it is filled from the facts."""


def printed_text(facts: CertificateFacts) -> dict[str, str]:
    """Return what a design may print, as text; a fact that is not given is empty."""
    named = [field.name for field in fields(facts) if field.name not in NOT_PRINTED]
    stated = {name: getattr(facts, name) for name in named}
    plain = {name: long_day_words(text) if isinstance(text, date) else str(text or "") for name, text in stated.items()}
    return {**plain, **composed_text(facts)}


def composed_text(facts: CertificateFacts) -> dict[str, str]:
    """Return the texts in COMPOSED."""
    learning_format = facts.format[:1].lower() + facts.format[1:]
    verify_at = facts.verify_url.partition("://")[2].rpartition("/")[0]
    credit = facts.wording.removeprefix("and ").removeprefix("is ")
    where = f", {facts.location}," if facts.location else ""
    return {
        "recipient_line": ", ".join(filter(None, (facts.recipient, facts.credentials))),
        "completed_line": f"has completed the {learning_format}",
        "award_line": f"on {long_day_words(facts.completed_on)}{where} {facts.wording}",
        "credit_line": credit[:1].upper() + credit[1:],
        "learning_format": learning_format,
        "verify_at": verify_at,
        "issued_line": f"Issued {long_day_words(facts.issued_on)} · Verify at {verify_at}",
        "issued_at": f"{facts.issued_on.isoformat()}T00:00:00Z",
    }


def signatory_texts(signatory: Signatory) -> Mapping[str, str]:
    """Return the texts of one signatory."""
    return {"signatory": signatory.name, "signatory_title": signatory.title}
