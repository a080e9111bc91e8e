"""Numbers and classes stand in order; the key takes the place it is given."""

import random
from dataclasses import replace

from quizbank.generation.candidates import Choice
from quizbank.generation.gate.model import EXAMPLE, variant
from quizbank.generation.ordering import ordered_options


def shown(key: str, *wrong: str) -> list[str]:
    """Return the option texts of an ordered candidate."""
    candidate = replace(variant(key=key, wrong=wrong), ordered=True)
    return [choice.text for choice in ordered_options(candidate, 0, random.Random(1))]


def test_numbers_ascend() -> None:
    assert shown("6 to 10 weeks", "18 to 30 weeks", "2 to 3 weeks") == [
        "2 to 3 weeks",
        "6 to 10 weeks",
        "18 to 30 weeks",
    ]


def test_classes_ascend() -> None:
    assert shown("Class IV", "Class I", "Class III") == ["Class I", "Class III", "Class IV"]


def test_bound_below_comes_first() -> None:
    assert shown("41-49%", "≥50%", "≤40%") == ["≤40%", "41-49%", "≥50%"]


def test_key_takes_its_place() -> None:
    options = ordered_options(EXAMPLE, 2, random.Random(1))
    assert options[2] == EXAMPLE.keys[0]


def test_several_keys_are_mixed_with_the_rest() -> None:
    several = replace(EXAMPLE, type="multiple_response", keys=(*EXAMPLE.keys, Choice("Scars", "")))
    assert sorted(one.text for one in ordered_options(several, 0, random.Random(2))) == sorted(
        one.text for one in several.options
    )
