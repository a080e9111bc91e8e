"""Daily work on attempts: forgetting replies that no retry will ask for any more."""

from collections.abc import Callable, Mapping

from quizbank.jobs.context import JobContext
from quizbank.web.once import forget_replies

FORGET = "attempts.forget_replies"


def forget(context: JobContext) -> None:
    """Delete old replies; a second time finds nothing to do."""
    forget_replies(context.now())
    context.checkpoint(1, 1)


attempts_handlers: Mapping[str, Callable[[JobContext], None]] = {FORGET: forget}
attempts_daily = (FORGET,)
