"""The only writers of batches: queue one, and do its act to one claim or certificate."""

from datetime import datetime

from sqlalchemy import select

from certificates.batches.acts import BATCH, ISSUE, REISSUE, Order
from certificates.credits.models import CreditClaim
from certificates.issuing.models import VALID, Certificate
from certificates.issuing.operations import (
    IssueRefused,
    issue_certificate,
    reissue_certificate,
    required_reason,
    revoke_certificate,
)
from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue


def order_batch(order: Order, key: str, account_id: int, now: datetime) -> Job:
    """Queue a batch with its line in the audit trail; the same act and key again are the same job and no other line.

    Raises IssueRefused.
    """
    job_key = f"{BATCH}:{order.act.name}:{key}"
    if ordered := db.session.scalar(select(Job).where(Job.key == job_key)):
        return ordered
    if order.act.needs_reason:
        required_reason(order.reason, "Give a reason; it is kept with every certificate.")
    words = {"count": len(order.ids), "reason": order.reason}
    record_audit(f"certificates.{order.act.name}", f"batch:{key}", account_id, now, **words)
    return enqueue(BATCH, job_key, order.to_args(), now, account_id=account_id, total=len(order.ids))


def act_on(order: Order, row_id: int, actor_id: int | None, now: datetime) -> bool:
    """Do the act to one claim or certificate; return whether it was done. What is refused is left as it was."""
    try:
        with db.session.begin_nested():
            if order.act is ISSUE:
                issue_certificate(db.session.get_one(CreditClaim, row_id), now)
                return True
            certificate = db.session.get_one(Certificate, row_id)
            if certificate.state != VALID or actor_id is None:
                return False
            act = reissue_certificate if order.act is REISSUE else revoke_certificate
            act(certificate, order.reason, actor_id, now)
    except IssueRefused:
        return False
    return True
