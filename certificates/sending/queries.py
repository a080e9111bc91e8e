"""Reads of sendings: whom one would reach and whom not, and how far one is."""

from collections.abc import Sequence

from sqlalchemy import Row, Select, func, select

from certificates.issuing.models import VALID, Certificate
from certificates.issuing.queries import certificates_matching
from certificates.sending.parcels import SEND_CERTIFICATES, Parcel, Standing, parcels_of
from quizbank.accounts.models import Account
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.rules import DONE
from quizbank.post.kinds import RECORD
from quizbank.post.queries import counts, unreached_because

UNREACHED = unreached_because(RECORD)
"""Why somebody gets no message about certificates; NULL for who does."""


def valid_matching(words: str, state: str | None, activity_id: int | None) -> Select[int, int]:
    """Return holder and certificate of the valid ones among what is searched and filtered."""
    matching = certificates_matching(words, state, activity_id).where(Certificate.state == VALID)
    return matching.with_only_columns(Certificate.learner_id, Certificate.id)


def reached_parcels(words: str, state: str | None, activity_id: int | None) -> tuple[Parcel, ...]:
    """Return what each person gets whom a message reaches."""
    query = valid_matching(words, state, activity_id).where(UNREACHED.is_(None))
    return parcels_of((row[0], row[1]) for row in db.session.execute(query))


def unreached(
    words: str, state: str | None, activity_id: int | None, most: int
) -> tuple[int, Sequence[Row[str, str | None]]]:
    """Return how many holders of what matches get no message, and the name and the reason of the first of them."""
    holders = valid_matching(words, state, activity_id).with_only_columns(Certificate.learner_id)
    query = select(Account.name, UNREACHED).where(Account.id.in_(holders), UNREACHED.is_not(None))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return total, db.session.execute(query.order_by(Account.name, Account.id).limit(most)).all()


def named(parcels: Sequence[Parcel]) -> list[tuple[str, str, int]]:
    """Return name, address and number of certificates of each parcel."""
    query = select(Account.id, Account.name, Account.email).where(Account.id.in_([one.account_id for one in parcels]))
    people = {row.id: row for row in db.session.execute(query)}
    return [
        (people[one.account_id].name, people[one.account_id].email, len(one.certificate_ids))
        for one in parcels
        if one.account_id in people
    ]


def certificates_in(parcel: Parcel) -> Sequence[Certificate]:
    """Return the certificates of a parcel that are still valid, the latest first."""
    query = select(Certificate).where(Certificate.id.in_(parcel.certificate_ids), Certificate.state == VALID)
    mine = query.where(Certificate.learner_id == parcel.account_id)
    return db.session.scalars(mine.order_by(Certificate.issued_at.desc(), Certificate.id.desc())).all()


def standing_of(job: Job) -> Standing:
    """Return how far a sending is: its messages are written by its job and sent by others."""
    found = counts(f"sending:{job.id}")
    return Standing(
        job.total or 0, job.state == DONE, found["waiting"] + found["sending"], found["sent"], found["refused"]
    )


def sendings_of(account_id: int, most: int) -> Sequence[Job]:
    """Return the sendings that a person asked for last."""
    query = select(Job).where(Job.kind == SEND_CERTIFICATES, Job.account_id == account_id)
    return db.session.scalars(query.order_by(Job.id.desc()).limit(most)).all()
