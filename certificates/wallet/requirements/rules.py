"""A file of rules (TOML) goes in; what each board asks for comes out, or a sentence that says what is wrong with it.

docs/requirements.md describes the file for people. Nothing in the program knows any board: rules are only ever data.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from certificates.wallet.entries import OTHER, topic_name
from certificates.wallet.licenses.kinds import KINDS
from quizbank.rulefiles.kinds import DamagedFile

SHIPPED = Path(__file__).parent / "samples.toml"
FORMAT = 1
FIXED, BIRTHDAY, BIRTH_MONTH, ISSUED, EXPIRES, CHOSEN = (
    "fixed",
    "birthday",
    "birth_month",
    "issued",
    "expires",
    "chosen",
)
STARTS = (FIXED, BIRTHDAY, BIRTH_MONTH, ISSUED, EXPIRES, CHOSEN)
FIRST_CYCLE, ASKED = "first_cycle", "asked"
Known = Collection[str] | None
"""The types of credit that rules may speak of; None leaves that unchecked."""
MOST = Decimal("9999.99")
MOST_MONTHS = 240
YEARS = range(1900, 2200)


class DamagedRules(DamagedFile):
    """A file of rules cannot be used; each problem names its place."""


@dataclass(frozen=True)
class CycleRule:
    """How long a cycle is and what day it goes by; ``day`` belongs to FIXED, ``year`` to the two that go by the birth."""

    months: int
    start: str
    day: date | None = None
    year: int | None = None


@dataclass(frozen=True)
class Topic:
    """Credit that must be about something; ``name`` is the form in which topics are compared."""

    name: str
    label: str
    minimum: Decimal


@dataclass(frozen=True)
class Cap:
    """The most that some types count for together in a cycle."""

    types: frozenset[str]
    maximum: Decimal


@dataclass(frozen=True)
class Exemption:
    """A case in which less is asked for.

    ``when`` FIRST_CYCLE: by itself, in the cycle in which the license was issued; ASKED: when the person says that it
    applies. ``total`` is asked for instead; ``is_prorated``: the total by the months that are left.
    """

    name: str
    label: str
    when: str
    total: Decimal | None = None
    is_prorated: bool = False
    waives_topics: bool = False


@dataclass(frozen=True)
class RuleSet:
    """What one board asks for in a cycle. ``types`` empty = credit of every type counts."""

    name: str
    title: str
    source: str
    as_of: date
    total: Decimal
    cycle: CycleRule
    is_sample: bool = False
    source_url: str = ""
    until: date | None = None
    license_kinds: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    topics: tuple[Topic, ...] = ()
    caps: tuple[Cap, ...] = ()
    carry_over: Decimal = Decimal(0)
    exemptions: tuple[Exemption, ...] = ()

    def accepts(self, kind: str, credit_type: str) -> bool:
        """Return whether credit of a type counts."""
        return not self.types or bool(self.types & {kind, credit_type})


@lru_cache(maxsize=8)
def rules_in(text: str) -> tuple[RuleSet, ...]:
    """Return the rules of a text that was checked before, the samples for an empty one; raises DamagedRules."""
    return read_rules(text or SHIPPED.read_text(encoding="utf-8"), None)


@cache
def rules_at(path: str, known_types: frozenset[str] | None) -> tuple[RuleSet, ...]:
    """Return the rules of a file, the samples when no path is given; raises DamagedRules."""
    try:
        return read_rules(Path(path or SHIPPED).read_text(encoding="utf-8"), known_types)
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedRules(f"The rules in {path} cannot be read: {error}.") from error


def read_rules(text: str, known_types: Known) -> tuple[RuleSet, ...]:
    """Return the rules of a TOML text; raises DamagedRules."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DamagedRules(f"The rules are not written as TOML: {error}.") from error
    only(given, {"format", "rules"}, "the file")
    if given.get("format") != FORMAT:
        raise DamagedRules(f"The file begins with the line: format = {FORMAT}.")
    rows = given.get("rules")
    if not isinstance(rows, list) or not rows:
        raise DamagedRules("There are no rules: each set begins with a line [[rules]].")
    found = read_each(rows, known_types)
    unique([rules.name for rules in found], "Two sets of rules have the name")
    return found


def read_each(rows: list[Any], known_types: Known) -> tuple[RuleSet, ...]:
    """Return the set in each row; raises DamagedRules with what is wrong in every row."""
    found: list[RuleSet] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(read_rule_set(row, f"rules {number}", known_types))
        except DamagedRules as error:
            problems += error.problems
    if problems:
        raise DamagedRules(*problems)
    return tuple(found)


def read_rule_set(row: Any, place: str, known_types: Known) -> RuleSet:
    """Return one set of rules; raises DamagedRules."""
    only(row, {
        "name", "title", "source", "source_url", "as_of", "until", "sample", "license_kinds", "total", "types",
        "cycle", "topics", "caps", "carry_over", "exemptions",
    }, place)  # fmt: skip
    name = short_name(row, place)
    as_of, until = day(row, "as_of", name), day(row, "until", name)
    if as_of is None:
        raise DamagedRules(f"as_of of {name} takes the day the rules were compared with their source: 2026-11-01.")
    topics = tuple(read_topic(one, f"topic {n} of {name}") for n, one in enumerate(rows(row, "topics", name), 1))
    unique([topic.name for topic in topics], f"Two topics of {name} have the name")
    caps = tuple(read_cap(one, f"cap {n} of {name}", known_types) for n, one in enumerate(rows(row, "caps", name), 1))
    unique([kind for cap in caps for kind in sorted(cap.types)], f"Two caps of {name} are for")
    exemptions = tuple(
        read_exemption(one, f"exemption {n} of {name}") for n, one in enumerate(rows(row, "exemptions", name), 1)
    )
    unique([one.name for one in exemptions], f"Two exemptions of {name} have the name")
    return RuleSet(
        name,
        words(row, "title", name, 160, is_needed=True),
        words(row, "source", name, 600, is_needed=True),
        as_of,
        needed_amount(row, "total", name),
        read_cycle(row.get("cycle"), f"cycle of {name}"),
        flag(row, "sample", name),
        web_address(row, name),
        until,
        license_kinds(row, name),
        known(names(row, "types", name), f"types of {name}", known_types),
        topics,
        caps,
        amount(row, "carry_over", name) or Decimal(0),
        exemptions,
    )


def read_cycle(row: Any, place: str) -> CycleRule:
    """Return how cycles go; raises DamagedRules."""
    only(row, {"months", "start", "day", "year"}, place)
    months, start = row.get("months"), row.get("start")
    if not is_whole(months) or not 1 <= months <= MOST_MONTHS:
        raise DamagedRules(f"months of {place} takes a whole number, 1 to {MOST_MONTHS}.")
    if start not in STARTS:
        raise DamagedRules(f"start of {place} takes one of {', '.join(STARTS)}.")
    first, year = day(row, "day", place), row.get("year")
    if (start == FIXED) != (first is not None):
        raise DamagedRules(f'day of {place} is the day on which a cycle begins; it belongs to start = "{FIXED}" only.')
    goes_by_birth = start in (BIRTHDAY, BIRTH_MONTH)
    if goes_by_birth != (year is not None) or (goes_by_birth and (not is_whole(year) or year not in YEARS)):
        raise DamagedRules(
            f'year of {place} is a year in which a cycle begins; it belongs to start = "{BIRTHDAY}" or "{BIRTH_MONTH}" only.'
        )
    return CycleRule(months, start, first, year)


def read_topic(row: Any, place: str) -> Topic:
    """Return one topic; raises DamagedRules."""
    only(row, {"name", "label", "minimum"}, place)
    name = topic_name(words(row, "name", place, 60, is_needed=True))
    label = words(row, "label", place, 120) or name.capitalize()
    minimum = needed_amount(row, "minimum", place)
    if not minimum:
        raise DamagedRules(f"minimum of {place} takes more than nothing.")
    return Topic(name, label, minimum)


def read_cap(row: Any, place: str, known_types: Known) -> Cap:
    """Return one cap; raises DamagedRules."""
    only(row, {"types", "maximum"}, place)
    types = known(names(row, "types", place), f"types of {place}", known_types)
    if not types:
        raise DamagedRules(f"types of {place} names at least one type of credit.")
    return Cap(types, needed_amount(row, "maximum", place))


def read_exemption(row: Any, place: str) -> Exemption:
    """Return one exemption; raises DamagedRules."""
    only(row, {"name", "label", "when", "total", "prorated", "waives_topics"}, place)
    found = Exemption(
        short_name(row, place),
        words(row, "label", place, 200, is_needed=True),
        str(row.get("when")),
        amount(row, "total", place),
        flag(row, "prorated", place),
        flag(row, "waives_topics", place),
    )
    if found.when not in (FIRST_CYCLE, ASKED):
        raise DamagedRules(f'when of {place} takes "{FIRST_CYCLE}" or "{ASKED}".')
    if found.is_prorated and (found.total is not None or found.when != FIRST_CYCLE):
        raise DamagedRules(f'prorated of {place} goes with when = "{FIRST_CYCLE}" and without total.')
    if found.total is None and not found.is_prorated and not found.waives_topics:
        raise DamagedRules(f"{place} changes nothing: give it total, prorated or waives_topics.")
    return found


def only(row: Any, known_names: set[str], place: str) -> None:
    """Raise DamagedRules unless this is a table with no other lines than the known ones."""
    if not isinstance(row, dict):
        raise DamagedRules(f"{place}: lines with a name and a value are expected here.")
    if unknown := sorted(set(row) - known_names):
        raise DamagedRules(f"{place}: {unknown[0]!r} is not known here; known are {', '.join(sorted(known_names))}.")


def unique(found: list[str], sentence: str) -> None:
    """Raise DamagedRules when a name is there twice."""
    if double := next((name for name in found if found.count(name) > 1), None):
        raise DamagedRules(f"{sentence} {double!r}.")


def rows(row: Mapping[str, Any], name: str, place: str) -> list[Any]:
    """Return the tables of a name, none when it is left out; raises DamagedRules."""
    found = row.get(name, [])
    if not isinstance(found, list) or len(found) > 100:
        raise DamagedRules(f"{name} of {place} takes up to 100 tables, each below a line [[rules.{name}]].")
    return found


def names(row: Mapping[str, Any], name: str, place: str) -> list[str]:
    """Return a list of names, empty when it is left out; raises DamagedRules."""
    found = row.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and 0 < len(one) <= 80 for one in found):
        raise DamagedRules(f"{name} of {place} takes a list of names in quotes.")
    return found


def license_kinds(row: Mapping[str, Any], place: str) -> tuple[str, ...]:
    """Return the kinds of licenses that rules are for, none = any; raises DamagedRules."""
    found = names(row, "license_kinds", place)
    if unknown := next((one for one in found if one not in KINDS), None):
        raise DamagedRules(
            f"license_kinds of {place}: {unknown!r} is no kind of license; known are {', '.join(KINDS)}."
        )
    return tuple(found)


def known(found: list[str], place: str, known_types: Known) -> frozenset[str]:
    """Return types of credit; a person's own label stands as "other:label". Raises DamagedRules for an unknown one."""
    for one in found:
        if known_types is not None and one not in known_types and one != OTHER and not one.startswith(f"{OTHER}:"):
            raise DamagedRules(
                f"{place}: {one!r} is no type of credit; known are {', '.join(sorted(known_types))}, other."
            )
    return frozenset(one.casefold() if one.startswith(f"{OTHER}:") else one for one in found)


def short_name(row: Mapping[str, Any], place: str) -> str:
    """Return a name that stands for something in addresses and in the database; raises DamagedRules."""
    name = row.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9_-]{1,60}", name):
        raise DamagedRules(f"The name of {place} takes 1 to 60 small letters, digits, - and _.")
    return name


def words(row: Mapping[str, Any], name: str, place: str, most: int, is_needed: bool = False) -> str:
    """Return a line of text, empty when it is left out and may be; raises DamagedRules."""
    text = row.get(name, "")
    if not isinstance(text, str) or len(text) > most or not all(letter.isprintable() for letter in text):
        raise DamagedRules(f"{name} of {place} takes one line of at most {most} characters.")
    if is_needed and not text.strip():
        raise DamagedRules(f"{name} of {place} is missing.")
    return text.strip()


def web_address(row: Mapping[str, Any], place: str) -> str:
    """Return the address of the source, empty when there is none; raises DamagedRules."""
    text = words(row, "source_url", place, 300)
    if text and not re.fullmatch(r"https?://[!-~]+", text):
        raise DamagedRules(f"source_url of {place} takes an address that begins with https:// or http://.")
    return text


def flag(row: Mapping[str, Any], name: str, place: str) -> bool:
    """Return true or false, false when it is left out; raises DamagedRules."""
    found = row.get(name, False)
    if not isinstance(found, bool):
        raise DamagedRules(f"{name} of {place} takes true or false, without quotes.")
    return found


def day(row: Mapping[str, Any], name: str, place: str) -> date | None:
    """Return a day, None when it is left out; raises DamagedRules."""
    found = row.get(name)
    if found is not None and (type(found) is not date or found.year not in YEARS):
        raise DamagedRules(f"{name} of {place} takes a day without quotes, such as 2026-11-01.")
    return found


def is_whole(value: Any) -> bool:
    """Return whether a value is a whole number (TOML's true is none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def needed_amount(row: Mapping[str, Any], name: str, place: str) -> Decimal:
    """Return an amount of credit that must be given; raises DamagedRules."""
    found = amount(row, name, place)
    if found is None:
        raise DamagedRules(f"{name} of {place} is missing.")
    return found


def amount(row: Mapping[str, Any], name: str, place: str) -> Decimal | None:
    """Return an amount of credit given in quotes, None when it is left out; raises DamagedRules."""
    value = row.get(name)
    if value is None:
        return None
    try:
        found = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= MOST or found != round(found, 2):
        raise DamagedRules(f'{name} of {place} takes an amount in quotes with at most two decimals, such as "2.50".')
    return round(found, 2)
