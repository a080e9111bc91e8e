"""What a new rule file changes is told part by part and line by line."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.wallet.requirements.rules import SHIPPED, rules_in
from quizbank.activities.credit_types import EXAMPLE, own_types
from quizbank.rulefiles.changes import ADDED, CHANGED, REMOVED, changes

RULES = {rules.name: rules for rules in rules_in(SHIPPED.read_text(encoding="utf-8"))}
STATE = "sample-state-a"


def test_same_file_changes_nothing() -> None:
    assert changes(RULES, RULES) == []


def test_changed_total_and_topic_are_told_with_what_was_before() -> None:
    rules = RULES[STATE]
    topic = replace(rules.topics[0], minimum=Decimal(7))
    (change,) = changes(RULES, {**RULES, STATE: replace(rules, total=Decimal(99), topics=(topic, *rules.topics[1:]))})
    assert (change.part, change.kind) == (STATE, CHANGED)
    assert ("total", str(rules.total), "99") in change.lines
    assert (f"topics, {topic.name}, minimum", str(rules.topics[0].minimum), "7") in change.lines
    assert len(change.lines) == 2


def test_added_part_is_told_whole_and_removed_one_by_its_name() -> None:
    others = {name: rules for name, rules in RULES.items() if name != STATE}
    (added,) = changes(others, RULES)
    assert (added.part, added.kind) == (STATE, ADDED)
    assert ("total", "–", str(RULES[STATE].total)) in added.lines
    (removed,) = changes(RULES, others)
    assert (removed.part, removed.kind, removed.lines) == (STATE, REMOVED, ())


def test_who_may_claim_a_type_is_told_in_lines() -> None:
    kind = own_types(EXAMPLE.read_text(encoding="utf-8")).named("grand_rounds")
    (added,) = changes({}, {"grand_rounds": kind})
    told = {place: after for place, _, after in added.lines}
    assert told["step"] == "0.5"
    assert told["claimants, 1, professions"] == "physician, physician_assistant"
    assert told["claimants, 1, awarded"] == "yes"
    assert told["claimants, 2, heading"] == "Certificate of Participation"
    assert "claimants, 2, awarded" not in told


@given(st.permutations(sorted(RULES)))
def test_order_of_a_file_is_no_change(names: list[str]) -> None:
    assert changes(RULES, {name: RULES[name] for name in names}) == []


@pytest.mark.parametrize("name", sorted(RULES))
def test_change_and_its_undoing_tell_the_same_lines_the_other_way_round(name: str) -> None:
    other = {**RULES, name: replace(RULES[name], title="Another title", carry_over=Decimal("1.5"))}
    there, back = changes(RULES, other)[0], changes(other, RULES)[0]
    assert sorted((place, new, old) for place, old, new in back.lines) == sorted(there.lines)
