"""Learning formats and credit types as data: names in, labels, units and steps out.

Sources: the AMA's list of formats for PRA Category 1 Credit; the wording of credit belongs to certificates.credits.
"""

from dataclasses import dataclass
from decimal import Decimal

FORMATS = {
    "enduring": "Enduring material",
    "journal": "Journal-based CME",
    "internet_live": "Internet live activity",
    "point_of_care": "Internet point-of-care learning",
    "other": "Other activity",
}


@dataclass(frozen=True)
class CreditType:
    """What credit is counted in. ``step`` is the smallest part that can be designated or claimed."""

    name: str
    label: str
    unit: str
    step: Decimal


QUARTER = Decimal("0.25")
CREDIT_TYPES = (
    CreditType("ama_pra_1", "AMA PRA Category 1 Credit(s)™", "credit(s)", QUARTER),
    CreditType("cpd", "CPD points", "point(s)", QUARTER),
    CreditType("contact_hours", "Contact hours", "contact hour(s)", QUARTER),
)


def plain_amount(amount: Decimal) -> str:
    """Return an amount of credit without needless zeros: 10, 1, 0.5, 1.25."""
    return f"{amount.normalize():f}"


def credit_type(name: str) -> CreditType:
    """Return a credit type by name; raises LookupError."""
    for found in CREDIT_TYPES:
        if found.name == name:
            return found
    raise LookupError(f"There is no credit type {name!r}.")


def credit_steps(maximum: Decimal, step: Decimal = QUARTER) -> list[Decimal]:
    """Return every amount that can be claimed: step, 2 x step, … maximum."""
    return [step * count for count in range(1, int(maximum / step) + 1)]


def credit_for_minutes(minutes: int) -> Decimal:
    """Return the credit an activity of so many minutes can carry: 60 minutes = 1, to the nearest quarter hour (AMA)."""
    return Decimal((minutes + 7) // 15) * QUARTER
