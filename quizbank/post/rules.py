"""The rules of sending: a message's state and times go in; when it is tried again, given up or unclear comes out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

WAITING, SENDING, SENT, REFUSED = "waiting", "sending", "sent", "refused"
STATES: Mapping[str, str] = {WAITING: "Waiting", SENDING: "Being handed over", SENT: "Sent", REFUSED: "Refused"}
OPEN = (WAITING, SENDING)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 3, 10, 30, 60, 120, 240, 480, 720, 720))
"""Waits after each time the server puts a message off, some 40 hours together; greylisting takes 5 to 30 minutes."""
MAX_TRIES = len(PAUSES) + 1
FAR_AHEAD = 2 * PAUSES[-1]
"""No message waits so long. A time further ahead was written before the clock was set back and counts as past."""
SHORTEST_TROUBLE, LONGEST_TROUBLE = timedelta(minutes=1), timedelta(hours=1)
BODY_KEPT = timedelta(days=90)
"""So long the text of a message is kept; then only the line that it was sent."""
ANSWERS = 6
"""Answers that a server owes from the greeting of a message to its last word, each within the timeout."""
MAX_LOSSES = 3
"""A line that broke so often in a row is no line: all messages wait."""
AT_ONCE = 50
"""Messages that one job hands over on one line."""

DOUBT = "It may have arrived twice: the line or the worker ended before the server's answer was written down."
UNFINISHED = "The worker ended each time while this was handed over. Whether it arrived is not known."
NO_SERVER = "No mail server is set, so nothing is sent and nothing is kept for sending."


class NotRetried(ValueError):
    """A message cannot be sent again as asked; the message says why."""


def pause_after(tries: int) -> timedelta | None:
    """Return how long a message waits that was put off so often, None when it is given up."""
    return PAUSES[tries - 1] if 1 <= tries <= len(PAUSES) else None


def trouble_pause(written_at: datetime, now: datetime) -> timedelta:
    """Return how long a message waits while there is no line to the server: half as long as it has waited already.

    Nothing is given up for that: the messages are in order, and somebody will mend the server.
    """
    return min(max((now - written_at) / 2, SHORTEST_TROUBLE), LONGEST_TROUBLE)


def lapses_after(timeout: int) -> timedelta:
    """Return after how long a handing over of which nothing was heard has ended in any case."""
    return timedelta(seconds=timeout * ANSWERS + 5)


def portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the messages of one job after the other."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def given_up_words(words: str) -> str:
    """Return why a message that was put off to the end is given up."""
    return f"Put off {MAX_TRIES} times in some 40 hours, the last time with: {words}"
