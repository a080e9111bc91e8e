"""Reads of sendings: whom one would reach and whom not, and how far one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, func, select

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


def reached_matching(words: str, state: str | None, activity_id: int | None) -> Select[int, int]:
    """Return holder and certificate of what matches where a message reaches the holder."""
    return valid_matching(words, state, activity_id).where(UNREACHED.is_(None))


def reached_parcels(words: str, state: str | None, activity_id: int | None) -> tuple[Parcel, ...]:
    """Return what each person gets whom a message reaches."""
    return parcels_of((row[0], row[1]) for row in db.session.execute(reached_matching(words, state, activity_id)))


def reached_numbers(words: str, state: str | None, activity_id: int | None) -> tuple[int, int]:
    """Return how many people a sending would reach, and how many certificates it is about."""
    found = reached_matching(words, state, activity_id).subquery()
    row = db.session.execute(select(func.count(found.c.learner_id.distinct()), func.count(found.c.id))).one()
    return row[0], row[1]


def first_parcels(words: str, state: str | None, activity_id: int | None, most: int) -> tuple[Parcel, ...]:
    """Return the parcels of the first people whom a sending would reach."""
    query = reached_matching(words, state, activity_id)
    people = query.with_only_columns(Certificate.learner_id).distinct().order_by(Certificate.learner_id).limit(most)
    ids = db.session.scalars(people).all()
    return parcels_of((row[0], row[1]) for row in db.session.execute(query.where(Certificate.learner_id.in_(ids))))


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


@dataclass(frozen=True)
class Sending:
    """A sending as its pages need it: its job without the long list of who gets what, and how far it is."""

    id: int
    account_id: int | None
    state: str
    created_at: datetime
    reason: str
    standing: Standing


def sendings_where(*conditions: ColumnElement[bool]) -> Select[int, int | None, str, datetime, int | None, str]:
    """Return sendings under conditions, the latest first, without their arguments, which may be long."""
    columns = (Job.id, Job.account_id, Job.state, Job.created_at, Job.total, Job.args["reason"].as_string())
    return select(*columns).where(Job.kind == SEND_CERTIFICATES, *conditions).order_by(Job.id.desc())


def sending_of(row: Row[int, int | None, str, datetime, int | None, str]) -> Sending:
    """Return a sending with how far it is: its messages are written by its job and sent by others."""
    found = counts(f"sending:{row[0]}")
    waiting = found["waiting"] + found["sending"]
    standing = Standing(row[4] or 0, row[2] == DONE, waiting, found["sent"], found["refused"])
    return Sending(row[0], row[1], row[2], row[3], row[5], standing)


def sending_numbered(job_id: int) -> Sending | None:
    """Return a sending by the number of its job."""
    row = db.session.execute(sendings_where(Job.id == job_id)).one_or_none()
    return sending_of(row) if row else None


def sendings_of(account_id: int, most: int) -> list[Sending]:
    """Return the sendings that a person asked for last."""
    return [sending_of(row) for row in db.session.execute(sendings_where(Job.account_id == account_id).limit(most))]
