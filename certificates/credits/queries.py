"""Reads of evaluations and claims."""

from sqlalchemy import select

from certificates.credits.models import CreditClaim, Evaluation
from quizbank.attempts.models import Attempt
from quizbank.db import db


def evaluation_of(attempt_id: int) -> Evaluation | None:
    """Return the evaluation of an attempt, if it was given."""
    return db.session.scalar(select(Evaluation).where(Evaluation.attempt_id == attempt_id))


def claim_of(attempt: Attempt) -> CreditClaim | None:
    """Return what the learner claimed for the attempt's activity, if anything."""
    query = select(CreditClaim).where(
        CreditClaim.learner_id == attempt.learner_id,
        CreditClaim.activity_id == attempt.activity_id,
        CreditClaim.credit_type == attempt.activity.credit_type,
    )
    return db.session.scalar(query)
