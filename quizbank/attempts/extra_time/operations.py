"""The only writer of extra time: minutes a learner has more, for later attempts and for one that is open."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from quizbank.accounts.operations import record_audit
from quizbank.activities.models import Activity
from quizbank.attempts import log
from quizbank.attempts.models import Attempt, ExtraTime
from quizbank.attempts.operations import AttemptClosed, add_step, admit_write, close_overdue
from quizbank.attempts.queries import open_attempt
from quizbank.attempts.timing import deadline_of
from quizbank.db import db


def grant_extra_time(activity: Activity, learner_id: int, minutes: int, account_id: int, now: datetime) -> None:
    """Give a learner so many minutes more for every attempt at an activity; an open attempt has them at its next save.

    An attempt whose time is up already is over, whether or not anybody has looked at it since; so is one submitted just now.
    """
    row = {"activity_id": activity.id, "learner_id": learner_id, "minutes": minutes, "granted_at": now}
    try:
        with db.session.begin_nested():
            db.session.merge(ExtraTime(**row, granted_by_id=account_id))
    except IntegrityError:  # another administrator was faster; the later word counts
        db.session.merge(ExtraTime(**row, granted_by_id=account_id))
    record_audit("attempt.extra_time", f"account:{learner_id}", account_id, now, activity=activity.id, minutes=minutes)
    db.session.flush()
    attempt = open_attempt(learner_id, activity.id)
    if attempt and not close_overdue(attempt, now):
        with suppress(AttemptClosed):
            move_deadline(attempt, minutes, now)


def move_deadline(attempt: Attempt, minutes: int, now: datetime) -> None:
    """Give an open attempt the deadline it has with so many extra minutes; raises AttemptClosed."""
    deadline = deadline_of(attempt.started_at, attempt.activity.time_limit, minutes)
    if deadline is None or attempt.is_pre_test:
        return
    payload = {"minutes": minutes, "deadline": deadline.isoformat()}
    add_step(attempt.id, admit_write(attempt, 1, now), log.EXTENDED, payload, now)
    attempt.deadline = deadline
    db.session.flush()
