"""Background work on the audit trail: recomputing all of it, and telling in an entry of its own what was found."""

from collections.abc import Callable, Mapping

from quizbank.accounts.queries import NOTHING_CHECKED, check_parts, entries_in_all
from quizbank.db import db
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job
from quizbank.jobs.rules import JobRefused
from quizbank.trail.operations import tell_check
from quizbank.trail.queries import CHECK


def check(context: JobContext) -> None:
    """Check the whole trail; begins anew when it was broken off. Others write between its parts."""
    asked_by, entries = db.session.get_one(Job, context.job_id).account_id, entries_in_all()
    found = NOTHING_CHECKED
    for found in check_parts():
        context.let_others_write()
        context.tell("Checking the audit trail", found.entries, max(entries, found.entries))
    tell_check(found, asked_by, context.now())
    context.checkpoint_at_end()
    if found.broken is not None:
        raise JobRefused(f"The audit trail was changed at entry {found.broken}.")


trail_handlers: Mapping[str, Callable[[JobContext], None]] = {CHECK: check}
trail_daily = (CHECK,)
