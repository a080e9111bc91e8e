"""Bundles are kept for seven days to the second; what is of no use any more may be cleared, nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from certificates.issuing.keeping import file_name_of, job_id_in, kept_until, may_be_cleared, standing

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("state", "is_there"), [("new", False), ("running", False), ("running", True)])
def test_bundle_is_worked_on_until_its_job_has_ended(state: str, is_there: bool) -> None:
    assert standing(state, None, is_there, NOON) == "working"


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_bundle_of_a_job_that_came_to_nothing_has_failed(state: str) -> None:
    assert standing(state, NOON, False, NOON + 2 * WEEK) == "failed"


@pytest.mark.parametrize("is_there", [True, False])
def test_bundle_expires_after_seven_days_whether_it_was_cleared_or_not(is_there: bool) -> None:
    assert kept_until(NOON) == NOON + WEEK
    assert standing("done", NOON, is_there, NOON + WEEK) == "expired"
    assert standing("done", NOON, is_there, NOON + WEEK - SECOND) == ("ready" if is_there else "gone")


@pytest.mark.parametrize("name", ["certificates-12.zip", "certificates-12.4711.part"])
def test_file_tells_its_job(name: str) -> None:
    assert job_id_in(name) == 12


@pytest.mark.parametrize(
    "name", ["quizbank.sqlite3", "certificates.zip", "certificates-1.pdf", "x-certificates-1.zip", ""]
)
def test_other_file_is_no_bundle(name: str) -> None:
    assert job_id_in(name) is None


def test_name_of_a_bundle_is_read_back() -> None:
    assert job_id_in(file_name_of(7)) == 7


@pytest.mark.parametrize(
    ("name", "finished_at", "cleared"),
    [
        ("certificates-1.zip", None, False),
        ("certificates-1.5.part", None, False),
        ("certificates-1.zip", NOON - WEEK + SECOND, False),
        ("certificates-1.zip", NOON - WEEK, True),
        ("certificates-1.5.part", NOON - SECOND, True),
    ],
)
def test_file_is_cleared_when_nobody_can_use_it_any_more(
    name: str, finished_at: datetime | None, cleared: bool
) -> None:
    assert may_be_cleared(name, finished_at, NOON) is cleared
