"""Multiple response: several keys, part of the credit for part of them."""

from dataclasses import replace

import pytest

from quizbank.items.types.multiple_response import MultipleResponse

CONTENT, _ = MultipleResponse.examples()


@pytest.mark.parametrize(
    ("choice", "fraction"), [("abc", 1), ("ab", 2 / 3), ("a", 1 / 3), ("abd", 1 / 3), ("de", 0), ("abcde", 1 / 3)]
)
def test_each_right_choice_earns_and_each_wrong_one_takes_away(choice: str, fraction: float) -> None:
    assert CONTENT.grade({"choice": list(choice)}) == pytest.approx(fraction)


def test_every_option_may_be_chosen() -> None:
    assert CONTENT.parse({"choice": list("edcba")}) == {"choice": list("abcde")}


def test_one_right_answer_is_too_few() -> None:
    assert "make it a single best answer" in " ".join(replace(CONTENT, key=("a",)).problems())


def test_one_option_has_to_be_wrong() -> None:
    everything = tuple(option.id for option in CONTENT.options)
    assert "Leave at least one option wrong." in replace(CONTENT, key=everything).problems()


def test_key_named_twice_is_no_second_right_answer() -> None:
    assert replace(CONTENT, key=("a", "a")).problems()


@pytest.mark.parametrize(
    ("rule", "choice", "fraction"),
    [
        ("exact", "abc", 1), ("exact", "ab", 0), ("exact", "abcd", 0), ("exact", "", 0),
        ("per_option", "abc", 1), ("per_option", "ab", 0.8), ("per_option", "abd", 0.6), ("per_option", "de", 0),
        ("per_option", "abcde", 0.6), ("per_option", "", 0), ("balanced", "abd", 1 / 3),
    ],
)  # fmt: skip
def test_rule_decides_what_a_partly_right_choice_earns(rule: str, choice: str, fraction: float) -> None:
    response = {"choice": list(choice)} if choice else {}
    assert replace(CONTENT, rule=rule).grade(response) == pytest.approx(fraction)


def test_item_from_before_there_were_rules_is_graded_as_it_was() -> None:
    stored = CONTENT.to_json()
    del stored["rule"]
    assert MultipleResponse.from_json(stored) == CONTENT


def test_unknown_rule_is_said() -> None:
    assert "Choose how a partly right choice is graded." in replace(CONTENT, rule="most").problems()
