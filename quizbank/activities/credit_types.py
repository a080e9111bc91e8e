"""Files of credit types (TOML) go in; types with their units, steps, claimants and wording come out, or what is wrong.

Who may claim a type, in which steps, and the exact sentences are data; certificates.credits fills the sentences in.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from quizbank.accounts.roles import PROFESSIONS
from quizbank.activities.formats import credit_steps, plain_amount
from quizbank.rulefiles.kinds import DamagedFile

SHIPPED = Path(__file__).parent / "credit_types.toml"
EXAMPLE = Path(__file__).parent / "own_types.toml"
"""A file of a provider's own types, to begin with."""
SCHEMA = 1
BOOKS = ("ama", "accme", "standards")
"""Rule books whose rules a type can ask under its own source: of the AMA, of the ACCME, the Standards for Integrity."""
COMPLETION = "Certificate of Completion"
IN_WORDING = frozenset({"claimed", "hours", "maximum", "maximum_credit"})
IN_DESIGNATION = frozenset({"provider", "format", "maximum", "maximum_credit"})
PRESCRIBED = re.compile(r"AMA\s*PRA", re.IGNORECASE)
MOST_STEP = Decimal(100)


class DamagedCreditTypes(DamagedFile):
    """A file of credit types cannot be used; each problem names its place."""


@dataclass(frozen=True)
class Claimants:
    """Who may claim a type, and what their certificate says. No professions = everybody not named before.

    ``awarded``: the credit is theirs; otherwise the certificate only states that they took part, and ``notice`` tells
    them so before they claim.
    """

    professions: tuple[str, ...]
    wording: str
    heading: str = COMPLETION
    awarded: bool = True
    notice: str = ""

    def includes(self, profession: str) -> bool:
        """Return whether a profession is among them."""
        return not self.professions or profession in self.professions


@dataclass(frozen=True)
class CreditType:
    """What credit is counted in. ``step`` is the smallest part that can be designated or claimed, from ``minimum`` on.

    ``one`` and ``many`` are its unit beside an amount, ``unit`` the same in short; ``minutes`` make one; ``source`` is
    whose rules it follows, and ``adopts`` names the rule books that are asked under that source.
    """

    name: str
    label: str
    unit: str
    one: str
    many: str
    step: Decimal
    minimum: Decimal
    source: str
    claimants: tuple[Claimants, ...]
    minutes: int = 60
    adopts: tuple[str, ...] = BOOKS
    designation: str = ""

    @property
    def step_words(self) -> str:
        """Return how an amount moves: in "steps of 0.25", in "whole numbers"."""
        return "whole numbers" if self.step == 1 else f"steps of {plain_amount(self.step)}"

    def phrase(self, amount: Decimal) -> str:
        """Return an amount with its unit, in the number that fits: 1.5 CPD points."""
        return f"{plain_amount(amount)} {self.one if amount == 1 else self.many}"

    def amounts(self, maximum: Decimal) -> list[Decimal]:
        """Return every amount that can be claimed of a maximum."""
        return [amount for amount in credit_steps(maximum, self.step) if amount >= self.minimum]

    def claimants_of(self, profession: str) -> Claimants | None:
        """Return the group a profession claims in, None when it may not claim this type."""
        return next((group for group in self.claimants if group.includes(profession)), None)

    def who_may_claim(self) -> str:
        """Return who may claim, in words."""
        if any(not group.professions for group in self.claimants):
            return "everybody"
        named = [PROFESSIONS.get(name, name) for group in self.claimants for name in group.professions]
        return " or ".join(named) or "nobody any more"


@dataclass(frozen=True)
class Offer:
    """A type of credit that an activity offers, and at most how much of it."""

    kind: CreditType
    maximum: Decimal

    @property
    def words(self) -> str:
        """Return the most that can be claimed, as people read it."""
        return self.kind.phrase(self.maximum)


@dataclass(frozen=True)
class CreditTypes:
    """All types known here, and the names of those that new activities may offer."""

    types: tuple[CreditType, ...]
    offered: tuple[str, ...]

    def find(self, name: str) -> CreditType | None:
        """Return a type by name."""
        return next((kind for kind in self.types if kind.name == name), None)

    def named(self, name: str) -> CreditType:
        """Return a type by name; one that is known no more has its name alone, and nobody may claim it."""
        quarter = Decimal("0.25")
        return self.find(name) or CreditType(name, name, name, name, name, quarter, quarter, "nobody's rules", ())

    def to_offer(self) -> tuple[CreditType, ...]:
        """Return the types that new activities may offer, the usual one first."""
        return tuple(kind for kind in self.types if kind.name in self.offered)


@cache
def credit_types_at(path: str) -> CreditTypes:
    """Return the shipped types and those of a provider's own file; raises DamagedCreditTypes."""
    shipped = read_types(SHIPPED.read_text(encoding="utf-8"))
    if not path:
        return shipped
    try:
        return read_types(Path(path).read_text(encoding="utf-8"), shipped)
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedCreditTypes(f"The credit types in {path} cannot be read: {error}.") from error


def read_types(text: str, shipped: CreditTypes | None = None) -> CreditTypes:
    """Return the types of a TOML text, after the shipped ones if it is a provider's own; raises DamagedCreditTypes."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DamagedCreditTypes(f"The credit types are not written as TOML: {error}.") from error
    only(given, {"offered", "type"}, "the file")
    rows = given.get("type", [])
    if not isinstance(rows, list) or not (rows or shipped):
        raise DamagedCreditTypes("There is no credit type: each begins with a line [[type]].")
    own = read_each(rows)
    if shipped and (prescribed := next((kind for kind in own if PRESCRIBED.search(str(kind))), None)):
        raise DamagedCreditTypes(
            f"{prescribed.name} speaks of AMA PRA credit. Its wording is prescribed: offer the shipped ama_pra_1."
        )
    types = (*(shipped.types if shipped else ()), *own)
    if len({kind.name for kind in types}) < len(types):
        raise DamagedCreditTypes("Two credit types have the same name; names that are shipped are taken.")
    names = {kind.name for kind in types}
    return CreditTypes(types, tuple(sorted(names_in(given.get("offered", sorted(names)), names, "offered"))))


@lru_cache(maxsize=8)
def own_types(text: str) -> CreditTypes:
    """Return the shipped types and those of a provider's own text, which may be empty; raises DamagedCreditTypes."""
    shipped = credit_types_at("")
    return read_types(text, shipped) if text else shipped


def read_each(rows: list[Any]) -> tuple[CreditType, ...]:
    """Return the type in each row; raises DamagedCreditTypes with what is wrong in every row."""
    found: list[CreditType] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(read_type(row, number))
        except DamagedCreditTypes as error:
            problems += error.problems
    if problems:
        raise DamagedCreditTypes(*problems)
    return tuple(found)


def read_type(row: Any, number: int) -> CreditType:
    """Return one type; raises DamagedCreditTypes."""
    known = {"name", "label", "unit", "one", "many", "step", "minimum", "minutes", "source"}
    only(row, {*known, "adopts", "designation", "claimants"}, f"type {number}")
    name = row.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9_]{1,40}", name):
        raise DamagedCreditTypes(f"The name of type {number} takes 1 to 40 small letters, digits and _.")
    many = line(row, "many", name, 60)
    step = amount(row.get("step"), f"step of {name}")
    minimum = amount(row.get("minimum", row.get("step")), f"minimum of {name}")
    if minimum % step:
        raise DamagedCreditTypes(f"minimum of {name} takes a multiple of its step.")
    groups = row.get("claimants")
    if not isinstance(groups, list) or not groups:
        raise DamagedCreditTypes(f"{name} names nobody who may claim: add a part [[type.claimants]].")
    return CreditType(
        name,
        line(row, "label", name, 80),
        line(row, "unit", name, 40, many[:40]),
        line(row, "one", name, 60),
        many,
        step,
        minimum,
        line(row, "source", name, 100),
        tuple(read_claimants(group, name) for group in groups),
        minutes_of(row, name),
        tuple(names_in(row.get("adopts", list(BOOKS)), set(BOOKS), f"adopts of {name}")),
        template(row, "designation", name, 600, IN_DESIGNATION, ""),
    )


def read_claimants(row: Any, name: str) -> Claimants:
    """Return one group of claimants; raises DamagedCreditTypes."""
    only(row, {"professions", "wording", "heading", "awarded", "notice"}, f"claimants of {name}")
    awarded = row.get("awarded", True)
    if not isinstance(awarded, bool):
        raise DamagedCreditTypes(f"awarded of {name} takes true or false.")
    wording = template(row, "wording", name, 200, IN_WORDING)
    if not wording.startswith("and "):
        raise DamagedCreditTypes(f'wording of {name} goes on from "has completed …" and so begins with "and ".')
    professions = tuple(names_in(row.get("professions", []), set(PROFESSIONS), f"professions of {name}"))
    heading = line(row, "heading", name, 60, COMPLETION)
    return Claimants(professions, wording, heading, awarded, line(row, "notice", name, 300, ""))


def only(row: Any, known: set[str], place: str) -> None:
    """Raise DamagedCreditTypes unless this is a table with no other lines than the known ones."""
    if not isinstance(row, dict):
        raise DamagedCreditTypes(f"{place}: lines with a name and a value are expected here.")
    if unknown := sorted(set(row) - known):
        raise DamagedCreditTypes(f"{place}: {unknown[0]!r} is not known here; known are {', '.join(sorted(known))}.")


def line(row: Mapping[str, Any], name: str, place: str, most: int, default: str | None = None) -> str:
    """Return a line of text; raises DamagedCreditTypes. Without a default it is needed."""
    text = row.get(name, default)
    if (
        not isinstance(text, str)
        or len(text) > most
        or not text.isprintable()
        or (default is None and not text.strip())
    ):
        raise DamagedCreditTypes(f"{name} of {place} takes one line of at most {most} characters.")
    return text.strip()


def template(
    row: Mapping[str, Any], name: str, place: str, most: int, fields: frozenset[str], default: str | None = None
) -> str:
    """Return a sentence with places to fill in; raises DamagedCreditTypes for a place that nothing fills."""
    text = line(row, name, place, most, default)
    try:
        parts = [
            (field, spec, conversion) for _, field, spec, conversion in Formatter().parse(text) if field is not None
        ]
    except ValueError as error:
        raise DamagedCreditTypes(f"{name} of {place}: the braces do not match.") from error
    wrong = [field for field, spec, conversion in parts if field not in fields or spec or conversion]
    if wrong:
        known = ", ".join(sorted(fields))
        raise DamagedCreditTypes(f"{name} of {place}: {{{wrong[0]}}} is not known; known are {known}.")
    return text


def names_in(given: Any, known: set[str], place: str) -> list[str]:
    """Return a list of known names; raises DamagedCreditTypes."""
    if not isinstance(given, list) or not all(isinstance(name, str) and name in known for name in given):
        raise DamagedCreditTypes(f"{place} takes a list of names among {', '.join(sorted(known))}.")
    return given


def amount(value: Any, place: str) -> Decimal:
    """Return an amount of credit given in quotes; raises DamagedCreditTypes."""
    try:
        found = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 < found <= MOST_STEP or found != round(found, 2):
        raise DamagedCreditTypes(f'{place} takes an amount in quotes with at most two decimals, such as "0.25".')
    return found


def minutes_of(row: Mapping[str, Any], name: str) -> int:
    """Return how many minutes make one; raises DamagedCreditTypes."""
    minutes = row.get("minutes", 60)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= 600:
        raise DamagedCreditTypes(f"minutes of {name} takes a whole number from 1 to 600.")
    return minutes


def type_to_json(kind: CreditType) -> dict[str, Any]:
    """Return a type as plain JSON values, as it is frozen when an activity is published."""
    return {"schema": SCHEMA, **asdict(kind), "step": str(kind.step), "minimum": str(kind.minimum)}


def type_from_json(stored: Mapping[str, Any]) -> CreditType:
    """Return a frozen type; raises DamagedCreditTypes for a shape this program does not know."""
    values = dict(stored)
    if values.pop("schema", None) != SCHEMA:
        raise DamagedCreditTypes("This activity's credit was frozen by a newer program.")
    groups = [{**group, "professions": tuple(group["professions"])} for group in values["claimants"]]
    values["claimants"] = tuple(Claimants(**group) for group in groups)
    values["adopts"] = tuple(values["adopts"])
    values["step"], values["minimum"] = Decimal(values["step"]), Decimal(values["minimum"])
    return CreditType(**values)
