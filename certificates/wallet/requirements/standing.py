"""How a person's credit stands against a set of rules: lines of a transcript go in; what is missing by when comes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from certificates.wallet.entries import NOTHING, Entry
from certificates.wallet.requirements.cycles import Anchor, Cycle, anchor_on, cycle_number, cycle_of, months_left
from certificates.wallet.requirements.rules import (
    ASKED,
    BIRTH_MONTH,
    BIRTHDAY,
    CHOSEN,
    EXPIRES,
    FIRST_CYCLE,
    FIXED,
    ISSUED,
    Exemption,
    RuleSet,
    Topic,
)

QUARTER = Decimal("0.25")
MOST_CYCLES = 240
"""Cycles looked back over for what may be carried on."""


class CycleUnknown(ValueError):
    """The cycle cannot be told yet; the message says what is missing. ``lacks`` names it."""

    def __init__(self, lacks: str, words: str) -> None:
        super().__init__(words)
        self.lacks = lacks


@dataclass(frozen=True)
class Holder:
    """What of a person and their license decides about cycles: ``birthday`` is ``MM-DD``, empty when it is not known."""

    birthday: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    starts_on: date | None = None
    exemptions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TopicStanding:
    """How much of one topic there is."""

    topic: Topic
    required: Decimal
    earned: Decimal

    @property
    def missing(self) -> Decimal:
        """Return what is still to be earned."""
        return max(NOTHING, self.required - self.earned)


@dataclass(frozen=True)
class Standing:
    """How credit stands in one cycle.

    ``earned`` is what counts of this cycle's credit, ``carried`` what the cycle before left over; ``over_caps`` is
    credit of this cycle that does not count because of a cap, ``refused`` credit of types that do not count.
    """

    rules: RuleSet
    cycle: Cycle
    required: Decimal
    earned: Decimal
    carried: Decimal
    topics: tuple[TopicStanding, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    over_caps: Decimal = NOTHING
    refused: Decimal = NOTHING

    @property
    def reached(self) -> Decimal:
        """Return all that counts."""
        return self.earned + self.carried

    @property
    def missing(self) -> Decimal:
        """Return what is still to be earned by the end of the cycle."""
        return max(NOTHING, self.required - self.reached)

    @property
    def is_met(self) -> bool:
        """Return whether nothing is missing, neither in all nor of a topic."""
        return not self.missing and not any(topic.missing for topic in self.topics)

    @property
    def left_over(self) -> Decimal:
        """Return what the next cycle gets: this cycle's own credit beyond what it needed, never more than the rule's cap."""
        needed = max(NOTHING, self.required - self.carried)
        return min(self.rules.carry_over, max(NOTHING, self.earned - needed))

    def days_left(self, today: date) -> int:
        """Return the days until the cycle ends, its last day included."""
        return max(0, (self.cycle.end - today).days + 1)


def anchor_of(rules: RuleSet, holder: Holder) -> Anchor:
    """Return where cycles begin for a person; raises CycleUnknown while something that decides it is not known."""
    rule = rules.cycle
    if rule.start == FIXED and rule.day:
        return anchor_on(rule.day, rule.months)
    if rule.start in (BIRTHDAY, BIRTH_MONTH):
        if not holder.birthday:
            raise CycleUnknown("birthday", "These cycles go by your birthday: enter its month and day under Identity.")
        month, day = (int(part) for part in holder.birthday.split("-"))
        begins = (month, day) if rule.start == BIRTHDAY else (month + 1, 1)
        return Anchor(rule.year or 0, *begins, rule.months)
    if rule.start == ISSUED:
        if holder.issued_on is None:
            raise CycleUnknown(
                "issued_on", "These cycles go by the day your license was issued: choose the license and enter it."
            )
        return anchor_on(holder.issued_on, rule.months)
    if rule.start == EXPIRES:
        if holder.expires_on is None:
            raise CycleUnknown(
                "expires_on", "These cycles end when your license expires: choose the license and enter that day."
            )
        return anchor_on(holder.expires_on + timedelta(days=1), rule.months)
    if rule.start == CHOSEN and holder.starts_on:
        return anchor_on(holder.starts_on, rule.months)
    raise CycleUnknown("starts_on", "Enter the day on which one of your cycles began.")


def standings(rules: RuleSet, entries: Sequence[Entry], holder: Holder, today: date) -> list[Standing]:
    """Return how credit stands in every cycle from the first with credit up to the present one, which comes last.

    A license has no cycles before the one in which it was issued. Raises CycleUnknown.
    """
    anchor = anchor_of(rules, holder)
    counted = [entry for entry in entries if entry.counts]
    present = cycle_of(anchor, today)
    days = [entry.completed_on for entry in counted if entry.completed_on <= present.end]
    first = min([cycle_of(anchor, min(days)).number if days else present.number, present.number])
    if holder.issued_on:
        first = max(first, min(cycle_of(anchor, holder.issued_on).number, present.number))
    first = max(first, present.number - MOST_CYCLES)
    found: list[Standing] = []
    for number in range(first, present.number + 1):
        carried = found[-1].left_over if found else NOTHING
        found.append(standing_in(rules, anchor, cycle_number(anchor, number), counted, holder, carried, present))
    return found


def standing_in(
    rules: RuleSet,
    anchor: Anchor,
    cycle: Cycle,
    counted: Iterable[Entry],
    holder: Holder,
    carried: Decimal,
    present: Cycle,
) -> Standing:
    """Return how credit stands in one cycle. Exemptions a person asks for are for the present cycle only."""
    inside = [entry for entry in counted if cycle.includes(entry.completed_on)]
    accepted = [entry for entry in inside if rules.accepts(entry.kind, entry.credit_type)]
    exemptions = applying(rules, cycle, holder, cycle == present)
    earned = capped(rules, accepted)
    in_all = sum((entry.amount for entry in accepted), NOTHING)
    waived = any(one.waives_topics for one in exemptions)
    topics = tuple(
        TopicStanding(
            topic,
            NOTHING if waived else topic.minimum,
            capped(rules, [entry for entry in accepted if topic.name in entry.topics]),
        )
        for topic in rules.topics
    )
    refused = sum((entry.amount for entry in inside), NOTHING) - in_all
    required = min([rules.total, *(total_of(one, rules, anchor, cycle, holder) for one in exemptions)])
    return Standing(rules, cycle, required, earned, carried, topics, exemptions, in_all - earned, refused)


def applying(rules: RuleSet, cycle: Cycle, holder: Holder, is_present: bool) -> tuple[Exemption, ...]:
    """Return the exemptions that apply in a cycle."""
    is_first = holder.issued_on is not None and cycle.includes(holder.issued_on)
    return tuple(
        one
        for one in rules.exemptions
        if (one.when == FIRST_CYCLE and is_first)
        or (one.when == ASKED and is_present and one.name in holder.exemptions)
    )


def total_of(exemption: Exemption, rules: RuleSet, anchor: Anchor, cycle: Cycle, holder: Holder) -> Decimal:
    """Return the total that is asked for under an exemption; a part is rounded up to the next quarter."""
    if exemption.is_prorated and holder.issued_on:
        part = rules.total * months_left(anchor, cycle, holder.issued_on) / anchor.months
        return (part / QUARTER).to_integral_value(ROUND_CEILING) * QUARTER
    return rules.total if exemption.total is None else exemption.total


def capped(rules: RuleSet, entries: Sequence[Entry]) -> Decimal:
    """Return what credit counts for together: of types with a cap no more than that."""
    free, under = NOTHING, dict.fromkeys(rules.caps, NOTHING)
    for entry in entries:
        cap = next((one for one in rules.caps if one.types & {entry.kind, entry.credit_type}), None)
        if cap is None:
            free += entry.amount
        else:
            under[cap] += entry.amount
    return free + sum((min(amount, cap.maximum) for cap, amount in under.items()), NOTHING)
