"""A person of whom something is held in every table that can hold something about anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from certificates.credits.operations import claim_credit, keep_evaluation
from certificates.issuing.models import Certificate
from certificates.issuing.operations import ensure_file, issue_certificate, revoke_certificate
from certificates.privacy.operations import ask_deletion, take_back
from quizbank.accounts.models import Account
from quizbank.accounts.operations import record_audit
from quizbank.attempts.models import AttemptDraft
from quizbank.attempts.operations import grant_extra_time
from quizbank.db import db
from quizbank.jobs.operations import enqueue
from quizbank.plans.models import LedgerEntry
from quizbank.plans.operations import grant_plan
from quizbank.web.models import KeptReply
from tests.factories import EVALUATION, make_account, make_activity, make_attempt, make_followup


@dataclass(frozen=True)
class Whole:
    """Someone with everything; ``mark`` stands in every word that they or others typed about them."""

    account: Account
    mark: str
    certificate: Certificate


def make_whole(name: str, mark: str, now: datetime, learned_at: datetime | None = None) -> Whole:
    """Return a person with a name and with words that hold the mark; what they earned, they earned at ``learned_at``."""
    then = learned_at or now
    account = make_account(name=name, email=f"{mark}@example.org")
    administrator = make_account("administrator", "Alex Administrator")
    plan = grant_plan(account.id, "complete", now + timedelta(days=400), f"note about {mark}", administrator.id, then)
    use = {"benefit": "activities", "subject": "activity:1", "title": "Heart failure", "number": 1, "plan": "complete"}
    paid = {"price": Decimal(0), "currency": "USD", "used_at": then}
    db.session.add(LedgerEntry(account_id=account.id, subscription_id=plan.id, **use, **paid))
    passed = make_attempt(make_activity(now=then), account, right=3, now=then)
    keep_evaluation(passed, {**EVALUATION, "change": f"I, {mark}, will change"}, then + timedelta(minutes=11))
    claim = claim_credit(passed, Decimal("0.25"), then + timedelta(minutes=12))
    certificate = issue_certificate(claim, then + timedelta(minutes=12))
    make_followup(passed, then + timedelta(days=2))
    timed = make_activity(now=now, time_limit=30)
    grant_extra_time(timed, account.id, 10, administrator.id, now)
    attempt = make_attempt(timed, account, now=now)
    db.session.add(AttemptDraft(attempt_id=attempt.id, slot=1, response={"choice": ["a"]}, saved_at=now))
    reply = {"fingerprint": "0" * 64, "status": 302, "location": f"/{mark}", "body": mark}
    db.session.add(KeptReply(account_id=account.id, key="k", at=now, **reply))
    enqueue("documents.read", f"documents.read:{account.id}", {}, now, account_id=account.id)
    record_audit("account.noted", f"account:{account.id}", administrator.id, now, note=f"spoke of {mark}")
    ask_deletion(account, account.id, now)
    take_back(account.id, now)
    db.session.flush()
    return Whole(account, mark, certificate)


def revoke(whole: Whole, now: datetime) -> None:
    """Revoke the certificate of a person with a reason that names them."""
    revoke_certificate(
        whole.certificate, f"{whole.mark} was not there", make_account("administrator", "Alex Administrator").id, now
    )


def render(whole: Whole, now: datetime) -> bytes:
    """Return the PDF of the person's certificate, which is then kept."""
    db.session.commit()
    return ensure_file(whole.certificate, now).content


def everything_in_the_database() -> str:
    """Return all rows of all tables as one text, bytes as they are."""
    db.session.rollback()
    rows = [row for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
    return "\n".join(repr(tuple(row)) for row in rows)
