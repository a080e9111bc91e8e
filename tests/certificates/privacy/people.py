"""A person of whom something is held in every table that can hold something about anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from certificates.credits.models import ClaimCorrection, CreditClaim
from certificates.credits.operations import claim_credit
from certificates.issuing.models import Certificate
from certificates.issuing.operations import ensure_file, issue_certificate, revoke_certificate
from certificates.privacy.operations import ask_deletion, take_back
from certificates.reporting.models import Report, ReportLine
from certificates.sharing.models import ShareAccess, ShareEntry, ShareView
from certificates.surveys.operations import keep_evaluation
from certificates.wallet.external.operations import set_claim_topics
from certificates.wallet.identity.operations import keep_board, save_identity, set_consent
from certificates.wallet.models import LicenseNotice
from certificates.wallet.uploads import checked_upload
from quizbank.accounts.models import Account
from quizbank.accounts.operations import record_audit
from quizbank.attempts.extra_time.operations import grant_extra_time
from quizbank.attempts.models import AttemptDraft
from quizbank.db import db
from quizbank.jobs.operations import enqueue
from quizbank.plans.models import LedgerEntry
from quizbank.plans.operations import grant_plan
from quizbank.post.operations import change_choice
from quizbank.web.models import KeptReply
from tests.certificates.wallet.wallets import PDF_FILE, make_document_of, make_external, make_followed, make_license
from tests.factories import (
    EVALUATION,
    make_account,
    make_activity,
    make_attempt,
    make_followup,
    make_message,
    make_share,
)


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
    ended = {"state": "refused", "ended_at": now, "refusal": mark}
    make_message(account, subject=mark, body=mark, created_at=now, due_at=now, **ended)
    change_choice(account.id, True, False, now)
    record_audit("account.noted", f"account:{account.id}", administrator.id, now, note=f"spoke of {mark}")
    make_wallet(account, mark, claim, certificate, administrator.id, now)
    ask_deletion(account, account.id, now)
    take_back(account.id, now)
    db.session.flush()
    return Whole(account, mark, certificate)


def make_wallet(
    account: Account, mark: str, claim: CreditClaim, certificate: Certificate, actor_id: int, now: datetime
) -> None:
    """Fill a person's wallet, let them share all of it, correct their claim and report it; the mark stands everywhere."""
    save_identity(account.id, mark, mark, "1234567893", "02-29", now)
    keep_board(account.id, mark, mark, now)
    set_consent(account.id, True, now)
    license = make_license(account, body=mark, number=mark)
    make_document_of(license)
    expires_on = license.expires_on or now.date()
    db.session.add(
        LicenseNotice(license_id=license.id, expires_on=expires_on, days=30, written_at=now, dismissed_at=now)
    )
    upload = checked_upload(f"{mark}.pdf", PDF_FILE + mark.encode())
    credit = make_external(account, title=mark, provider=mark, credit_type="other", label=mark, upload=upload)
    credit.origin, credit.serial, credit.proof = "read", mark, {"name": mark}
    followed = make_followed(account, license)
    followed.starts_on, followed.exemptions = now.date(), [mark]
    set_claim_topics(claim, [mark], now)
    link = make_share(certificate, views=3, now=now)
    link.recipient, link.views, link.first_opened_at, link.seen_at, link.revoked_at = mark, 1, now, now, now
    for record in ({"credit_id": credit.id}, {"license_id": license.id}):
        db.session.add(ShareEntry(link_id=link.id, **record))
    db.session.add(ShareView(link_id=link.id, handle=mark[:20], viewer_hash=mark, opened_at=now))
    db.session.add(ShareAccess(link_id=link.id, at=now, client=mark, outcome="shown"))
    correction = {"sequence": 1, "amount": claim.amount, "reason": f"{mark} was there", "actor_id": actor_id, "at": now}
    db.session.add(ClaimCorrection(claim_id=claim.id, **correction))
    report = Report(destination="pars", state="sent", prepared_at=now, prepared_by_id=actor_id, ended_at=now)
    report.ended_by_id = actor_id
    db.session.add(report)
    db.session.flush()
    told = {"given_name": "Ada", "family_name": "Lovelace", "birthday": "02-29", "npi": "1234567893"}
    where = {"license_state": "TX", "license_number": "K1", "profession": "physician"}
    line = {**told, **where, "completed_at": now, "amount": claim.amount}
    db.session.add(ReportLine(report_id=report.id, claim_id=claim.id, act="submit", **line))
    db.session.flush()


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
