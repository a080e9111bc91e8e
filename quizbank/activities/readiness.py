"""May an activity be published? Its facts go in; each rule with its source, and what is missing for it, comes out.

Which rules apply to which credit type and format is the table EXEMPT; a credit type names the rule books that it adopts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, date

from quizbank.activities.bibliography import why_incomplete, why_never
from quizbank.activities.companies import supporters, why_promotes, why_unclear
from quizbank.activities.credit_types import CreditType, Offer
from quizbank.activities.formats import credit_for_minutes, is_on_step, plain_amount
from quizbank.activities.learning_time import MINUTES_PER_ITEM, WORDS_PER_MINUTE, estimated_minutes, most_minutes

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
    """Someone in control of content. ``asked`` tells that the person stated that there are no relationships.

    ``asked_on`` is the day the person was asked, None when nobody noted it (it then counts as the day the draft was made);
    ``began_on`` the day the role began, None when it begins with publication.
    """

    name: str
    credentials: str
    role: str
    asked: bool
    disclosures: tuple[Disclosure, ...] = ()
    asked_on: date | None = None
    began_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """What readiness looks at. ``asked_items`` maps an objective to (items asked for, items published).

    ``words`` counts those of the document, ``body`` is what it says outside its bibliography, ``unsigned`` and ``unsourced``
    list the stems of items to be asked that no person has approved, or of which nobody knows how they were made.
    """

    title: str
    instructions: str
    pass_mark: int
    minutes: int
    credits: tuple[Offer, ...]
    released_on: date | None
    reviewed_on: date | None
    expires_on: date | None
    references: tuple[str, ...]
    faculty: tuple[Person, ...]
    asked_items: tuple[tuple[str, int, int], ...]
    drafted_on: date
    format: str = "enduring"
    words: int = 0
    body: str = ""
    commercial_support: str = ""
    unsigned: tuple[str, ...] = ()
    unsourced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shortcoming:
    """Something that keeps an activity from being published: the form field it concerns, plain words, the source."""

    field: str
    words: str
    source: str


AMA = "AMA PRA rules for enduring materials"
ACCME = "ACCME accreditation criteria"
STANDARDS = "ACCME Standards for Integrity and Independence"
AI_USE = "ACCME guidance on responsible use of AI"
BOOKS = {AMA: "ama", ACCME: "accme", STANDARDS: "standards"}
"""By their sources, what credit types call the rule books that they can adopt."""

Missing = tuple[str, str]
"""A form field, and in plain words what to do there."""


@dataclass(frozen=True)
class Rule:
    """One rule: its name in the tables, what it asks in a few words, whose it is, and the check that says what is missing."""

    name: str
    asks: str
    source: str
    check: Callable[[Plan, date], list[Missing]]


@dataclass(frozen=True)
class Line:
    """A line of the checklist: what a rule asks, whose rule it is, and what is missing for it ([] when it is met)."""

    name: str
    asks: str
    source: str
    missing: tuple[Shortcoming, ...] = ()


def checklist(plan: Plan, today: date) -> list[Line]:
    """Return every rule that applies to the plan's format and to any of its credit types, met or not."""
    lines = []
    for rule in RULES:
        held = [offer.kind for offer in plan.credits if (rule.name, offer.kind.name) not in EXEMPT]
        if (rule.name, plan.format) in EXEMPT or (plan.credits and not held):
            continue
        source = "; ".join(dict.fromkeys(source_for(rule, kind) for kind in held)) or rule.source
        missing = tuple(Shortcoming(field, words, source) for field, words in rule.check(plan, today))
        lines.append(Line(rule.name, rule.asks, source, missing))
    return lines


def source_for(rule: Rule, kind: CreditType) -> str:
    """Return whose rule it is for a credit type: its own, where it adopts the rule book."""
    return kind.source if BOOKS.get(rule.source) in kind.adopts else rule.source


def shortcomings(plan: Plan, today: date) -> list[Shortcoming]:
    """Return everything that keeps the activity from being published, [] when it is ready."""
    return [found for line in checklist(plan, today) for found in line.missing]


def title_is_given(plan: Plan, _today: date) -> list[Missing]:
    return [] if plan.title.strip() else [("title", "Give the activity a title.")]


def instructions_are_given(plan: Plan, _today: date) -> list[Missing]:
    return [] if plan.instructions.strip() else [("instructions", "Tell learners how to earn the credit.")]


def objectives_are_stated(plan: Plan, _today: date) -> list[Missing]:
    return [] if plan.asked_items else [("objectives", "State at least one learning objective.")]


def objectives_are_assessed(plan: Plan, _today: date) -> list[Missing]:
    found = []
    for text, asked, published in plan.asked_items:
        if asked < 1:
            found.append(("objectives", f"Ask at least one item for “{text}”, or remove the objective."))
        elif published < asked:
            words = f"“{text}” asks for {asked} items, but {published} are published. Approve more or ask for fewer."
            found.append(("objectives", words))
    return found


def items_are_reviewed(plan: Plan, _today: date) -> list[Missing]:
    unsigned = [f"No person has approved “{stem}”. Review it, or ask for fewer items." for stem in plan.unsigned]
    unsourced = [f"Nobody knows how “{stem}” was made and from which words. Write it again." for stem in plan.unsourced]
    return [("objectives", words) for words in (*unsigned, *unsourced)]


def pass_mark_is_set(plan: Plan, _today: date) -> list[Missing]:
    if 1 <= plan.pass_mark <= 100:
        return []
    return [("pass_mark", "Set a pass mark between 1 and 100 percent.")]


def time_is_plausible(plan: Plan, _today: date) -> list[Missing]:
    items = sum(asked for _, asked, _ in plan.asked_items)
    most = most_minutes(plan.words, items)
    if plan.minutes <= most:
        return []
    words = (
        f"{plan.minutes} minutes are far above what it takes: {plan.words} words at {WORDS_PER_MINUTE} a minute and "
        f"{items} questions at {MINUTES_PER_ITEM} minutes are about {estimated_minutes(plan.words, items)} minutes. "
        f"State at most {most}, and the credit that fits."
    )
    return [("minutes", words)]


def credit_matches_time(plan: Plan, _today: date) -> list[Missing]:
    if not plan.credits:
        return [("credits", "Offer at least one type of credit.")]
    return [("credits", words) for offer in plan.credits if (words := unfitting(offer, plan.minutes))]


def unfitting(offer: Offer, minutes: int) -> str:
    """Return what is wrong with an amount of credit for so many minutes, empty when it fits."""
    kind = offer.kind
    if not kind.claimants:
        return f"{kind.label} is offered here no more. Leave it empty."
    if not is_on_step(offer.maximum, kind.step):
        return f"Designate {kind.label} in {kind.step_words}, more than 0."
    if offer.maximum < kind.minimum:
        return f"Designate at least {kind.phrase(kind.minimum)}."
    most = credit_for_minutes(minutes, kind.step, kind.minutes)
    if offer.maximum > most:
        return f"{minutes} minutes carry at most {plain_amount(most)} {kind.unit} ({kind.minutes} minutes = 1)."
    return ""


def credit_is_designated_first(_plan: Plan, _today: date) -> list[Missing]:
    """Nothing can be missing: publishing is what designates, the database refuses one without the other, and only what

    is published can be started. The line stands in the checklist because the rule does."""
    return []


def references_are_real(plan: Plan, _today: date) -> list[Missing]:
    lines = [line.strip() for line in plan.references if line.strip()]
    if not lines:
        return [("references", "Name at least one bibliographic source.")]
    never = [(line, why) for line in lines if (why := why_never(line, plan.body))]
    if never:
        return [("references", f"“{shortened(line)}” is no reference: it {why}.") for line, why in never]
    incomplete = [(line, why_incomplete(line)) for line in lines]
    if any(why is None for _, why in incomplete):
        return []
    line, why = incomplete[0]
    words = f"“{shortened(line)}” {why}. Give one whole reference: author or body, title, and year, DOI or address."
    return [("references", words)]


def shortened(line: str) -> str:
    """Return the beginning of a line that is quoted to its author."""
    return line if len(line) <= 80 else f"{line[:77].rstrip()}…"


def dates_are_in_order(plan: Plan, today: date) -> list[Missing]:
    released, reviewed, expires = plan.released_on, plan.reviewed_on, plan.expires_on
    if not (released and reviewed and expires):
        return [("released_on", "Give the release, last review and expiry dates.")]
    if reviewed > max(released, today):
        return [("reviewed_on", "The last review cannot lie in the future.")]
    if not released <= reviewed <= expires:
        return [("reviewed_on", "The dates must follow: release, review, expiry.")]
    return []


def term_is_limited(plan: Plan, today: date) -> list[Missing]:
    released, reviewed, expires = plan.released_on, plan.reviewed_on, plan.expires_on
    if not (released and reviewed and expires):
        return []
    found = []
    if expires > years_after(max(released, reviewed), MAX_TERM_YEARS):
        found.append(("expires_on", "Expiry is at most three years after the last review."))
    if expires < today:
        found.append(("expires_on", "The expiry date has passed."))
    return found


def years_after(day: date, years: int) -> date:
    """Return the same day some years later (or earlier), within the calendar; 29 February becomes the 28th."""
    year = max(1, min(day.year + years, MAXYEAR))
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def faculty_is_named(plan: Plan, _today: date) -> list[Missing]:
    return [] if plan.faculty else [("faculty", "Name the faculty and planners with their credentials.")]


def faculty_has_disclosed(plan: Plan, _today: date) -> list[Missing]:
    found = []
    for person in plan.faculty:
        if not person.asked and not person.disclosures:
            words = f"{person.name}: state the relationships of the last {DISCLOSURE_TERM_MONTHS} months, or that there are none."
            found.append(("faculty", words))
        if any(not told.nature.strip() for told in person.disclosures):
            found.append(("faculty", f"{person.name}: state the nature of each relationship."))
        promoting = filter(None, (why_promotes(told.company) for told in person.disclosures))
        found += [("faculty", f"{person.name}: {why}.") for why in promoting]
    return found


def disclosures_are_recent(plan: Plan, today: date) -> list[Missing]:
    oldest = years_after(today, -(DISCLOSURE_TERM_MONTHS // 12))
    found = []
    for person in plan.faculty:
        asked_on = person.asked_on or plan.drafted_on
        if asked_on > today:
            found.append(("faculty", f"{person.name}: the day of asking cannot lie in the future."))
        elif asked_on <= oldest:
            words = f"{person.name}: the disclosure is {DISCLOSURE_TERM_MONTHS} months old or more. Ask again, and note the day."
            found.append(("faculty", words))
    return found


def relationships_are_mitigated(plan: Plan, today: date) -> list[Missing]:
    found = []
    for person in plan.faculty:
        days = [told.mitigated_on for told in person.disclosures if told.mitigated_on and told.mitigation.strip()]
        if len(days) < len(person.disclosures):
            found.append(("faculty", f"{person.name}: say how each relationship was mitigated, and when."))
        elif any(day > today for day in days):
            words = f"{person.name}: relationships are mitigated before publication, not after it."
            found.append(("faculty", words))
        elif person.began_on and any(day > person.began_on for day in days):
            words = f"{person.name}: relationships are mitigated before the role begins. Correct the dates, or change the role."
            found.append(("faculty", words))
    return found


def support_is_disclosed(plan: Plan, _today: date) -> list[Missing]:
    lines = supporters(plan.commercial_support)
    return [("commercial_support", f"“{shortened(line)}”: {why}.") for line in lines if (why := why_unclear(line))]


RULES = (
    Rule("title", "A title", AMA, title_is_given),
    Rule("instructions", "Learners are told how to earn the credit", AMA, instructions_are_given),
    Rule("objectives", "Learning objectives", AMA, objectives_are_stated),
    Rule("assessment", "Every objective is assessed by approved items", AMA, objectives_are_assessed),
    Rule("review", "Every item tells how it was made and is signed by a person", AI_USE, items_are_reviewed),
    Rule("pass_mark", "A minimum performance level", AMA, pass_mark_is_set),
    Rule("time", "The stated time fits the reading and the questions", AMA, time_is_plausible),
    Rule("credit", "The credit fits the stated time", AMA, credit_matches_time),
    Rule(
        "designation", "Credit is designated before anyone starts: publishing does it", AMA, credit_is_designated_first
    ),
    Rule("references", "Real bibliographic sources", AMA, references_are_real),
    Rule("dates", "Release, last review and expiry, in order", ACCME, dates_are_in_order),
    Rule("term", "Expiry ahead, at most three years after the review", ACCME, term_is_limited),
    Rule("faculty", "Faculty and planners are named", ACCME, faculty_is_named),
    Rule("disclosure", "Everyone disclosed their financial relationships", STANDARDS, faculty_has_disclosed),
    Rule("recency", "Disclosures are younger than 24 months", STANDARDS, disclosures_are_recent),
    Rule("mitigation", "Relationships were mitigated before the role began", STANDARDS, relationships_are_mitigated),
    Rule("support", "Commercial support is disclosed, without promotion", STANDARDS, support_is_disclosed),
)

EXEMPT = frozenset({("time", "internet_live"), ("time", "point_of_care")})
"""(Rule, format or credit type) to which it does not apply: a live event and a search have a time of their own."""
