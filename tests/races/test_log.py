"""The log of certificates while many learners claim at the same moment through several processes."""

from dataclasses import replace
from functools import partial

from sqlalchemy import select

from certificates.issuing.auditing import LogAudit, LoggedRow, certificate_problems
from certificates.issuing.models import LogEntry
from certificates.issuing.queries import kept_certificates, logged_rows
from certificates.surveys.operations import keep_evaluation
from quizbank.db import db, utc_now
from tests.factories import EVALUATION, make_account, make_activity, make_attempt
from tests.races.conftest import Platform, at_once

LEARNERS = 50
CLAIM = [("amount", "0.25"), ("attested", "y")]


def test_fifty_claims_at_once_leave_a_log_without_gap_or_fork(platform: Platform) -> None:
    now = utc_now()
    activity = make_activity(now=now)
    learners = [make_account(name=f"Learner {number}") for number in range(LEARNERS)]
    attempts = [make_attempt(activity, learner, right=3, now=now) for learner in learners]
    for attempt in attempts:
        keep_evaluation(attempt, EVALUATION, now)
    posts = [
        partial(platform.browser(learner).post, f"/credits/{attempt.id}/claim", CLAIM)
        for learner, attempt in zip(learners, attempts, strict=True)
    ]
    db.session.commit()
    assert set(at_once(posts)) == {302}
    db.session.rollback()
    log = LogAudit([])
    assert list(log.problems(unsigned_rows())) == []
    assert [words for kept, leaves in kept_certificates() for words in certificate_problems(kept, leaves)] == []
    events = db.session.scalars(select(LogEntry.certificate_id)).all()
    assert len(set(events)) >= LEARNERS
    db.session.rollback()


def unsigned_rows() -> list[LoggedRow]:
    """Return the log without its checkpoints: the server signs with a key of its own."""
    return [replace(row, checkpoint=None) for row in logged_rows()]
