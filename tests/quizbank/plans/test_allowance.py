"""What is left of a quota, when it opens again, what the next use costs, and how a refusal is worded."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.plans.allowance import (
    FREE,
    allowance,
    cost_of_next,
    needs_a_plan,
    not_included,
    period_end,
    period_start,
    used_up,
)
from quizbank.plans.catalogue import ACTIVITIES, Entitlement, read_catalogue
from tests.quizbank.plans.conftest import PLANS

TODAY = date(2030, 12, 6)
PRICE = Decimal("2.50")
CATALOGUE = read_catalogue(PLANS)


@pytest.mark.parametrize(
    ("per", "day", "start", "end"),
    [
        ("month", date(2030, 1, 31), date(2030, 1, 1), date(2030, 2, 1)),
        ("month", date(2030, 12, 1), date(2030, 12, 1), date(2031, 1, 1)),
        ("month", date(2032, 2, 29), date(2032, 2, 1), date(2032, 3, 1)),
        ("year", date(2030, 12, 31), date(2030, 1, 1), date(2031, 1, 1)),
        ("year", date(2030, 1, 1), date(2030, 1, 1), date(2031, 1, 1)),
    ],
)
def test_quota_is_counted_by_calendar_month_or_year(per: str, day: date, start: date, end: date) -> None:
    assert (period_start(day, per), period_end(day, per)) == (start, end)


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.sampled_from(["month", "year"]))
def test_every_day_is_inside_its_period_and_the_next_one_begins_where_it_ends(day: date, per: str) -> None:
    assert period_start(day, per) <= day < period_end(day, per)
    assert period_start(period_end(day, per), per) == period_end(day, per)


@pytest.mark.parametrize(
    ("entitlement", "used", "left", "cost"),
    [
        (Entitlement(), 0, None, FREE),
        (Entitlement(), 10_000, None, FREE),
        (Entitlement(price=PRICE), 7, None, PRICE),
        (Entitlement(2), 0, 2, FREE),
        (Entitlement(2), 1, 1, FREE),
        (Entitlement(2), 2, 0, None),
        (Entitlement(2), 5, 0, None),
        (Entitlement(2, price=PRICE), 1, 1, FREE),
        (Entitlement(2, price=PRICE), 2, 0, PRICE),
        (Entitlement(0, price=PRICE), 0, 0, PRICE),
    ],
)
def test_rest_and_cost_are_what_the_table_says(
    entitlement: Entitlement, used: int, left: int | None, cost: Decimal | None
) -> None:
    found = allowance(ACTIVITIES, entitlement, used, TODAY)
    assert (found.left, cost_of_next(entitlement, used)) == (left, cost)
    assert found.renews_on == date(2031, 1, 1)


def test_refusals_say_what_happened_and_what_to_do() -> None:
    small, reading = CATALOGUE.plan("small"), CATALOGUE.plan("reading")
    assert needs_a_plan(ACTIVITIES, "") == "“Start activities” needs a plan: choose one under My plan."
    assert needs_a_plan(ACTIVITIES, "Your plan Small ended on 5 May 2030.") == (
        "Your plan Small ended on 5 May 2030. “Start activities” needs a plan: choose one under My plan. "
        "Everything you earned stays yours."
    )
    assert not_included(ACTIVITIES, reading, CATALOGUE) == (
        "Your plan Reading does not include “Start activities”. These plans do: Small, Metered, Great."
    )
    assert used_up(ACTIVITIES, small.includes["activities"], small, CATALOGUE, TODAY) == (
        "You have used all 2 new activities that Small includes this month. The next open on 1 January 2031. "
        "Great has no such limit."
    )
