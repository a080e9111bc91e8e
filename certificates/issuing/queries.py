"""Reads of certificates: lists as the address asks, one by serial, a stored file, the bundles of a person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select

from certificates.credits.models import CreditClaim
from certificates.credits.wording import credit_phrase
from certificates.issuing.keeping import BUNDLE
from certificates.issuing.models import Certificate, CertificateFile
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.web.lists import contains

Found = Select[Certificate, Account, Activity, CreditClaim]


def certificates_matching(words: str, state: str | None, activity_id: int | None) -> Found:
    """Return certificates with person, activity and claim: searched by any word of them, filtered by state, activity."""
    query = (
        select(Certificate, Account, Activity, CreditClaim)
        .join(Account, Certificate.learner_id == Account.id)
        .join(Activity, Certificate.activity_id == Activity.id)
        .join(CreditClaim, Certificate.claim_id == CreditClaim.id)
    )
    if words:
        columns = (Certificate.name, Account.email, Activity.title, Certificate.serial)
        query = query.where(or_(*(contains(column, words) for column in columns)))
    if state:
        query = query.where(Certificate.state == state)
    if activity_id:
        query = query.where(Certificate.activity_id == activity_id)
    return query


def certificate_of_attempt(attempt: Attempt) -> Certificate | None:
    """Return the certificate that the attempt's claim led to."""
    query = (
        select(Certificate)
        .join(CreditClaim)
        .where(CreditClaim.learner_id == attempt.learner_id, CreditClaim.activity_id == attempt.activity_id)
        .order_by(Certificate.id.desc())
    )
    return db.session.scalars(query).first()


def certificate_with_serial(serial: str) -> Certificate | None:
    """Return the certificate of a normalised serial."""
    return db.session.scalar(select(Certificate).where(Certificate.serial == serial))


def stored_file(certificate_id: int) -> CertificateFile | None:
    """Return the PDF of a certificate, if it has been rendered."""
    return db.session.get(CertificateFile, certificate_id)


def certificates_of(learner_id: int) -> list[Certificate]:
    """Return a learner's certificates, the latest first."""
    query = select(Certificate).where(Certificate.learner_id == learner_id).order_by(Certificate.issued_at.desc())
    return list(db.session.scalars(query))


def bundles_of(account_id: int, since: datetime) -> Sequence[Job]:
    """Return the bundles that a person asked for since then, the latest first."""
    query = select(Job).where(Job.kind == BUNDLE, Job.account_id == account_id, Job.created_at >= since)
    return db.session.scalars(query.order_by(Job.id.desc())).all()


def credit_resting_on(attempt_ids: Sequence[int]) -> Mapping[int, str]:
    """Return, by attempt, the credit that was claimed for it and the certificate issued, in words."""
    query = (
        select(
            CreditClaim.attempt_id, CreditClaim.amount, CreditClaim.credit_type, Certificate.serial, Certificate.state
        )
        .outerjoin(Certificate, Certificate.claim_id == CreditClaim.id)
        .where(CreditClaim.attempt_id.in_(attempt_ids))
        .order_by(Certificate.id)
    )
    return {
        row.attempt_id: f"{credit_phrase(row.credit_type, row.amount)} claimed"
        + (f", certificate {row.serial} ({row.state})" if row.serial else "")
        for row in db.session.execute(query)
    }
