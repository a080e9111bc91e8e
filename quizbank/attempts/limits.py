"""May a learner start? Earlier attempts and the activity's limits go in, a refusal in plain words (or None) comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizbank.time_words import clock_words, long_day_words

PRE_TEST = 0
"""The number of the attempt before reading, where an activity begins with one. Those that count have 1, 2, 3 and so on."""


@dataclass(frozen=True)
class Earlier:
    """An attempt already submitted that counts."""

    submitted_at: datetime
    passed: bool


def attempts_left(earlier: Sequence[Earlier], max_attempts: int | None) -> int | None:
    """Return how many attempts may still be started; None = unlimited."""
    return None if max_attempts is None else max(0, max_attempts - len(earlier))


def refusal(
    earlier: Sequence[Earlier], closed: str | None, max_attempts: int | None, cooldown: timedelta, now: datetime
) -> str | None:
    """Return why no attempt can be started now, None when one can. ``closed`` is why the activity itself is not open.

    The words tell times in the zone of ``now``.
    """
    if any(attempt.passed for attempt in earlier):
        return "You have passed this activity already. Go on to the evaluation and your credit."
    if closed:
        return closed
    if attempts_left(earlier, max_attempts) == 0:
        used = "your only attempt" if max_attempts == 1 else f"all {max_attempts} attempts"
        return f"You have used {used}. This activity cannot be started again."
    if earlier and (free := max(attempt.submitted_at for attempt in earlier) + cooldown) > now:
        here = free.astimezone(now.tzinfo)
        when = f"{long_day_words(here)} at {clock_words(here)}"
        return f"The next attempt opens on {when}. Use the time to read the document again."
    return None
