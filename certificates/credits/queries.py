"""Reads of claims; what a claim counts now is asked here."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from certificates.credits.models import ClaimCorrection, CreditClaim
from quizbank.accounts.models import Account
from quizbank.activities.credit_types import CreditType, Offer
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.activities.queries import kind_of
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.web.lists import contains

CORRECTED, WITHDRAWN = "corrected", "withdrawn"


def claims_of(attempt: Attempt) -> dict[str, CreditClaim]:
    """Return what the learner claimed for the attempt's activity, by type of credit."""
    query = select(CreditClaim).where(
        CreditClaim.learner_id == attempt.learner_id, CreditClaim.activity_id == attempt.activity_id
    )
    query = query.order_by(CreditClaim.id).options(selectinload(CreditClaim.corrections))
    return {claim.credit_type: claim for claim in db.session.scalars(query)}


def open_credits(attempt: Attempt, profession: str) -> list[ActivityCredit]:
    """Return what a profession may claim of the attempt's activity and the learner has not claimed yet, in order."""
    claimed = claims_of(attempt)
    return [
        credit
        for credit in attempt.activity.credits
        if credit.credit_type not in claimed and kind_of(credit).claimants_of(profession)
    ]


def last_amount() -> ScalarSelect[Decimal]:
    """Return the amount of a claim's last correction, as a part of a query over claims."""
    query = select(ClaimCorrection.amount).where(ClaimCorrection.claim_id == CreditClaim.id)
    return query.order_by(ClaimCorrection.sequence.desc()).limit(1).correlate(CreditClaim).scalar_subquery()


CREDITED = func.coalesce(last_amount(), CreditClaim.amount)
"""What a claim counts, in a query over claims; 0 = withdrawn."""


@dataclass(frozen=True)
class Credited:
    """What a claim counts now; ``kind`` as it was designated, ``profession`` as it was when claiming (None = not known)."""

    claim_id: int
    attempt_id: int
    learner_id: int
    activity_id: int
    kind: CreditType
    maximum: Decimal
    amount: Decimal
    profession: str | None
    claimed_at: datetime


def credited(*conditions: ColumnElement[bool]) -> list[Credited]:
    """Return what the claims that meet the conditions count now, the earliest first; none that was withdrawn."""
    query = (
        select(CreditClaim, CREDITED)
        .where(CREDITED > 0, *conditions)
        .options(joinedload(CreditClaim.credit))
        .order_by(CreditClaim.claimed_at, CreditClaim.id)
    )
    return [
        Credited(
            claim.id,
            claim.attempt_id,
            claim.learner_id,
            claim.activity_id,
            kind_of(claim.credit),
            claim.credit.maximum,
            amount,
            claim.profession,
            claim.claimed_at,
        )
        for claim, amount in db.session.execute(query)
    ]


def claims_matching(words: str, standing: str) -> Select[CreditClaim, Account, Activity]:
    """Return claims with person and activity: searched by name, e-mail or title, filtered by how they stand."""
    query = (
        select(CreditClaim, Account, Activity)
        .join(Account, CreditClaim.learner_id == Account.id)
        .join(Activity, CreditClaim.activity_id == Activity.id)
        .options(joinedload(CreditClaim.credit), selectinload(CreditClaim.corrections))
    )
    if words:
        query = query.where(or_(*(contains(one, words) for one in (Account.name, Account.email, Activity.title))))
    if standing == WITHDRAWN:
        return query.where(CREDITED == 0)
    if standing == CORRECTED:
        return query.where(CreditClaim.corrections.any(), CREDITED > 0)
    return query


def offer_of(claim: CreditClaim) -> Offer:
    """Return the offer that a claim is for, as it was designated."""
    return Offer(kind_of(claim.credit), claim.credit.maximum)
