"""Partial credit: what is right earns, wrong choices take away, nothing goes below 0 or above 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.items.partial_credit import (
    CHOICE_RULES,
    GAP_RULES,
    ORDER_RULES,
    balanced_fraction,
    exact_order,
    longest_order,
    matched_fraction,
    neighbor_order,
)

LETTERS = "abcdefgh"
SOME = st.sets(st.sampled_from(LETTERS))


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [("ab", 1), ("a", 0.5), ("", 0), ("c", 0), ("ac", 0), ("abc", 0.5), ("abcd", 0), ("cd", 0)],
)
def test_fraction_of_two_keys(chosen: str, fraction: float) -> None:
    assert balanced_fraction(chosen, "ab") == pytest.approx(fraction)


@given(SOME, SOME.filter(bool))
def test_fraction_stays_between_0_and_1(chosen: set[str], key: set[str]) -> None:
    assert 0 <= balanced_fraction(chosen, key) <= 1


@given(SOME, SOME.filter(bool))
def test_only_the_key_itself_earns_1(chosen: set[str], key: set[str]) -> None:
    assert (balanced_fraction(chosen, key) == 1) == (chosen == key)


@given(SOME, SOME.filter(bool), st.sampled_from(LETTERS))
def test_one_wrong_choice_more_never_earns_more(chosen: set[str], key: set[str], extra: str) -> None:
    if extra not in key | chosen:
        assert balanced_fraction(chosen | {extra}, key) <= balanced_fraction(chosen, key)


KEY = "abcd"
ORDERS = st.permutations(KEY)


@pytest.mark.parametrize(
    ("given_pairs", "fraction"), [({"p": "a", "q": "b"}, 1), ({"p": "a"}, 0.5), ({"p": "b", "q": "a"}, 0), ({}, 0)]
)
def test_each_right_pair_earns_its_share(given_pairs: dict[str, str], fraction: float) -> None:
    assert matched_fraction(given_pairs, {"p": "a", "q": "b"}) == fraction


@pytest.mark.parametrize(
    ("order", "pairs", "longest", "exact"),
    [
        ("abcd", 3, 3, 1),
        ("dcba", 0, 0, 0),
        ("bacd", 2, 2, 0),
        ("bcda", 2, 2, 0),
        ("badc", 1, 1, 0),
        ("cdab", 2, 1, 0),
        ("", 0, 0, 0),
        ("b", 0, 0, 0),
        ("ac", 0, 1, 0),
        ("ab", 1, 1, 0),
    ],
)
def test_orders_earn_by_their_rule(order: str, pairs: int, longest: int, exact: int) -> None:
    assert neighbor_order(order, KEY) == pytest.approx(pairs / 3)
    assert longest_order(order, KEY) == pytest.approx(longest / 3)
    assert exact_order(order, KEY) == exact


@pytest.mark.parametrize("rule", ORDER_RULES)
@given(order=ORDERS)
def test_only_the_right_order_earns_1(rule: str, order: list[str]) -> None:
    fraction = ORDER_RULES[rule](order, KEY)
    assert 0 <= fraction <= 1
    assert (fraction == 1) == ("".join(order) == KEY)


@given(st.integers(0, 3), st.integers(0, 3))
def test_one_step_out_of_place_costs_two_pairs_at_most(old: int, new: int) -> None:
    order = list(KEY)
    order.insert(new, order.pop(old))
    assert neighbor_order(order, KEY) >= 1 / 3 - 1e-9


@pytest.mark.parametrize("rule", CHOICE_RULES)
@given(chosen=SOME, key=SOME.filter(bool))
def test_every_rule_for_choices_gives_1_to_the_key_alone_and_0_to_a_blank(
    rule: str, chosen: set[str], key: set[str]
) -> None:
    fraction = CHOICE_RULES[rule](chosen, key, len(LETTERS))
    assert 0 <= fraction <= 1
    assert (fraction == 1) == (chosen == key)
    assert CHOICE_RULES[rule](set(), key, len(LETTERS)) == 0


@given(SOME, SOME.filter(bool))
def test_all_or_nothing_never_earns_more_than_the_other_rules(chosen: set[str], key: set[str]) -> None:
    earned = {name: rule(chosen, key, len(LETTERS)) for name, rule in CHOICE_RULES.items()}
    assert earned["exact"] == min(earned.values())


@pytest.mark.parametrize("rule", GAP_RULES)
@pytest.mark.parametrize(
    ("given_", "per_gap"), [({}, 0), ({"1": "a"}, 0.5), ({"1": "a", "2": "b"}, 1), ({"1": "b"}, 0)]
)
def test_gaps_earn_by_their_rule(rule: str, given_: dict[str, str], per_gap: float) -> None:
    fraction = GAP_RULES[rule](given_, {"1": "a", "2": "b"})
    assert fraction == (per_gap if rule == "per_gap" else float(per_gap == 1))
