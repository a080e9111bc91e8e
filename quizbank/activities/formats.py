"""Learning formats and credit types as data: names in, labels, units and steps out.

Sources: the AMA's list of formats for PRA Category 1 Credit; the wording of credit belongs to certificates.credits.
AMA PRA credit goes by quarters of an hour, CPD points of the UK Royal Colleges are whole, one an hour.
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
    """What credit is counted in. ``step`` is the smallest part that can be designated or claimed, ``source`` its rule."""

    name: str
    label: str
    unit: str
    step: Decimal
    source: str

    @property
    def step_words(self) -> str:
        """Return how an amount moves: in "steps of 0.25", in "whole numbers"."""
        return "whole numbers" if self.step == 1 else f"steps of {plain_amount(self.step)}"


CREDIT_TYPES = (
    CreditType("ama_pra_1", "AMA PRA Category 1 Credit(s)™", "credit(s)", Decimal("0.25"), "AMA PRA rules"),
    CreditType("cpd", "CPD points", "point(s)", Decimal(1), "CPD rules of the UK Royal Colleges"),
    CreditType("contact_hours", "Contact hours", "contact hour(s)", Decimal("0.25"), "ANCC criteria"),
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


def is_on_step(amount: Decimal, step: Decimal) -> bool:
    """Return whether an amount can be designated: more than nothing, and a whole number of steps."""
    return amount > 0 and amount % step == 0


def credit_steps(maximum: Decimal, step: Decimal) -> list[Decimal]:
    """Return every amount that can be claimed: step, 2 x step, … up to the maximum."""
    return [step * count for count in range(1, int(maximum / step) + 1)]


def credit_for_minutes(minutes: int, step: Decimal) -> Decimal:
    """Return the credit an activity of so many minutes can carry: 60 minutes = 1, to the nearest step, halves up.

    So the AMA (nearest quarter hour), and the Royal College of Physicians of Ireland (1.5 hours = 2, 1.25 hours = 1).
    """
    minutes_of_step = 60 * step
    return (minutes + minutes_of_step / 2) // minutes_of_step * step
