"""When a message is tried again, given up, or waits for the server."""

from datetime import UTC, datetime, timedelta

import pytest

from quizbank.post.rules import (
    AT_ONCE,
    LONGEST_TROUBLE,
    MAX_TRIES,
    PAUSES,
    SHORTEST_TROUBLE,
    given_up_words,
    lapses_after,
    pause_after,
    portions,
    trouble_pause,
)

NOW = datetime(2030, 5, 6, tzinfo=UTC)


def test_pauses_grow_and_together_last_longer_than_a_night() -> None:
    waits = [pause_after(tries) for tries in range(1, MAX_TRIES)]
    assert waits == sorted(waits)  # type: ignore[type-var]
    assert timedelta(hours=36) < sum(PAUSES, timedelta()) < timedelta(hours=48)


def test_message_is_given_up_after_the_last_try() -> None:
    assert pause_after(MAX_TRIES) is None
    assert "451 later" in given_up_words("451 later")


@pytest.mark.parametrize(
    ("waited", "pause"),
    [
        (timedelta(0), SHORTEST_TROUBLE),
        (timedelta(minutes=10), timedelta(minutes=5)),
        (timedelta(days=9), LONGEST_TROUBLE),
        (timedelta(days=-9), SHORTEST_TROUBLE),
    ],
)
def test_without_a_line_everything_waits_half_as_long_as_it_has_waited(waited: timedelta, pause: timedelta) -> None:
    assert trouble_pause(NOW - waited, NOW) == pause


def test_handing_over_lapses_only_when_no_answer_can_come_any_more() -> None:
    assert lapses_after(20) > timedelta(seconds=20 * 5)


def test_messages_are_cut_into_jobs_without_loss() -> None:
    ids = list(range(2 * AT_ONCE + 1))
    cut = list(portions(ids))
    assert [one for some in cut for one in some] == ids
    assert max(map(len, cut)) == AT_ONCE
    assert list(portions([])) == []
