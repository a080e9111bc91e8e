"""Batches on a real database: each row exactly once, from where the last worker stopped, what is refused left as it was."""

from collections.abc import Mapping
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from certificates.batches.acts import ISSUE, REISSUE, REVOKE, Act, Order
from certificates.batches.jobs import run_batch
from certificates.batches.operations import order_batch
from certificates.batches.queries import left_undone, reached_by
from certificates.credits.models import CreditClaim
from certificates.issuing.models import REVOKED, SUPERSEDED, VALID, Certificate
from certificates.issuing.operations import IssueRefused, revoke_certificate
from certificates.issuing.queries import log_size
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job
from quizbank.jobs.worker import run_pending
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim

Db = scoped_session[Session]


@pytest.fixture
def handlers(app: Flask) -> Mapping[str, object]:
    """Return the handler of batches alone, so that nothing is rendered."""
    return {"batches.run": run_batch}


def make_claims(count: int) -> list[CreditClaim]:
    activity = make_activity()
    return [make_claim(make_attempt(activity, make_account(name=f"Learner {n}"), right=3)) for n in range(count)]


def run(session: Db, act: Act, ids: list[int], now: datetime, reason: str = "Wrong logo.") -> Job:
    administrator = make_account(ADMINISTRATOR)
    job = order_batch(Order(act, tuple(ids), reason), f"test-{act.name}", administrator.id, now)
    session.commit()
    run_pending({"batches.run": run_batch}, lambda: now)
    session.expire_all()
    return job


def states(session: Db) -> list[str]:
    return list(session.scalars(select(Certificate.state).order_by(Certificate.id)))


def test_every_claim_gets_one_certificate_and_a_second_batch_adds_none(session: Db, now: datetime) -> None:
    ids = [claim.id for claim in make_claims(4)]
    job = run(session, ISSUE, ids, now)
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    run_again = order_batch(Order(ISSUE, tuple(ids), ""), "again", make_account().id, now)
    session.commit()
    run_pending({"batches.run": run_batch}, lambda: now)
    assert run_again.state == "done"
    assert session.scalar(select(func.count(Certificate.id))) == 4
    assert log_size() == 4
    assert left_undone(ISSUE, ids) == []


def test_claim_that_cannot_be_certified_is_left_and_the_others_are_done(session: Db, now: datetime) -> None:
    claims = make_claims(3)
    claims[1].learner.name = " "
    ids = [claim.id for claim in claims]
    assert run(session, ISSUE, ids, now).state == "done"
    assert session.scalar(select(func.count(Certificate.id))) == 2
    assert left_undone(ISSUE, ids) == [ids[1]]
    assert log_size() == 2


def test_valid_certificates_are_replaced_and_the_others_left(session: Db, now: datetime) -> None:
    first, second = make_certificate(), make_certificate()
    revoke_certificate(second, "Mistake.", second.learner_id, now)
    run(session, REISSUE, [first.id, second.id], now)
    assert states(session) == [SUPERSEDED, REVOKED, VALID]
    assert first.reason == "Wrong logo."


def test_certificates_are_revoked_with_the_reason_and_by_whom(session: Db, now: datetime) -> None:
    ids = [make_certificate().id for _ in range(3)]
    job = run(session, REVOKE, ids[:2], now)
    assert states(session) == [REVOKED, REVOKED, VALID]
    query = select(AuditEntry.actor_id).where(AuditEntry.action == "certificate.revoked")
    assert list(session.scalars(query)) == [job.account_id] * 2


def test_work_goes_on_where_it_was_broken_off(session: Db, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [claim.id for claim in make_claims(4)]
    finished = JobContext.checkpoint

    def dying(context: JobContext, done: int, total: int | None = None) -> None:
        if done == 3:
            raise RuntimeError("killed before the commit")
        finished(context, done, total)

    monkeypatch.setattr(JobContext, "checkpoint", dying)
    job = run(session, ISSUE, ids, now)
    assert (job.state, job.done, session.scalar(select(func.count(Certificate.id)))) == ("new", 2, 2)
    monkeypatch.setattr(JobContext, "checkpoint", finished)
    run_pending({"batches.run": run_batch}, lambda: job.run_at)
    session.expire_all()
    assert (job.state, job.done, session.scalar(select(func.count(Certificate.id)))) == ("done", 4, 4)
    assert log_size() == 4


@pytest.mark.parametrize("act", [REISSUE, REVOKE], ids=lambda act: act.name)
def test_batch_needs_a_reason(session: Db, now: datetime, act: Act) -> None:
    with pytest.raises(IssueRefused, match="Give a reason"):
        order_batch(Order(act, (1,), "  "), "x", make_account().id, now)


def test_search_and_filter_decide_whom_an_act_reaches(session: Db, now: datetime) -> None:
    certificate = make_certificate(make_claim(make_attempt(learner=make_account(name="Vera Holder"), right=3)))
    make_certificate()
    make_claims(2)
    found = session.execute(reached_by(REVOKE, "vera", None, None)).all()
    assert [row[0] for row in found] == [certificate.id]
    assert len(session.execute(reached_by(ISSUE, "", None, None)).all()) == 2
    assert session.execute(reached_by(ISSUE, "nobody", None, None)).all() == []
    assert session.execute(reached_by(REVOKE, "", "revoked", None)).all() == []


def test_order_sent_twice_is_one_job_with_one_line_in_the_trail(session: Db, now: datetime) -> None:
    certificate, administrator = make_certificate(), make_account(ADMINISTRATOR)
    asked = Order(REVOKE, (certificate.id,), "Wrong logo.")
    assert len({order_batch(asked, "key", administrator.id, now).id for _ in range(2)}) == 1
    assert len(session.scalars(select(AuditEntry).filter_by(action="certificates.revoke")).all()) == 1


def test_key_of_one_act_orders_another_act_too(session: Db, now: datetime) -> None:
    certificate, administrator = make_certificate(), make_account(ADMINISTRATOR)
    orders = [Order(act, (certificate.id,), "Wrong logo.") for act in (REISSUE, REVOKE)]
    jobs = [order_batch(asked, "key", administrator.id, now) for asked in orders]
    assert [Order.of(job.args) for job in jobs] == orders
