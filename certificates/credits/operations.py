"""The only writers of claims and their corrections; claiming twice changes nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError

from certificates.credits.models import ClaimCorrection, CreditClaim
from certificates.credits.queries import claims_of
from certificates.credits.wording import not_entitled_words
from certificates.surveys.queries import evaluation_of
from quizbank.accounts.operations import record_audit
from quizbank.activities.availability import unclaimable_because
from quizbank.activities.formats import plain_amount
from quizbank.activities.models import ActivityCredit
from quizbank.activities.queries import kind_of
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.local_time import local_date
from quizbank.plans.catalogue import CREDIT
from quizbank.plans.operations import PlanRefused, use_earned
from quizbank.plans.queries import earned_admission

ATTESTATION = "I claim only the credit commensurate with the extent of my participation in this activity."


MIN_REASON, MAX_REASON = 5, 1_000
Follow = Callable[[ClaimCorrection, datetime], None]


class ClaimRefused(ValueError):
    """Credit cannot be claimed; the message says why and what to do."""


class CorrectionRefused(ClaimRefused):
    """A claim cannot be corrected as asked; the message says why and what to do."""


def claim_credit(attempt: Attempt, amount: Decimal, now: datetime, credit_type: str = "") -> CreditClaim:
    """Claim credit of one type (the first offered, if none is named) for a passed attempt, and return the claim.

    A second claim of a type returns the first, unchanged. Raises ClaimRefused: not passed, no evaluation, a type that is
    not offered or not open to the learner's profession, an amount off its steps, an expired activity, or credit that was
    designated only after the attempt began (AMA: never backwards). Attempt and activity stay locked until the commit, so
    that a regrade or a change of the activity at the same moment comes wholly before or wholly after.
    """
    hold(attempt)
    credit = credit_named(attempt, credit_type)
    if existing := claims_of(attempt).get(credit.credit_type):
        return existing
    require_entitled(attempt, credit, now)
    require_claimable(credit, amount)
    try:
        subject, begun = plan_subjects(attempt, credit)
        earned_at = attempt.submitted_at or now
        use_earned(attempt.learner_id, CREDIT, subject, begun, earned_at, now, attempt.activity.title)
    except PlanRefused as error:
        raise ClaimRefused(str(error)) from error
    try:
        with db.session.begin_nested():
            return insert_claim(attempt, credit, amount, now)
    except IntegrityError:
        claim = claims_of(attempt).get(credit.credit_type)
        if claim is None:
            raise
        return claim


def hold(attempt: Attempt) -> None:
    """Read the attempt and its activity anew and keep others from changing them until the commit."""
    db.session.flush()
    db.session.refresh(attempt, with_for_update={"key_share": True})
    db.session.refresh(attempt.activity, with_for_update={"read": True})


def credit_named(attempt: Attempt, credit_type: str) -> ActivityCredit:
    """Return what the attempt's activity offers under a name, its first type for none; raises ClaimRefused."""
    offered = attempt.activity.credits
    found = next((credit for credit in offered if credit_type in ("", credit.credit_type)), None)
    if found is None:
        raise ClaimRefused("This activity does not offer this type of credit. Reload the page to see what it offers.")
    return found


def require_entitled(attempt: Attempt, credit: ActivityCredit, now: datetime) -> None:
    """Raise ClaimRefused unless the learner may claim this type for this attempt now, in whatever amount."""
    if not attempt.passed:
        raise ClaimRefused("Credit can be claimed once the activity is passed.")
    if evaluation_of(attempt.id) is None:
        raise ClaimRefused("Please complete the evaluation first.")
    if words := not_entitled_words(attempt.learner.profession, kind_of(credit)):
        raise ClaimRefused(words)
    if credit.designated_at is None or credit.designated_at > attempt.started_at:
        raise ClaimRefused("Credit was designated after this attempt began, so it cannot be claimed for it.")
    if reason := unclaimable_because(attempt.activity.term, local_date(now)):
        raise ClaimRefused(reason)


def plan_refusal(attempt: Attempt, credit: ActivityCredit, now: datetime) -> str:
    """Return why the learner's plan does not allow a claim for a passed attempt now, empty when it does."""
    subject, begun = plan_subjects(attempt, credit)
    return earned_admission(attempt.learner_id, CREDIT, subject, begun, attempt.submitted_at or now, now).refusal


def plan_subjects(attempt: Attempt, credit: ActivityCredit) -> tuple[str, str]:
    """Return what a claim and the start before it are called in the ledger of plans."""
    begun = f"activity:{attempt.activity_id}"
    return f"{begun}:{credit.credit_type}", begun


def claimable_amounts(credit: ActivityCredit) -> list[Decimal]:
    """Return every amount that can be claimed of what is offered; raises ClaimRefused when there is none."""
    kind = kind_of(credit)
    if amounts := kind.amounts(credit.maximum):
        return amounts
    raise ClaimRefused(f"{kind.label} are claimed in {kind.step_words}, and this activity gives less than one.")


def require_claimable(credit: ActivityCredit, amount: Decimal) -> None:
    """Raise ClaimRefused for an amount off the steps of the type, or over the maximum."""
    amounts = claimable_amounts(credit)
    if amount not in amounts:
        words = kind_of(credit).step_words
        raise ClaimRefused(f"Claim between {plain_amount(amounts[0])} and {plain_amount(amounts[-1])} in {words}.")


def insert_claim(attempt: Attempt, credit: ActivityCredit, amount: Decimal, now: datetime) -> CreditClaim:
    """Insert a claim with its line in the audit trail."""
    claim = CreditClaim(
        attempt_id=attempt.id,
        learner_id=attempt.learner_id,
        activity_id=attempt.activity_id,
        credit_type=credit.credit_type,
        amount=amount,
        profession=attempt.learner.profession,
        attested=ATTESTATION,
        claimed_at=now,
    )
    db.session.add(claim)
    db.session.flush()
    facts = {"amount": str(amount), "credit_type": credit.credit_type}
    record_audit("credit.claimed", f"attempt:{attempt.id}", attempt.learner_id, now, **facts)
    return claim


def correct_claim(
    claim: CreditClaim,
    amount: Decimal,
    reason: str,
    seen: int,
    actor_id: int,
    now: datetime,
    follow: Sequence[Follow] = (),
) -> ClaimCorrection:
    """Let a claim count another amount from now on, 0 to withdraw it; the claim and earlier corrections stay as they are.

    ``seen`` is how many corrections there were when the administrator looked; ``follow`` are called with the correction
    before its line in the audit trail, since everybody locks certificates before the trail. Raises ClaimRefused, after
    which the transaction must be undone.
    """
    db.session.flush()
    db.session.refresh(claim, with_for_update={"key_share": True})
    if seen != len(claim.corrections):
        raise CorrectionRefused("Someone else corrected this claim meanwhile. Look at it again, then decide.")
    if len(reason.strip()) < MIN_REASON:
        raise CorrectionRefused("Say why the claim is corrected: the reason is kept with it and told to the learner.")
    if not claim.credited:
        raise CorrectionRefused("This claim was withdrawn, and so was its certificate. A withdrawn claim stays so.")
    if amount == claim.credited:
        raise CorrectionRefused("The claim counts this amount already, so there is nothing to correct.")
    if amount:
        require_claimable(claim.credit, amount)
    before = claim.credited
    correction = ClaimCorrection(
        sequence=seen + 1, amount=amount, reason=reason.strip()[:MAX_REASON], actor_id=actor_id, at=now
    )
    claim.corrections.append(correction)
    db.session.flush()
    for one in follow:
        one(correction, now)
    facts = {
        "credit_type": claim.credit_type,
        "before": str(before),
        "amount": str(amount),
        "reason": correction.reason,
    }
    record_audit("credit.corrected", f"claim:{claim.id}", actor_id, now, **facts)
    return correction


def record_refusal(attempt: Attempt, reason: str, now: datetime) -> None:
    """Note in the audit trail that a claim was refused, and why."""
    record_audit("credit.refused", f"attempt:{attempt.id}", attempt.learner_id, now, reason=reason)
