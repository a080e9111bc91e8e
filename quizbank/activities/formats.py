"""Learning formats as data, and the arithmetic of credit: amounts, steps and minutes in, amounts out.

Sources: the AMA's list of formats for its PRA; what is counted in which steps is told by quizbank.activities.credit_types.
"""

from decimal import Decimal

FORMATS = {
    "enduring": "Enduring material",
    "journal": "Journal-based CME",
    "internet_live": "Internet live activity",
    "point_of_care": "Internet point-of-care learning",
    "other": "Other activity",
}


def plain_amount(amount: Decimal) -> str:
    """Return an amount of credit without needless zeros: 10, 1, 0.5, 1.25."""
    return f"{amount.normalize():f}"


def is_on_step(amount: Decimal, step: Decimal) -> bool:
    """Return whether an amount can be designated: more than nothing, and a whole number of steps."""
    return amount > 0 and amount % step == 0


def credit_steps(maximum: Decimal, step: Decimal) -> list[Decimal]:
    """Return every amount that can be claimed: step, 2 x step, … up to the maximum."""
    return [step * count for count in range(1, int(maximum / step) + 1)]


def credit_for_minutes(minutes: int, step: Decimal, of_one: int = 60) -> Decimal:
    """Return the credit an activity of so many minutes can carry: 60 minutes (``of_one``) = 1, to the nearest step, halves up.

    So the AMA (nearest quarter hour), and the Royal College of Physicians of Ireland (1.5 hours = 2, 1.25 hours = 1).
    """
    minutes_of_step = of_one * step
    return (minutes + minutes_of_step / 2) // minutes_of_step * step
