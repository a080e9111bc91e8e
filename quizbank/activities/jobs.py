"""Daily work on activities: telling those who keep them that one expires."""

from collections.abc import Callable, Mapping

from quizbank.activities.operations import warn_of_expiry
from quizbank.jobs.context import JobContext
from quizbank.local_time import local_date

WARN = "activities.warn"


def warn(context: JobContext) -> None:
    """Write the warnings that are due; a second time finds nothing to do."""
    warn_of_expiry(local_date(context.now()), context.now())
    context.checkpoint(1, 1)


activities_handlers: Mapping[str, Callable[[JobContext], None]] = {WARN: warn}
activities_daily = (WARN,)
