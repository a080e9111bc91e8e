"""Reads of batches: whom an act would reach, and what is left undone."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, exists, or_, select

from certificates.batches.acts import BATCH, ISSUE, Act
from certificates.credits.models import CreditClaim
from certificates.credits.queries import CREDITED
from certificates.issuing.models import SUPERSEDED, VALID, Certificate
from certificates.issuing.queries import certificates_matching
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.web.lists import contains

Reached = Select[int, str, str]
"""Id, name and activity of whom or what an act would reach."""
CERTIFIED = exists().where(Certificate.claim_id == CreditClaim.id, Certificate.state != SUPERSEDED)


def reached_by(act: Act, words: str, state: str | None, activity_id: int | None) -> Reached:
    """Return what an act would reach among what is searched and filtered."""
    if act is ISSUE:
        return uncertified_claims(words, activity_id)
    matching = certificates_matching(words, state, activity_id).where(Certificate.state == VALID)
    return matching.with_only_columns(Certificate.id, Certificate.name, Activity.title).order_by(Certificate.id)


def uncertified_claims(words: str, activity_id: int | None) -> Reached:
    """Return claims that count and have no certificate which does."""
    query = select(CreditClaim.id, Account.name, Activity.title)
    query = query.join(Account, CreditClaim.learner_id == Account.id)
    query = query.join(Activity, CreditClaim.activity_id == Activity.id).where(~CERTIFIED, CREDITED > 0)
    if words:
        columns = (Account.name, Account.email, Activity.title)
        query = query.where(or_(*(contains(column, words) for column in columns)))
    if activity_id:
        query = query.where(CreditClaim.activity_id == activity_id)
    return query.order_by(CreditClaim.id)


def left_undone(act: Act, ids: Iterable[int]) -> list[int]:
    """Return those of the ids that an act has not reached: claims without a certificate, or certificates still valid."""
    if act is ISSUE:
        open_ids = db.session.scalars(select(CreditClaim.id).where(~CERTIFIED, CREDITED > 0))
    else:
        open_ids = db.session.scalars(select(Certificate.id).where(Certificate.state == VALID))
    return sorted(set(open_ids) & set(ids))


def batches_of(account_id: int, most: int) -> Sequence[Job]:
    """Return the batches that a person asked for last."""
    query = select(Job).where(Job.kind == BATCH, Job.account_id == account_id).order_by(Job.id.desc()).limit(most)
    return db.session.scalars(query).all()
