"""The only writers of sendings: queue one, and write the messages of some of its parcels."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from certificates.issuing.telling.letters import sent_letter
from certificates.issuing.telling.operations import told_of
from certificates.sending.parcels import SEND_CERTIFICATES, Order, Parcel
from certificates.sending.queries import certificates_in
from quizbank.accounts.operations import record_audit
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue
from quizbank.post.letters import Letter
from quizbank.post.operations import write_messages
from quizbank.post.queries import address_of, server_here
from quizbank.post.rules import NO_SERVER


class SendingRefused(ValueError):
    """Nothing is sent as asked; the message says why."""


def order_sending(order: Order, key: str, account_id: int, now: datetime) -> Job:
    """Queue a sending with its line in the audit trail; the same key again is the same sending and no other line.

    Raises SendingRefused.
    """
    job_key = f"{SEND_CERTIFICATES}:{key}"
    if ordered := db.session.scalar(select(Job).where(Job.key == job_key)):
        return ordered
    if server_here() is None:
        raise SendingRefused(NO_SERVER)
    if not order.reason:
        raise SendingRefused("Give a reason; it is kept in the audit trail.")
    people = len(order.parcels)
    certificates = sum(len(parcel.certificate_ids) for parcel in order.parcels)
    words = {"count": certificates, "people": people, "reason": order.reason}
    record_audit("certificates.send", f"sending:{key}", account_id, now, **words)
    return enqueue(SEND_CERTIFICATES, job_key, order.to_args(), now, account_id=account_id, total=people)


def write_parcels(parcels: Iterable[Parcel], sending: int, now: datetime) -> None:
    """Write the messages of some parcels; whoever has no valid certificate any more, or cannot be reached, gets none."""
    write_messages([(parcel.account_id, letter) for parcel in parcels if (letter := letter_for(parcel, sending))], now)


def letter_for(parcel: Parcel, sending: int) -> Letter | None:
    """Return the message with which a parcel goes, None when nothing of it is valid any more."""
    told: Sequence = [told_of(certificate) for certificate in certificates_in(parcel)]
    return sent_letter(told, sending, parcel.account_id, address_of("/issuing/mine")) if told else None
