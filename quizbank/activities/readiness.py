"""May an activity be published? Its facts go in, what is missing comes out, each with its rule's source."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, date
from decimal import Decimal

from quizbank.activities.formats import CreditType, credit_for_minutes, is_on_step, plain_amount

MAX_TERM_YEARS = 3
DISCLOSURE_TERM_MONTHS = 24


@dataclass(frozen=True)
class Disclosure:
    """A financial relationship of the last 24 months. ``mitigated_on`` is None when nothing was done about it."""

    company: str
    nature: str
    mitigation: str
    mitigated_on: date | None


@dataclass(frozen=True)
class Person:
    """Someone in control of content. ``asked`` tells that the person stated relationships, or that there are none."""

    name: str
    credentials: str
    role: str
    asked: bool
    disclosures: tuple[Disclosure, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What readiness looks at. ``asked_items`` maps an objective to (items asked for, items published)."""

    title: str
    instructions: str
    pass_mark: int
    minutes: int
    credit_type: CreditType
    maximum_credit: Decimal
    released_on: date | None
    reviewed_on: date | None
    expires_on: date | None
    references: tuple[str, ...]
    faculty: tuple[Person, ...]
    asked_items: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Shortcoming:
    """Something that keeps an activity from being published: the form field it concerns, plain words, the source."""

    field: str
    words: str
    source: str


AMA = "AMA PRA rules for enduring materials"
ACCME = "ACCME accreditation criteria"
STANDARDS = "ACCME Standards for Integrity and Independence"


def shortcomings(plan: Plan, today: date) -> list[Shortcoming]:
    """Return everything that keeps the activity from being published, [] when it is ready."""
    return [found for rule in RULES for found in rule(plan, today)]


def title_and_instructions(plan: Plan, _today: date) -> list[Shortcoming]:
    found = []
    if not plan.title.strip():
        found.append(Shortcoming("title", "Give the activity a title.", AMA))
    if not plan.instructions.strip():
        found.append(Shortcoming("instructions", "Tell learners how to earn the credit.", AMA))
    return found


def objectives_are_assessed(plan: Plan, _today: date) -> list[Shortcoming]:
    if not plan.asked_items:
        return [Shortcoming("objectives", "State at least one learning objective.", AMA)]
    found = []
    for text, asked, published in plan.asked_items:
        if asked < 1:
            found.append(
                Shortcoming("objectives", f"Ask at least one item for “{text}”, or remove the objective.", AMA)
            )
        elif published < asked:
            words = f"“{text}” asks for {asked} items, but {published} are published. Approve more or ask for fewer."
            found.append(Shortcoming("objectives", words, AMA))
    return found


def pass_mark_is_set(plan: Plan, _today: date) -> list[Shortcoming]:
    if 1 <= plan.pass_mark <= 100:
        return []
    return [Shortcoming("pass_mark", "Set a pass mark between 1 and 100 percent.", AMA)]


def credit_matches_time(plan: Plan, _today: date) -> list[Shortcoming]:
    credit, kind = plan.maximum_credit, plan.credit_type
    if not is_on_step(credit, kind.step):
        words = f"Designate {kind.label} in {kind.step_words}, more than 0."
        return [Shortcoming("maximum_credit", words, kind.source)]
    most = credit_for_minutes(plan.minutes, kind.step)
    if credit > most:
        words = f"{plan.minutes} minutes carry at most {plain_amount(most)} {kind.unit} (60 minutes = 1)."
        return [Shortcoming("maximum_credit", words, kind.source)]
    return []


def references_are_given(plan: Plan, _today: date) -> list[Shortcoming]:
    if any(reference.strip() for reference in plan.references):
        return []
    return [Shortcoming("references", "Name at least one bibliographic source.", AMA)]


def dates_are_in_order(plan: Plan, today: date) -> list[Shortcoming]:
    released, reviewed, expires = plan.released_on, plan.reviewed_on, plan.expires_on
    if not (released and reviewed and expires):
        return [Shortcoming("released_on", "Give the release, last review and expiry dates.", ACCME)]
    found = []
    if reviewed > max(released, today):
        found.append(Shortcoming("reviewed_on", "The last review cannot lie in the future.", ACCME))
    elif not released <= reviewed <= expires:
        found.append(Shortcoming("reviewed_on", "The dates must follow: release, review, expiry.", ACCME))
    if expires > years_after(max(released, reviewed), MAX_TERM_YEARS):
        found.append(Shortcoming("expires_on", "Expiry is at most three years after the last review.", ACCME))
    if expires < today:
        found.append(Shortcoming("expires_on", "The expiry date has passed.", ACCME))
    return found


def years_after(day: date, years: int) -> date:
    """Return the same day some years later, at most in the year 9999; 29 February becomes the 28th."""
    year = min(day.year + years, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def faculty_has_disclosed(plan: Plan, _today: date) -> list[Shortcoming]:
    if not plan.faculty:
        return [Shortcoming("faculty", "Name the faculty and planners with their credentials.", ACCME)]
    found = []
    for person in plan.faculty:
        if not person.asked and not person.disclosures:
            words = f"{person.name}: state the relationships of the last {DISCLOSURE_TERM_MONTHS} months, or that there are none."
            found.append(Shortcoming("faculty", words, STANDARDS))
        if any(not told.nature.strip() for told in person.disclosures):
            found.append(Shortcoming("faculty", f"{person.name}: state the nature of each relationship.", STANDARDS))
        if any(not (told.mitigated_on and told.mitigation.strip()) for told in person.disclosures):
            words = f"{person.name}: say how each relationship was mitigated, and when."
            found.append(Shortcoming("faculty", words, STANDARDS))
    return found


RULES: tuple[Callable[[Plan, date], list[Shortcoming]], ...] = (
    title_and_instructions,
    objectives_are_assessed,
    pass_mark_is_set,
    credit_matches_time,
    references_are_given,
    dates_are_in_order,
    faculty_has_disclosed,
)
