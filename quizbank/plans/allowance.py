"""What a plan includes and what was used of it go in; what is left, what the next use costs, and any refusal come out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from quizbank.plans.catalogue import Benefit, Catalogue, Entitlement, Plan
from quizbank.time_words import long_day_words

FREE = Decimal("0.00")


@dataclass(frozen=True)
class Admission:
    """Whether something may be used now: what it costs, or why it is refused and what to do.

    ``is_counted`` says that it was used before: using it again counts and costs nothing. ``subscription_id`` is None
    when no plan is needed, or when the use begins a trial.
    """

    refusal: str = ""
    cost: Decimal = FREE
    is_counted: bool = False
    plan: str = ""
    subscription_id: int | None = None


@dataclass(frozen=True)
class Allowance:
    """How much of a benefit is left in a period. ``left`` None = without limit; ``renews_on`` is the next period's day."""

    benefit: Benefit
    entitlement: Entitlement
    used: int
    left: int | None
    renews_on: date


def period_start(day: date, per: str) -> date:
    """Return the first day of the calendar month or year that a day belongs to."""
    return day.replace(day=1) if per == "month" else day.replace(month=1, day=1)


def period_end(day: date, per: str) -> date:
    """Return the first day after the calendar month or year that a day belongs to."""
    if per == "year" or day.month == 12:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def allowance(benefit: Benefit, entitlement: Entitlement, used: int, today: date) -> Allowance:
    """Return what is left of a benefit after so many uses in the present period."""
    left = None if entitlement.quota is None else max(0, entitlement.quota - used)
    return Allowance(benefit, entitlement, used, left, period_end(today, entitlement.per))


def cost_of_next(entitlement: Entitlement, used: int) -> Decimal | None:
    """Return what one more use costs after so many in this period; None = it cannot be had."""
    if entitlement.quota is None:
        return entitlement.price or FREE
    return FREE if used < entitlement.quota else entitlement.price


def needs_a_plan(benefit: Benefit, ended: str) -> str:
    """Return the refusal of somebody without a plan in force; ``ended`` tells what became of the last one, if any."""
    kept = "Everything you earned stays yours." if ended else ""
    return " ".join(filter(None, [ended, f"“{benefit.label}” needs a plan: choose one under My plan.", kept]))


def not_included(benefit: Benefit, plan: Plan, catalogue: Catalogue) -> str:
    """Return the refusal of a plan that leaves a benefit out."""
    others = [other.title for other in catalogue.plans if benefit.name in other.includes]
    advice = f"These plans do: {', '.join(others)}." if others else "Ask an administrator."
    return f"Your plan {plan.title} does not include “{benefit.label}”. {advice}"


def used_up(benefit: Benefit, entitlement: Entitlement, plan: Plan, catalogue: Catalogue, today: date) -> str:
    """Return the refusal of a used-up quota, with the day it opens again and the plans without such a limit."""
    opens = long_day_words(period_end(today, entitlement.per))
    greater = [
        other.title
        for other in catalogue.plans[catalogue.rank(plan.name) + 1 :]
        if benefit.name in other.includes and other.includes[benefit.name].quota is None
    ]
    or_else = f" {' and '.join(greater)} has no such limit." if greater else ""
    included = f"all {entitlement.quota} {benefit.noun} that {plan.title} includes this {entitlement.per}"
    return f"You have used {included}. The next open on {opens}.{or_else}"
