"""A file of plans (TOML) goes in; plans with their entitlements come out, or a sentence that says what is wrong with it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "plans.toml"
MOST = Decimal("99999999.99")
"""What the ledger's column can hold."""


class DamagedPlans(ValueError):
    """A file of plans cannot be used; the message names the place."""


@dataclass(frozen=True)
class Benefit:
    """Something a plan can include and the program asks for. ``noun`` is what a quota counts, empty = it has none."""

    name: str
    label: str
    noun: str = ""


ACTIVITIES = Benefit("activities", "Start activities", "new activities")
CREDIT = Benefit("credit", "CME/CPD credit and certificates")
"""What was earned is never counted out or charged for: a plan includes credit wholly, or not at all."""
BENEFITS = (ACTIVITIES, CREDIT)


@dataclass(frozen=True)
class Entitlement:
    """What a plan includes of one benefit.

    ``quota`` is how many uses a ``per`` (month or year) are included, None = without limit. ``price`` is what each use
    costs that is not included (with no quota: each use); None = what is not included cannot be had.
    """

    quota: int | None = None
    per: str = "month"
    price: Decimal | None = None


@dataclass(frozen=True)
class Plan:
    """A plan on offer. ``price`` a ``per`` is for people to read; ``payment_price`` is the payment provider's id of it."""

    name: str
    title: str
    summary: str = ""
    price: Decimal | None = None
    per: str = "month"
    payment_price: str = ""
    includes: Mapping[str, Entitlement] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """What a person without any subscription gets with the first use."""

    plan: str
    days: int


@dataclass(frozen=True)
class Catalogue:
    """All plans on offer, from the smaller to the greater."""

    plans: tuple[Plan, ...]
    currency: str
    trial: Trial | None = None

    def plan(self, name: str) -> Plan:
        """Return a plan by name; one that is offered no more is an empty plan of that name."""
        return next((plan for plan in self.plans if plan.name == name), Plan(name, name))

    def offers(self, name: str) -> bool:
        """Return whether a plan of this name is on offer."""
        return any(plan.name == name for plan in self.plans)

    def rank(self, name: str) -> int:
        """Return how great a plan is among those on offer; -1 = offered no more."""
        return next((place for place, plan in enumerate(self.plans) if plan.name == name), -1)

    def money(self, amount: Decimal) -> str:
        """Return an amount as people read it: USD 2.50."""
        return f"{self.currency} {amount:,.2f}"


@cache
def catalogue_at(path: str) -> Catalogue:
    """Return the plans of a file, those shipped when no path is given; raises DamagedPlans."""
    try:
        return read_catalogue(Path(path or SHIPPED).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedPlans(f"The plans in {path} cannot be read: {error}.") from error


def read_catalogue(text: str) -> Catalogue:
    """Return the plans of a TOML text; raises DamagedPlans."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DamagedPlans(f"The plans are not written as TOML: {error}.") from error
    only(given, {"currency", "trial", "plan"}, "the file")
    rows = given.get("plan")
    if not isinstance(rows, list) or not rows:
        raise DamagedPlans("There is no plan: each begins with a line [[plan]].")
    plans = tuple(read_plan(row, number) for number, row in enumerate(rows, start=1))
    if len({plan.name for plan in plans}) < len(plans):
        raise DamagedPlans("Two plans have the same name.")
    currency = given.get("currency")
    if not isinstance(currency, str) or not re.fullmatch(r"[A-Z]{3}", currency):
        raise DamagedPlans('currency takes three capital letters, such as "USD".')
    return Catalogue(plans, currency, read_trial(given.get("trial"), plans))


def read_plan(row: Any, number: int) -> Plan:
    """Return one plan; raises DamagedPlans."""
    place = f"plan {number}"
    only(row, {"name", "title", "summary", "price", "per", "payment_price", "includes"}, place)
    name = row.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9_-]{1,40}", name):
        raise DamagedPlans(f"The name of {place} takes 1 to 40 small letters, digits, - and _.")
    includes = row.get("includes", {})
    only(includes, {benefit.name for benefit in BENEFITS}, f"what {name} includes")
    return Plan(
        name,
        words(row, "title", name, 60) or name.capitalize(),
        words(row, "summary", name, 300),
        amount(row.get("price"), f"The price of {name}"),
        period(row, name),
        words(row, "payment_price", name, 100),
        {
            benefit.name: read_entitlement(includes[benefit.name], benefit, f"{name}, {benefit.name}")
            for benefit in BENEFITS
            if benefit.name in includes
        },
    )


def read_entitlement(row: Any, benefit: Benefit, place: str) -> Entitlement:
    """Return one entitlement; raises DamagedPlans."""
    only(row, {"quota", "per", "price"}, place)
    if row and not benefit.noun:
        raise DamagedPlans(f"{place} takes no quota and no price: it is included wholly, or left out.")
    quota = row.get("quota")
    if quota is not None and not is_count(quota, 1_000_000):
        raise DamagedPlans(f"quota of {place} takes a whole number from 0; leave it out for no limit.")
    price = amount(row.get("price"), f"The price of {place}")
    if quota == 0 and price is None:
        raise DamagedPlans(f"quota 0 of {place} includes nothing: leave {place} out, or give a price of each use.")
    return Entitlement(quota, period(row, place), price)


def read_trial(row: Any, plans: tuple[Plan, ...]) -> Trial | None:
    """Return the trial, None when the file has none; raises DamagedPlans."""
    if row is None:
        return None
    only(row, {"plan", "days"}, "trial")
    if row.get("plan") not in {plan.name for plan in plans} or not is_count(row.get("days"), 366):
        raise DamagedPlans("trial takes the name of a plan in this file and its days, 1 to 366.")
    return Trial(row["plan"], row["days"]) if row["days"] else None


def only(row: Any, known: set[str], place: str) -> None:
    """Raise DamagedPlans unless this is a table with no other lines than the known ones."""
    if not isinstance(row, dict):
        raise DamagedPlans(f"{place}: lines with a name and a value are expected here.")
    if unknown := sorted(set(row) - known):
        raise DamagedPlans(f"{place}: {unknown[0]!r} is not known here; known are {', '.join(sorted(known))}.")


def words(row: Mapping[str, Any], name: str, place: str, most: int) -> str:
    """Return a line of text, empty when it is left out; raises DamagedPlans."""
    text = row.get(name, "")
    if not isinstance(text, str) or len(text) > most or not all(c.isprintable() for c in text):
        raise DamagedPlans(f"{name} of {place} takes one line of at most {most} characters.")
    return text.strip()


def period(row: Mapping[str, Any], place: str) -> str:
    """Return what a quota or price is counted by; raises DamagedPlans."""
    per = row.get("per", "month")
    if per not in ("month", "year"):
        raise DamagedPlans(f'per of {place} takes "month" or "year".')
    return str(per)


def is_count(value: Any, most: int) -> bool:
    """Return whether a value is a whole number from 0 (TOML's true is none)."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def amount(value: Any, place: str) -> Decimal | None:
    """Return an amount of money given in quotes, None when it is left out; raises DamagedPlans."""
    if value is None:
        return None
    try:
        found = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= MOST or found != round(found, 2):
        raise DamagedPlans(f'{place} takes an amount in quotes with at most two decimals, such as "2.50".')
    return round(found, 2)
