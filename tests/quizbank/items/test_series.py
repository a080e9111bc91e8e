"""Numbers and stages keep the order in which they are written; anything else has none."""

import random
from dataclasses import replace

import pytest

from quizbank.items.content import Option
from quizbank.items.series import runs_in_order
from quizbank.items.types.single_best_answer import SingleBestAnswer

CONTENT, _ = SingleBestAnswer.examples()


@pytest.mark.parametrize(
    "texts",
    [
        ("0", "1", "2"),
        ("5 mg", "10 mg", "20 mg"),
        ("0,5 mg", "1 mg", "1.5 mg"),
        ("≤40%", "41-49%", "≥50%"),
        ("12 to 16 weeks", "6 to 10 weeks", "2 to 4 weeks"),
        ("Less than 2 hours", "4 hours", "More than 8 hours"),
        ("After 2 days", "After 4 days", "After 8 days"),
        ("Type 1", "Type 2", "Type 3"),
        ("Stage A", "Stage B", "Stage D"),
        ("Class I", "Class II", "Class IV", "Class IX"),
        ("Grade V", "Grade VI", "Grade X"),
    ],
)
def test_series_runs_in_order(texts: tuple[str, ...]) -> None:
    assert runs_in_order(texts)
    assert runs_in_order(texts[::-1])


@pytest.mark.parametrize(
    "texts",
    [
        ("10 mg", "5 mg", "20 mg"),
        ("Stage B", "Stage A", "Stage C"),
        ("Type 1", "Type 2", "Type 2"),
        ("Type 1", "Grade 2", "Type 3"),
        ("2 mg", "4 mg", "Aspirin"),
        ("Vitamin A", "Hepatitis B", "Plan C"),
        ("Burns", "Scars", "Wounds"),
        ("", "", ""),
    ],
)
def test_anything_else_is_no_series(texts: tuple[str, ...]) -> None:
    assert not runs_in_order(texts)


def orders(texts: tuple[str, ...]) -> set[tuple[str, ...]]:
    content = replace(CONTENT, options=tuple(Option(text, text, "As told.") for text in texts), key=texts[:1])
    return {content.shuffled_options(random.Random(seed)) for seed in range(20)}


def test_a_series_is_shown_as_it_is_written_and_anything_else_is_shuffled() -> None:
    assert orders(("2 mg", "4 mg", "8 mg")) == {("2 mg", "4 mg", "8 mg")}
    assert len(orders(("Burns", "Scars", "Wounds"))) == 6
