"""Reads of a person's wallet."""

from collections.abc import Sequence

from sqlalchemy import select

from certificates.wallet.models import ExternalCredit, Identity, License
from quizbank.db import db


def identity_of(account_id: int) -> Identity | None:
    """Return who a person is to boards, None when nothing was entered."""
    return db.session.scalar(select(Identity).where(Identity.account_id == account_id))


def licenses_of(account_id: int) -> Sequence[License]:
    """Return a person's licenses, the next to expire first, those that do not expire last."""
    query = select(License).where(License.account_id == account_id)
    return db.session.scalars(query.order_by(License.expires_on.is_(None), License.expires_on, License.id)).all()


def external_credits_of(account_id: int) -> Sequence[ExternalCredit]:
    """Return a person's credit from elsewhere, the latest first."""
    query = select(ExternalCredit).where(ExternalCredit.account_id == account_id)
    return db.session.scalars(query.order_by(ExternalCredit.completed_on.desc(), ExternalCredit.id.desc())).all()
