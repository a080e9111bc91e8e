"""Formats and credit: the steps of each credit type, and the credit that so many minutes can carry."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.activities.formats import (
    CREDIT_TYPES,
    FORMATS,
    CreditType,
    credit_for_minutes,
    credit_steps,
    credit_type,
    is_on_step,
)

QUARTER, WHOLE = Decimal("0.25"), Decimal(1)


@pytest.mark.parametrize(
    ("minutes", "credit"),
    [(0, "0"), (7, "0"), (8, "0.25"), (15, "0.25"), (22, "0.25"), (23, "0.5"), (30, "0.5"), (37, "0.5"), (38, "0.75"),
     (52, "0.75"), (53, "1"), (60, "1"), (67, "1"), (68, "1.25"), (480, "8")],
)  # fmt: skip
def test_credit_follows_the_nearest_quarter_hour(minutes: int, credit: str) -> None:
    assert credit_for_minutes(minutes, QUARTER) == Decimal(credit)


@given(st.integers(0, 3_000))
def test_credit_is_at_most_seven_and_a_half_minutes_off(minutes: int) -> None:
    assert abs(credit_for_minutes(minutes, QUARTER) * 60 - minutes) <= Decimal("7.5")
    assert credit_for_minutes(minutes, QUARTER) % QUARTER == 0


@pytest.mark.parametrize(
    ("minutes", "points"), [(0, 0), (29, 0), (30, 1), (60, 1), (75, 1), (89, 1), (90, 2), (120, 2), (480, 8)]
)
def test_whole_points_follow_the_nearest_hour(minutes: int, points: int) -> None:
    assert credit_for_minutes(minutes, WHOLE) == points


def test_steps_run_from_a_quarter_to_the_maximum() -> None:
    assert credit_steps(Decimal("1.00"), QUARTER) == [Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("1")]


def test_maximum_of_a_quarter_leaves_one_step() -> None:
    assert credit_steps(Decimal("0.25"), QUARTER) == [QUARTER]


@given(st.integers(1, 400), st.sampled_from(CREDIT_TYPES))
def test_steps_are_those_of_the_type_and_end_at_the_maximum(count: int, kind: CreditType) -> None:
    steps = credit_steps(count * kind.step, kind.step)
    assert len(steps) == count
    assert steps[-1] == count * kind.step
    assert all(is_on_step(amount, kind.step) for amount in steps)


@given(st.integers(0, 400))
def test_steps_never_leave_the_type_whatever_the_maximum(quarters: int) -> None:
    assert credit_steps(quarters * QUARTER, WHOLE) == [Decimal(n) for n in range(1, quarters // 4 + 1)]


@pytest.mark.parametrize(("amount", "on"), [("1", True), ("2.00", True), ("0.5", False), ("1.25", False), ("0", False)])
def test_point_is_never_parted(amount: str, on: bool) -> None:
    assert is_on_step(Decimal(amount), credit_type("cpd").step) is on


def test_step_is_told_in_words() -> None:
    words = {kind.name: kind.step_words for kind in CREDIT_TYPES}
    assert words == {"ama_pra_1": "steps of 0.25", "cpd": "whole numbers", "contact_hours": "steps of 0.25"}


@pytest.mark.parametrize("kind", CREDIT_TYPES, ids=lambda kind: kind.name)
def test_credit_type_is_found_by_its_name(kind: object) -> None:
    assert credit_type(kind.name) is kind  # type: ignore[attr-defined]


def test_unknown_credit_type_is_refused() -> None:
    with pytest.raises(LookupError, match="points"):
        credit_type("points")


def test_a_document_with_a_test_is_enduring_material() -> None:
    assert FORMATS["enduring"] == "Enduring material"
