"""What reports tell of: hours of instruction and the time a sitting took."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.certificates.reporting.samples import ACTIVITY, SITTING


@pytest.mark.parametrize(("credit_type", "hours"), [("ama_pra_1", "1.50"), ("cpd", "1.50"), ("contact_hours", "1.50")])
def test_hours_are_the_credit_of_the_ama_or_else_the_minutes(credit_type: str, hours: str) -> None:
    assert replace(ACTIVITY, credit_type=credit_type).hours == Decimal(hours)


def test_hours_of_other_types_do_not_follow_their_points() -> None:
    assert replace(ACTIVITY, credit_type="cpd", maximum=Decimal(2), minutes=45).hours == Decimal("0.75")


def test_sitting_takes_no_less_than_no_time() -> None:
    assert SITTING.took == timedelta(hours=1, minutes=2, seconds=3.45)
    assert replace(SITTING, submitted_at=SITTING.started_at - timedelta(hours=1)).took == timedelta(0)
