"""Reads of evaluations and claims."""

from sqlalchemy import select

from certificates.credits.models import CreditClaim, Evaluation
from quizbank.activities.credit_types import Offer
from quizbank.activities.models import ActivityCredit
from quizbank.activities.queries import kind_of
from quizbank.attempts.models import Attempt
from quizbank.db import db


def evaluation_of(attempt_id: int) -> Evaluation | None:
    """Return the evaluation of an attempt, if it was given."""
    return db.session.scalar(select(Evaluation).where(Evaluation.attempt_id == attempt_id))


def claims_of(attempt: Attempt) -> dict[str, CreditClaim]:
    """Return what the learner claimed for the attempt's activity, by type of credit."""
    query = select(CreditClaim).where(
        CreditClaim.learner_id == attempt.learner_id, CreditClaim.activity_id == attempt.activity_id
    )
    return {claim.credit_type: claim for claim in db.session.scalars(query.order_by(CreditClaim.id))}


def open_credits(attempt: Attempt, profession: str) -> list[ActivityCredit]:
    """Return what a profession may claim of the attempt's activity and the learner has not claimed yet, in order."""
    claimed = claims_of(attempt)
    return [
        credit
        for credit in attempt.activity.credits
        if credit.credit_type not in claimed and kind_of(credit).claimants_of(profession)
    ]


def offer_of(claim: CreditClaim) -> Offer:
    """Return the offer that a claim is for, as it was designated."""
    return Offer(kind_of(claim.credit), claim.credit.maximum)
