"""Formats, and the arithmetic of credit: the steps of a maximum, and the credit that so many minutes can carry."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.activities.credit_types import CreditType, credit_types_at
from quizbank.activities.formats import FORMATS, credit_for_minutes, credit_steps, is_on_step, plain_amount

QUARTER, WHOLE = Decimal("0.25"), Decimal(1)
TYPES = credit_types_at("").types
quarters = st.integers(1, 39_999).map(lambda count: count * QUARTER)


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


@given(st.integers(0, 3_000), st.sampled_from(["0.1", "0.25", "0.5", "1", "5"]), st.integers(1, 600))
def test_credit_is_never_more_than_half_a_step_off_whatever_makes_one(minutes: int, step: str, of_one: int) -> None:
    credit = credit_for_minutes(minutes, Decimal(step), of_one)
    assert credit % Decimal(step) == 0
    assert abs(credit * of_one - minutes) <= Decimal(step) * of_one / 2


@pytest.mark.parametrize(
    ("minutes", "points"), [(0, 0), (29, 0), (30, 1), (60, 1), (75, 1), (89, 1), (90, 2), (120, 2), (480, 8)]
)
def test_whole_points_follow_the_nearest_hour(minutes: int, points: int) -> None:
    assert credit_for_minutes(minutes, WHOLE) == points


@pytest.mark.parametrize(("minutes", "points"), [(24, 0), (25, 1), (50, 1), (74, 1), (75, 2)])
def test_credit_of_fifty_minutes_follows_them(minutes: int, points: int) -> None:
    assert credit_for_minutes(minutes, WHOLE, of_one=50) == points


def test_steps_run_from_a_quarter_to_the_maximum() -> None:
    assert credit_steps(Decimal("1.00"), QUARTER) == [Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("1")]


def test_maximum_of_a_quarter_leaves_one_step() -> None:
    assert credit_steps(Decimal("0.25"), QUARTER) == [QUARTER]


@given(st.integers(1, 400), st.sampled_from(TYPES))
def test_steps_are_those_of_the_type_and_end_at_the_maximum(count: int, kind: CreditType) -> None:
    steps = credit_steps(count * kind.step, kind.step)
    assert len(steps) == count
    assert steps[-1] == count * kind.step
    assert all(is_on_step(amount, kind.step) for amount in steps)


@given(st.integers(0, 400))
def test_steps_never_leave_the_type_whatever_the_maximum(quarters: int) -> None:
    assert credit_steps(quarters * QUARTER, WHOLE) == [Decimal(n) for n in range(1, quarters // 4 + 1)]


@given(st.lists(quarters, min_size=1, max_size=40))
def test_sum_of_quarters_is_exact_in_any_order_and_stays_on_the_step(amounts: list[Decimal]) -> None:
    total = sum(amounts, Decimal(0))
    assert total == sum(reversed(amounts), Decimal(0)) == Decimal(sum(int(one * 4) for one in amounts)) / 4
    assert is_on_step(total, QUARTER)


@given(quarters, st.sampled_from(["0.01", "0.05", "0.1", "0.24"]))
def test_what_lies_beside_a_quarter_is_never_on_the_step(amount: Decimal, off: str) -> None:
    assert is_on_step(amount, QUARTER)
    assert not is_on_step(amount + Decimal(off), QUARTER)
    assert not is_on_step(-amount, QUARTER)


@given(quarters)
def test_plain_amount_means_the_same_without_needless_zeros(amount: Decimal) -> None:
    assert Decimal(plain_amount(amount)) == amount
    assert not plain_amount(amount).endswith(".0")
    assert "E" not in plain_amount(amount)


@pytest.mark.parametrize(("amount", "on"), [("1", True), ("2.00", True), ("0.5", False), ("1.25", False), ("0", False)])
def test_point_is_never_parted(amount: str, on: bool) -> None:
    assert is_on_step(Decimal(amount), WHOLE) is on


def test_a_document_with_a_test_is_enduring_material() -> None:
    assert FORMATS["enduring"] == "Enduring material"
