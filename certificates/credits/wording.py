"""The sentences about credit: profession, type and amounts in, the exact wording of its certificate out.

What is said is data of the credit type (quizbank.activities.credit_types); here it is filled in. Sources of the shipped
sentences: AMA PRA rules (only physicians are awarded its credit, others participate; the phrase keeps its ™); the AMA's
designation statement is prescribed word for word.
"""

from decimal import Decimal

from quizbank.activities.credit_types import COMPLETION, CreditType, Offer
from quizbank.activities.formats import plain_amount

HOUR = 60


def is_awarded(profession: str, kind: CreditType) -> bool:
    """Return whether this profession is awarded the credit; others may be certified to have taken part."""
    group = kind.claimants_of(profession)
    return group is not None and group.awarded


def credit_wording(profession: str, offer: Offer, claimed: Decimal) -> str:
    """Return the certificate's sentence about credit, empty for a profession that may not claim it."""
    group, kind = offer.kind.claimants_of(profession), offer.kind
    if group is None:
        return ""
    hours = claimed * kind.minutes / HOUR
    return group.wording.format(
        claimed=kind.phrase(claimed),
        hours=hours_words(hours),
        maximum=plain_amount(offer.maximum),
        maximum_credit=offer.words,
    )


def hours_words(hours: Decimal) -> str:
    """Return a time in hours, in the number that fits: 1 hour, 0.5 hours."""
    return f"{plain_amount(round(hours, 2))} {'hour' if hours == 1 else 'hours'}"


def certificate_heading(profession: str, kind: CreditType) -> str:
    """Return the certificate's title."""
    group = kind.claimants_of(profession)
    return group.heading if group else COMPLETION


def designation_statement(provider: str, learning_format: str, offer: Offer) -> str:
    """Return the designation statement, generated and never typed; "" for credit types that have none."""
    return offer.kind.designation.format(
        provider=provider, format=learning_format, maximum=plain_amount(offer.maximum), maximum_credit=offer.words
    )


def not_entitled_words(profession: str, kind: CreditType) -> str:
    """Return what is told to somebody whose profession may not claim a type, empty for everybody else."""
    if kind.claimants_of(profession):
        return ""
    return f"{kind.label} can be claimed by {kind.who_may_claim()}. If that is you, correct your profession in your profile."
