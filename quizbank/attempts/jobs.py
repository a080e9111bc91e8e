"""Daily work on attempts: forgetting replies that no retry will ask for any more, closing what ran out of time."""

from collections.abc import Callable, Mapping

from quizbank.attempts.models import Attempt
from quizbank.attempts.operations import close_overdue
from quizbank.attempts.queries import overdue_ids
from quizbank.db import db
from quizbank.jobs.context import JobContext
from quizbank.web.once import forget_replies

FORGET = "attempts.forget_replies"
CLOSE = "attempts.close_overdue"


def forget(context: JobContext) -> None:
    """Delete old replies; a second time finds nothing to do."""
    forget_replies(context.now())
    context.checkpoint(1, 1)


def close(context: JobContext) -> None:
    """Submit every open attempt whose time is up and that nobody came back to; a second time finds nothing to do."""
    ids = overdue_ids(context.now())
    for done, attempt_id in enumerate(ids, start=1):
        close_overdue(db.session.get_one(Attempt, attempt_id), context.now())
        context.checkpoint(done, len(ids))
    if not ids:
        context.checkpoint(1, 1)


attempts_handlers: Mapping[str, Callable[[JobContext], None]] = {FORGET: forget, CLOSE: close}
attempts_daily = (FORGET, CLOSE)
