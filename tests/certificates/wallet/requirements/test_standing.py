"""How credit stands against rules: tables for each rule, and properties over any credit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.wallet.entries import CLAIMED, REVOKED, SUPERSEDED, TYPED, VALID, Entry
from certificates.wallet.requirements.rules import Cap, CycleRule, Exemption, RuleSet, Topic
from certificates.wallet.requirements.standing import CycleUnknown, Holder, Standing, anchor_of, standings

TODAY = date(2026, 11, 27)
YEARLY = CycleRule(12, "fixed", date(2024, 1, 1))
RULES = RuleSet("a", "A", "invented", date(2026, 1, 1), Decimal(10), YEARLY)
NOBODY = Holder()


def credit(amount: str, day: date = TODAY, kind: str = "ama_pra_1", topics: Sequence[str] = (), **more: Any) -> Entry:
    """Return a line of a transcript."""
    return Entry(1, TYPED, "T", "P", kind, "L", Decimal(amount), day, tuple(topics), **more)


def present(rules: RuleSet, entries: Sequence[Entry], holder: Holder = NOBODY, today: date = TODAY) -> Standing:
    """Return how credit stands in the present cycle."""
    return standings(rules, entries, holder, today)[-1]


def test_what_is_missing_is_told_to_the_quarter() -> None:
    found = present(RULES, [credit("2.25"), credit("3.5")])
    assert (found.reached, found.missing, found.is_met) == (Decimal("5.75"), Decimal("4.25"), False)
    assert found.days_left(TODAY) == 35
    assert present(RULES, [credit("10")]).is_met


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)],
)
def test_credit_counts_on_both_ends_of_its_cycle(day: date, counts: bool) -> None:
    assert bool(present(RULES, [credit("1", day)]).earned) == counts


@pytest.mark.parametrize(("state", "counts"), [(VALID, True), (CLAIMED, True), (REVOKED, False), (SUPERSEDED, False)])
def test_what_was_revoked_or_replaced_does_not_count(state: str, counts: bool) -> None:
    assert bool(present(RULES, [credit("1", state=state)]).earned) == counts


def test_only_accepted_types_count_and_the_rest_is_told() -> None:
    rules = replace(RULES, types=frozenset({"cpd"}))
    found = present(rules, [credit("3"), credit("2", kind="cpd")])
    assert (found.earned, found.refused) == (Decimal(2), Decimal(3))


def test_cap_is_for_its_types_together() -> None:
    rules = replace(RULES, caps=(Cap(frozenset({"cpd", "other"}), Decimal(4)),))
    found = present(rules, [credit("3", kind="cpd"), credit("3", kind="other"), credit("1")])
    assert (found.earned, found.over_caps) == (Decimal(5), Decimal(2))


def test_credit_on_a_topic_counts_there_and_in_all() -> None:
    rules = replace(RULES, topics=(Topic("ethics", "Ethics", Decimal(2)),))
    found = present(rules, [credit("1.5", topics=["ethics"]), credit("9")])
    assert found.missing == 0
    assert found.topics[0].missing == Decimal("0.5")
    assert not found.is_met


def test_topic_is_under_the_cap_of_its_type_too() -> None:
    rules = replace(RULES, topics=(Topic("ethics", "Ethics", Decimal(5)),), caps=(Cap(frozenset({"cpd"}), Decimal(2)),))
    assert present(rules, [credit("5", kind="cpd", topics=["ethics"])]).topics[0].earned == Decimal(2)


@pytest.mark.parametrize(("earlier", "carried"), [("8", "0"), ("10", "0"), ("12.25", "2.25"), ("15", "5"), ("99", "5")])
def test_only_what_was_left_over_is_carried_and_never_more_than_the_cap(earlier: str, carried: str) -> None:
    rules = replace(RULES, carry_over=Decimal(5))
    found = present(rules, [credit(earlier, date(2025, 6, 1))])
    assert (found.carried, found.earned) == (Decimal(carried), Decimal(0))


def test_what_was_carried_is_used_up_first_and_not_carried_twice() -> None:
    rules = replace(RULES, carry_over=Decimal(5))
    lines = [credit("15", date(2024, 6, 1)), credit("7", date(2025, 6, 1))]
    assert present(rules, lines).carried == Decimal(2)
    assert present(rules, lines[:1]).carried == Decimal(0)


FIRST = Exemption("new", "New", "first_cycle", total=Decimal(0), waives_topics=True)
SHARE = Exemption("new", "New", "first_cycle", is_prorated=True)
ABROAD = Exemption("abroad", "Abroad", "asked", total=Decimal(4))


@pytest.mark.parametrize(
    ("issued_on", "required"), [(date(2026, 1, 1), "0"), (date(2026, 11, 1), "0"), (date(2025, 12, 31), "10")]
)
def test_nothing_is_asked_for_in_the_cycle_in_which_the_license_was_issued(issued_on: date, required: str) -> None:
    rules = replace(RULES, exemptions=(FIRST,), topics=(Topic("ethics", "Ethics", Decimal(2)),))
    found = present(rules, [], Holder(issued_on=issued_on))
    assert found.required == Decimal(required)
    assert found.is_met == (required == "0")


@pytest.mark.parametrize(
    ("issued_on", "required"),
    [(date(2026, 1, 1), "10"), (date(2026, 7, 1), "5"), (date(2026, 8, 31), "4.25"), (date(2026, 11, 27), "1.75")],
)
def test_first_cycle_asks_by_the_months_left_rounded_up_to_quarters(issued_on: date, required: str) -> None:
    found = present(replace(RULES, exemptions=(SHARE,)), [], Holder(issued_on=issued_on))
    assert found.required == Decimal(required)


def test_exemption_that_is_asked_for_is_for_the_present_cycle_only() -> None:
    rules, lines = replace(RULES, exemptions=(ABROAD,)), [credit("6", date(2025, 5, 1))]
    found = standings(rules, lines, Holder(exemptions=frozenset({"abroad"})), TODAY)
    assert [one.required for one in found] == [Decimal(10), Decimal(4)]
    assert present(rules, lines).required == Decimal(10)


@pytest.mark.parametrize(
    ("cycle", "holder", "start", "end"),
    [
        (CycleRule(24, "birthday", year=2025), Holder("02-29"), (2025, 2, 28), (2027, 2, 27)),
        (CycleRule(24, "birthday", year=2024), Holder("02-29"), (2026, 2, 28), (2028, 2, 28)),
        (CycleRule(24, "birth_month", year=2025), Holder("02-29"), (2025, 3, 1), (2027, 2, 28)),
        (CycleRule(24, "birth_month", year=2025), Holder("12-05"), (2026, 1, 1), (2027, 12, 31)),
        (CycleRule(12, "issued"), Holder(issued_on=date(2020, 2, 29)), (2026, 2, 28), (2027, 2, 27)),
        (CycleRule(12, "expires"), Holder(expires_on=date(2027, 1, 31)), (2026, 2, 1), (2027, 1, 31)),
        (CycleRule(36, "expires"), Holder(expires_on=date(2028, 2, 29)), (2025, 3, 1), (2028, 2, 29)),
        (CycleRule(12, "chosen"), Holder(starts_on=date(2021, 4, 1)), (2026, 4, 1), (2027, 3, 31)),
    ],
)
def test_cycles_go_by_what_the_rules_say(cycle: CycleRule, holder: Holder, start: tuple, end: tuple) -> None:  # type: ignore[type-arg]
    found = present(replace(RULES, cycle=cycle), [], holder)
    assert (found.cycle.start, found.cycle.end) == (date(*start), date(*end))


@pytest.mark.parametrize("start", ["birthday", "birth_month", "issued", "expires", "chosen"])
def test_what_is_not_known_is_asked_for(start: str) -> None:
    rules = replace(RULES, cycle=CycleRule(12, start, year=2025))
    with pytest.raises(CycleUnknown) as unknown:
        anchor_of(rules, NOBODY)
    assert unknown.value.lacks in ("birthday", "issued_on", "expires_on", "starts_on")
    assert str(unknown.value).endswith(".")


def test_license_has_no_cycles_before_it_was_issued() -> None:
    found = standings(RULES, [credit("50", date(2019, 1, 1))], Holder(issued_on=date(2025, 3, 1)), TODAY)
    assert [one.cycle.start.year for one in found] == [2025, 2026]


def test_license_issued_in_the_future_still_has_a_present_cycle() -> None:
    assert standings(RULES, [], Holder(issued_on=date(2030, 1, 1)), TODAY)[-1].cycle.includes(TODAY)


amounts = st.decimals("0.25", "30", places=2)
lines = st.builds(
    credit,
    amounts.map(str),
    st.dates(date(2019, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["ama_pra_1", "cpd", "contact_hours"]),
    st.lists(st.sampled_from(["ethics", "opioids"]), unique=True),
)
rule_sets = st.builds(
    RuleSet,
    name=st.just("a"),
    title=st.just("A"),
    source=st.just("invented"),
    as_of=st.just(TODAY),
    total=st.decimals("0", "60", places=2),
    cycle=st.builds(CycleRule, st.integers(1, 60), st.just("fixed"), st.dates(date(2015, 1, 1), date(2030, 1, 1))),
    types=st.frozensets(st.sampled_from(["ama_pra_1", "cpd"])),
    topics=st.just((Topic("ethics", "Ethics", Decimal(2)),)),
    caps=st.lists(st.builds(Cap, st.just(frozenset({"cpd"})), amounts), max_size=1).map(tuple),
    carry_over=st.decimals("0", "20", places=2),
    exemptions=st.sampled_from([(), (FIRST,), (SHARE,)]),
)
holders = st.builds(Holder, issued_on=st.none() | st.dates(date(2018, 1, 1), TODAY))


@given(rule_sets, st.lists(lines, max_size=12), lines, holders)
def test_more_credit_is_never_worse(rules: RuleSet, few: list[Entry], one: Entry, holder: Holder) -> None:
    before, after = present(rules, few, holder), present(rules, [*few, one], holder)
    assert after.reached >= before.reached
    assert after.missing <= before.missing
    assert all(a.missing <= b.missing for a, b in zip(after.topics, before.topics, strict=True))
    assert after.is_met or not before.is_met


@given(rule_sets, st.lists(lines, max_size=12), holders)
def test_carry_over_is_never_above_its_cap_nor_above_what_was_earned(
    rules: RuleSet, found: list[Entry], holder: Holder
) -> None:
    told = standings(rules, found, holder, TODAY)
    for before, after in pairwise(told):
        assert 0 <= after.carried <= rules.carry_over
        assert after.carried <= before.earned
    assert told[0].carried == 0
    assert told[-1].cycle.includes(TODAY)


@given(rule_sets, st.lists(lines, max_size=12), holders)
def test_nothing_is_lost_between_counted_capped_and_refused(rules: RuleSet, found: list[Entry], holder: Holder) -> None:
    for one in standings(rules, found, holder, TODAY):
        inside = sum((line.amount for line in found if one.cycle.includes(line.completed_on)), Decimal(0))
        assert one.earned + one.over_caps + one.refused == inside


@given(rule_sets, st.lists(lines, max_size=12), st.randoms())
def test_order_of_lines_does_not_matter(rules: RuleSet, found: list[Entry], chance: Any) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    assert standings(rules, mixed, NOBODY, TODAY) == standings(rules, found, NOBODY, TODAY)
