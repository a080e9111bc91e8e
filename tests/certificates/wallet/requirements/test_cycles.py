"""Renewal cycles: every day has one, also around leap days and the ends of months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.wallet.requirements.cycles import Anchor, anchor_on, cycle_number, cycle_of, months_left

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
lengths = st.integers(1, 120)


@pytest.mark.parametrize(
    ("anchor", "months", "day", "start", "end"),
    [
        ((2024, 2, 29), 12, (2024, 2, 28), (2023, 2, 28), (2024, 2, 28)),
        ((2024, 2, 29), 12, (2024, 2, 29), (2024, 2, 29), (2025, 2, 27)),
        ((2024, 2, 29), 12, (2025, 2, 28), (2025, 2, 28), (2026, 2, 27)),
        ((2024, 2, 29), 12, (2028, 2, 28), (2027, 2, 28), (2028, 2, 28)),
        ((2024, 2, 29), 48, (2028, 2, 29), (2028, 2, 29), (2032, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29), (2024, 2, 29), (2024, 3, 30)),
        ((2024, 1, 31), 1, (2024, 3, 30), (2024, 2, 29), (2024, 3, 30)),
        ((2025, 1, 1), 36, (2024, 12, 31), (2022, 1, 1), (2024, 12, 31)),
        ((2025, 1, 1), 36, (2027, 12, 31), (2025, 1, 1), (2027, 12, 31)),
    ],
)
def test_cycle_of_a_day(anchor: tuple, months: int, day: tuple, start: tuple, end: tuple) -> None:  # type: ignore[type-arg]
    found = cycle_of(anchor_on(date(*anchor), months), date(*day))
    assert (found.start, found.end) == (date(*start), date(*end))


def test_birthday_on_a_leap_day_is_kept_from_a_year_that_lacks_it() -> None:
    anchor = Anchor(2025, 2, 29, 12)
    assert [anchor.start(n) for n in range(4)] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_month_after_december_is_january() -> None:
    assert Anchor(2025, 13, 1, 24).start(0) == date(2026, 1, 1)


@given(days, lengths, days)
def test_every_day_belongs_to_its_cycle_and_to_no_neighbor(begins: date, months: int, day: date) -> None:
    anchor = anchor_on(begins, months)
    found = cycle_of(anchor, day)
    assert found.includes(day)
    before, after = cycle_number(anchor, found.number - 1), cycle_number(anchor, found.number + 1)
    assert before.end + timedelta(days=1) == found.start
    assert found.end + timedelta(days=1) == after.start


@given(days, lengths)
def test_cycle_begins_on_its_anchor(begins: date, months: int) -> None:
    assert cycle_of(anchor_on(begins, months), begins).start == begins


@given(days, lengths, st.integers(0, 5_000))
def test_months_left_shrink_from_all_to_one(begins: date, months: int, later: int) -> None:
    anchor = anchor_on(begins, months)
    cycle = cycle_number(anchor, 0)
    day = min(cycle.end, begins + timedelta(days=later))
    assert 1 <= months_left(anchor, cycle, day) <= months
    assert months_left(anchor, cycle, cycle.start) == months
