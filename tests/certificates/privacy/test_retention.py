"""How long things are kept, to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.privacy.retention import due_at, export_job_in, export_name, first_provable

TODAY = st.dates(date(2030, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2036, 5, 6), date(2030, 5, 6)),
        (date(2036, 2, 29), date(2030, 3, 1)),
        (date(2038, 2, 28), date(2032, 2, 28)),
        (date(2038, 3, 1), date(2032, 3, 1)),
    ],
)
def test_claims_must_be_provable_for_six_years(today: date, first: date) -> None:
    assert first_provable(today) == first


@given(TODAY, st.integers(0, 4000))
def test_no_claim_is_erased_before_six_whole_years(today: date, days: int) -> None:
    claimed = today - timedelta(days=days)
    if claimed < first_provable(today):
        assert (today.year - claimed.year, today.month, today.day) >= (6, claimed.month, min(claimed.day, 28))
        assert (today - claimed).days >= 6 * 365


@given(TODAY)
def test_what_may_be_erased_today_may_be_erased_tomorrow(today: date) -> None:
    assert first_provable(today) <= first_provable(today + timedelta(days=1))


def test_a_deletion_can_be_taken_back_for_two_weeks() -> None:
    assert due_at(datetime(2030, 5, 6, 7, tzinfo=UTC)) == datetime(2030, 5, 20, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "job_id"),
    [
        (export_name(12), 12),
        ("export-12.77.part", 12),
        ("export-.zip", None),
        ("certificates-12.zip", None),
        ("../export-12.zip", None),
        ("export-12.zip.exe", None),
    ],
)
def test_files_of_exports_are_told_from_others(name: str, job_id: int | None) -> None:
    assert export_job_in(name) == job_id
