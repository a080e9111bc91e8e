"""Formats and credit: quarter steps, and the credit that so many minutes can carry."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.activities.formats import CREDIT_TYPES, FORMATS, QUARTER, credit_for_minutes, credit_steps, credit_type


@pytest.mark.parametrize(
    ("minutes", "credit"),
    [(0, "0"), (7, "0"), (8, "0.25"), (15, "0.25"), (22, "0.25"), (23, "0.5"), (30, "0.5"), (37, "0.5"), (38, "0.75"),
     (52, "0.75"), (53, "1"), (60, "1"), (67, "1"), (68, "1.25"), (480, "8")],
)  # fmt: skip
def test_credit_follows_the_nearest_quarter_hour(minutes: int, credit: str) -> None:
    assert credit_for_minutes(minutes) == Decimal(credit)


@given(st.integers(0, 3_000))
def test_credit_is_at_most_seven_and_a_half_minutes_off(minutes: int) -> None:
    assert abs(credit_for_minutes(minutes) * 60 - minutes) <= Decimal("7.5")
    assert credit_for_minutes(minutes) % QUARTER == 0


def test_steps_run_from_a_quarter_to_the_maximum() -> None:
    assert credit_steps(Decimal("1.00")) == [Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("1")]


def test_maximum_of_a_quarter_leaves_one_step() -> None:
    assert credit_steps(Decimal("0.25")) == [QUARTER]


@given(st.integers(1, 400))
def test_steps_are_quarters_and_end_at_the_maximum(quarters: int) -> None:
    steps = credit_steps(quarters * QUARTER)
    assert len(steps) == quarters
    assert steps[-1] == quarters * QUARTER
    assert all(step % QUARTER == 0 and step > 0 for step in steps)


@pytest.mark.parametrize("kind", CREDIT_TYPES, ids=lambda kind: kind.name)
def test_credit_type_is_found_by_its_name(kind: object) -> None:
    assert credit_type(kind.name) is kind  # type: ignore[attr-defined]


def test_unknown_credit_type_is_refused() -> None:
    with pytest.raises(LookupError, match="points"):
        credit_type("points")


def test_a_document_with_a_test_is_enduring_material() -> None:
    assert FORMATS["enduring"] == "Enduring material"
