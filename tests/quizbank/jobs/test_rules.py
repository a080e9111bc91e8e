"""When a job is tried again, given up, and what people are told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.jobs.rules import (
    CLOCK_WENT_BACK,
    LEASE,
    LONGEST_IDLE,
    LONGEST_RESTART,
    MAX_TRIES,
    OUR_FAULT,
    STATES,
    error_words,
    has_stalled,
    idle_pause,
    pause_after,
    progress_words,
    restart_pause,
    was_last_try,
)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_pause_never_exceeds_what_counts_as_a_clock_set_back(tries: int, jitter: float) -> None:
    assert timedelta(seconds=1) <= pause_after(tries, jitter) < CLOCK_WENT_BACK
    assert LEASE < CLOCK_WENT_BACK


@given(st.integers(0, 50), st.floats(0, 1))
def test_pause_grows_with_tries(tries: int, jitter: float) -> None:
    assert pause_after(tries, jitter) <= pause_after(tries + 1, jitter)


def test_pause_is_two_to_the_tries_up_to_five_minutes() -> None:
    assert [pause_after(tries, 0).total_seconds() for tries in (1, 2, 3, 8, 9)] == [2, 4, 8, 256, 300]


def test_jitter_adds_at_most_a_quarter() -> None:
    assert pause_after(3, 1) == timedelta(seconds=10)


def test_fifth_failure_is_the_last() -> None:
    assert not was_last_try(MAX_TRIES - 1)
    assert was_last_try(MAX_TRIES)


def test_job_that_kills_workers_is_not_started_a_sixth_time() -> None:
    assert not has_stalled(MAX_TRIES)
    assert has_stalled(MAX_TRIES + 1)


@given(st.floats(0, 100))
def test_idle_worker_looks_at_least_once_a_second_and_at_most_five_times(before: float) -> None:
    assert 0.2 <= idle_pause(before) <= LONGEST_IDLE


def test_process_that_dies_at_once_is_restarted_ever_later() -> None:
    pauses = [0.0]
    for _ in range(8):
        pauses.append(restart_pause(pauses[-1], lived=0.1))
    assert pauses[1:4] == [0.5, 1.0, 2.0]
    assert pauses[-1] == LONGEST_RESTART


def test_process_that_lived_is_restarted_soon() -> None:
    assert restart_pause(30.0, lived=3600) == 0.5


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_progress_words(state: str) -> None:
    assert progress_words(state, 0, None)


def test_running_job_tells_how_far_it_is() -> None:
    assert progress_words("running", 1200, 10_000) == "1,200 of 10,000"


def test_running_job_tells_what_it_is_doing_if_it_says_so() -> None:
    assert progress_words("running", 12, 200, "Reading page 12 of 200") == "Reading page 12 of 200"
    assert progress_words("running", 0, None, "Writing questions") == "Writing questions"


def test_job_that_does_not_run_tells_its_state_and_no_stage() -> None:
    assert progress_words("new", 12, 200, "Reading page 12 of 200") == "Waiting to start"
    assert progress_words("failed", 12, 200, "Reading page 12 of 200") == "Failed"


def test_refusal_is_told_and_our_error_is_not() -> None:
    assert error_words("failed", "The PDF is encrypted.") == "The PDF is encrypted."
    assert error_words("failed", None) == OUR_FAULT
    assert error_words("done", None) is None
