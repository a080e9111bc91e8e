"""Ordering: steps with a place each, never shown in their right order, graded by the rule the item names."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.items.content import InvalidResponse, MistypedResponse, Option
from quizbank.items.types.ordering import Ordering

CONTENT, _ = Ordering.examples()


def test_steps_are_read_into_their_places() -> None:
    assert CONTENT.parse({"place": ["a:2", "", "c:1", ""]}) == {"order": ["c", "a", "", ""]}


def test_half_filled_order_is_begun_and_not_answered() -> None:
    assert not CONTENT.is_answered({"order": ["c", "", "", ""]})
    assert CONTENT.is_answered({"order": ["b", "a", "d", "c"]})


@pytest.mark.parametrize(("rule", "fraction"), [("pairs", 2 / 3), ("longest", 2 / 3), ("exact", 0)])
def test_rule_of_the_item_decides_what_a_partly_right_order_earns(rule: str, fraction: float) -> None:
    assert replace(CONTENT, rule=rule).grade({"order": ["a", "c", "d", "b"]}) == pytest.approx(fraction)


@pytest.mark.parametrize("rule", ["pairs", "longest", "exact"])
def test_full_reversal_earns_nothing(rule: str) -> None:
    assert replace(CONTENT, rule=rule).grade({"order": list(CONTENT.key[::-1])}) == 0


def test_two_steps_in_one_place_are_asked_for_again() -> None:
    with pytest.raises(MistypedResponse, match=r"Two steps have place 2. Give each step"):
        CONTENT.parse({"place": ["a:2", "b:2"]})


@pytest.mark.parametrize("value", ["a:0", "a:5", "a:01", "a:x", "z:1", "a:٣", "1:a"])
def test_place_that_no_page_can_send_is_refused(value: str) -> None:
    with pytest.raises(InvalidResponse, match="does not belong"):
        CONTENT.parse({"place": [value]})


def test_order_is_told_in_words_with_its_places() -> None:
    told = CONTENT.summarise({"order": ["c", "", "a", ""]})
    assert told == "1. Recognition and call for help; 3. Chest compressions"


def test_every_step_is_reviewed_with_the_place_given_and_the_right_one() -> None:
    parts = CONTENT.parts({"order": ["c", "d", "a", "b"]})
    assert [(part.given, part.right, part.is_right) for part in parts] == [
        ("1", "1", True),
        ("3", "2", False),
        ("2", "3", False),
        ("4", "4", True),
    ]


@given(st.integers(), st.integers(3, 8))
def test_steps_are_never_shown_in_their_right_order(seed: int, count: int) -> None:
    steps = tuple(Option(f"s{number}", f"Step {number}") for number in range(count))
    content = Ordering("Order them.", steps, tuple(step.id for step in steps), "So.")
    assert content.shuffled_options(random.Random(seed)) != content.key


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"options": CONTENT.options[:2], "key": ("a", "b")}, "3 to 8 steps"),
        ({"key": ("c", "a", "d")}, "a place of its own"),
        ({"key": ("c", "a", "d", "d")}, "a place of its own"),
        ({"rule": "luck"}, "how a partly right order is graded"),
        ({"rationale": ""}, "Explain"),
        ({"options": (*CONTENT.options[:3], Option("d", "chest compressions"))}, "Two steps say the same."),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], words: str) -> None:
    assert words in " ".join(replace(CONTENT, **changes).problems())  # type: ignore[arg-type]
