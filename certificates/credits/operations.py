"""The only writers of evaluations and claims; doing either twice changes nothing."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from certificates.credits.models import CreditClaim, Evaluation
from certificates.credits.queries import claim_of, evaluation_of
from quizbank.accounts.operations import record_audit
from quizbank.activities.availability import unclaimable_because
from quizbank.activities.formats import credit_steps, credit_type, plain_amount
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.local_time import local_date
from quizbank.plans.catalogue import CREDIT
from quizbank.plans.operations import PlanRefused, use_earned
from quizbank.plans.queries import earned_admission

ATTESTATION = "I claim only the credit commensurate with the extent of my participation in this activity."


class ClaimRefused(ValueError):
    """Credit cannot be claimed; the message says why and what to do."""


def keep_evaluation(attempt: Attempt, answers: Mapping[str, Any], now: datetime) -> Evaluation:
    """Store the evaluation of a passed attempt, once; raises ClaimRefused before a pass."""
    if not attempt.passed:
        raise ClaimRefused("The evaluation opens once the activity is passed.")
    if existing := evaluation_of(attempt.id):
        return existing
    try:
        with db.session.begin_nested():
            evaluation = Evaluation(attempt_id=attempt.id, answers=dict(answers), at=now)
            db.session.add(evaluation)
            db.session.flush()
            return evaluation
    except IntegrityError:
        if existing := evaluation_of(attempt.id):
            return existing
        raise


def claim_credit(attempt: Attempt, amount: Decimal, now: datetime) -> CreditClaim:
    """Claim credit for a passed attempt and return the claim; a second claim returns the first, unchanged.

    Raises ClaimRefused: not passed, no evaluation, an amount off the steps, an expired activity, or credit that was
    designated only after the attempt began (AMA: never backwards).
    """
    if existing := claim_of(attempt):
        return existing
    activity = attempt.activity
    if not attempt.passed:
        raise ClaimRefused("Credit can be claimed once the activity is passed.")
    if evaluation_of(attempt.id) is None:
        raise ClaimRefused("Please complete the evaluation first.")
    require_claimable(activity, amount)
    if activity.designated_at is None or activity.designated_at > attempt.started_at:
        raise ClaimRefused("Credit was designated after this attempt began, so it cannot be claimed for it.")
    if reason := unclaimable_because(activity.term, local_date(now)):
        raise ClaimRefused(reason)
    try:
        subject, begun = plan_subjects(attempt)
        earned_at = attempt.submitted_at or now
        use_earned(attempt.learner_id, CREDIT, subject, begun, earned_at, now, activity.title)
    except PlanRefused as error:
        raise ClaimRefused(str(error)) from error
    try:
        with db.session.begin_nested():
            return insert_claim(attempt, amount, now)
    except IntegrityError:
        claim = claim_of(attempt)
        if claim is None:
            raise
        return claim


def plan_refusal(attempt: Attempt, now: datetime) -> str:
    """Return why the learner's plan does not allow a claim for a passed attempt now, empty when it does."""
    subject, begun = plan_subjects(attempt)
    return earned_admission(attempt.learner_id, CREDIT, subject, begun, attempt.submitted_at or now, now).refusal


def plan_subjects(attempt: Attempt) -> tuple[str, str]:
    """Return what a claim and the start before it are called in the ledger of plans."""
    begun = f"activity:{attempt.activity_id}"
    return f"{begun}:{attempt.activity.credit_type}", begun


def claimable_amounts(activity: Activity) -> list[Decimal]:
    """Return every amount that can be claimed for an activity; raises ClaimRefused when there is none."""
    kind = credit_type(activity.credit_type)
    if steps := credit_steps(activity.maximum_credit, kind.step):
        return steps
    raise ClaimRefused(f"{kind.label} are claimed in {kind.step_words}, and this activity gives less than one.")


def require_claimable(activity: Activity, amount: Decimal) -> None:
    """Raise ClaimRefused for an amount off the steps of the activity's credit type, or over its maximum."""
    steps = claimable_amounts(activity)
    if amount not in steps:
        words = credit_type(activity.credit_type).step_words
        raise ClaimRefused(f"Claim between {plain_amount(steps[0])} and {plain_amount(steps[-1])} in {words}.")


def insert_claim(attempt: Attempt, amount: Decimal, now: datetime) -> CreditClaim:
    """Insert a claim with its line in the audit trail."""
    claim = CreditClaim(
        attempt_id=attempt.id,
        learner_id=attempt.learner_id,
        activity_id=attempt.activity_id,
        credit_type=attempt.activity.credit_type,
        amount=amount,
        attested=ATTESTATION,
        claimed_at=now,
    )
    db.session.add(claim)
    db.session.flush()
    record_audit("credit.claimed", f"attempt:{attempt.id}", attempt.learner_id, now, amount=str(amount))
    return claim
