"""Reads of messages: the mail server of the settings, whom a message reaches, and what waits, was sent or was refused."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from email.headerregistry import Address

from flask import current_app
from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from quizbank.accounts.models import Account
from quizbank.db import db
from quizbank.post.kinds import ASKED, KINDS, REMINDER
from quizbank.post.letters import one_line
from quizbank.post.models import Message, PostChoice
from quizbank.post.rules import FAR_AHEAD, OPEN, REFUSED, SENDING, SENT, STATES, WAITING
from quizbank.post.smtp import MailServer
from quizbank.web.lists import contains

TOLD_FOR = timedelta(days=7)
"""So long refusals of messages stand on an administrator's home page."""


def server_here() -> MailServer | None:
    """Return the mail server of the settings, None when nothing is sent."""
    given = current_app.config
    if not given["MAIL_SERVER"]:
        return None
    return MailServer(
        host=given["MAIL_SERVER"],
        port=given["MAIL_PORT"],
        security=given["MAIL_SECURITY"],
        user=given["MAIL_USER"],
        password=given["MAIL_PASSWORD"],
        sender=given["MAIL_SENDER"],
        reply_to=given["MAIL_REPLY_TO"],
        timeout=given["MAIL_TIMEOUT"],
    )


def sender_of(server: MailServer) -> Address:
    """Return from whom messages come: the provider, under the address of the settings."""
    return Address(one_line(current_app.config["PROVIDER_NAME"], 100), addr_spec=server.sender)


def address_of(path: str) -> str:
    """Return the public address of a page; its host comes from the settings, never from a request."""
    return current_app.config["PUBLIC_URL"].rstrip("/") + path


def choices_address() -> str:
    """Return where a person chooses which messages to get."""
    return address_of("/post/mine")


def unreached_because(group: str) -> ColumnElement[str | None]:
    """Return, for a query over accounts, why a message of this group reaches a person not; NULL where it does."""
    reasons: list[tuple[ColumnElement[bool], str]] = [
        (Account.deleted_at.is_not(None), "The account was deleted, and its address with it."),
        (Account.active.is_(False), "The account is closed."),
    ]
    if group != ASKED:
        wanted = PostChoice.reminder if group == REMINDER else PostChoice.record
        declined = exists().where(PostChoice.account_id == Account.id, wanted.is_(False))
        reasons.append((declined, "Has switched such messages off."))
    return case(*reasons, else_=None)


def reached(account_ids: Collection[int], kind: str) -> Mapping[int, Account]:
    """Return those of the people whom a message of this kind reaches, by their ids."""
    query = select(Account).where(Account.id.in_(account_ids), unreached_because(KINDS[kind].group).is_(None))
    return {account.id: account for account in db.session.scalars(query)}


def choice_of(account_id: int) -> PostChoice | None:
    """Return which messages a person chose, None for all."""
    return db.session.get(PostChoice, account_id)


def due_ids(ids: Collection[int], now: datetime, lapse: timedelta) -> Sequence[int]:
    """Return which of the messages are to be handed over now: those whose time has come, and those left in the middle."""
    query = select(Message.id).where(Message.id.in_(ids), is_due(now, lapse)).order_by(Message.id)
    return db.session.scalars(query).all()


def is_due(now: datetime, lapse: timedelta) -> ColumnElement[bool]:
    """Return a condition: the message's time has come, or nothing was heard of its handing over for so long."""
    has_come = or_(Message.due_at <= now, Message.due_at > now + FAR_AHEAD)
    was_left = or_(Message.begun_at <= now - lapse, Message.begun_at > now + lapse)
    return ((Message.state == WAITING) & has_come) | ((Message.state == SENDING) & was_left)


def next_moment(ids: Collection[int], lapse: timedelta) -> datetime | None:
    """Return when the first of the messages that are not settled is to be looked at again, None when all are."""
    query = select(Message.due_at, Message.begun_at).where(Message.id.in_(ids), Message.state.in_(OPEN))
    moments = [begun + lapse if begun else due for due, begun in db.session.execute(query)]
    return min(moments, default=None)


def settled(ids: Collection[int]) -> int:
    """Return how many of the messages are sent, refused or gone with their account."""
    still = db.session.scalar(select(func.count(Message.id)).where(Message.id.in_(ids), Message.state.in_(OPEN)))
    return len(ids) - (still or 0)


def open_ids() -> Sequence[int]:
    """Return every message that is not settled."""
    return db.session.scalars(select(Message.id).where(Message.state.in_(OPEN)).order_by(Message.id)).all()


def last_words(which: ColumnElement[bool]) -> str:
    """Return why some of the messages wait, in the words of the latest that was put off; empty when none was."""
    query = select(Message.refusal).where(which, Message.state == WAITING, Message.refusal.is_not(None))
    return db.session.scalar(query.order_by(Message.id.desc()).limit(1)) or ""


def counts(about: str | None = None) -> dict[str, int]:
    """Return how many messages are in each state, of all or of those about one thing."""
    query = select(Message.state, func.count(Message.id)).group_by(Message.state)
    if about is not None:
        query = query.where(Message.about == about)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found.get(state, 0) for state in STATES}


def messages_matching(words: str, state: str | None, kind: str | None) -> Select[Message]:
    """Return the messages that a search asks for, each with its person."""
    query = select(Message).join(Message.account).options(contains_eager(Message.account))
    if words:
        columns = (Account.name, Message.address, Message.subject, Message.about)
        query = query.where(or_(*(contains(column, words) for column in columns)))
    if state in STATES:
        query = query.where(Message.state == state)
    if kind in KINDS:
        query = query.where(Message.kind == kind)
    return query


def messages_to(account_id: int, most: int) -> Sequence[Message]:
    """Return the latest messages to a person."""
    query = select(Message).where(Message.account_id == account_id)
    return db.session.scalars(query.order_by(Message.id.desc()).limit(most)).all()


def refused_lately(now: datetime) -> int:
    """Return how many messages were refused for good in the last days."""
    query = select(func.count(Message.id)).where(Message.state == REFUSED, Message.ended_at > now - TOLD_FOR)
    return db.session.scalar(query) or 0


def refused_about(about: str, most: int) -> Sequence[Message]:
    """Return the first refused messages about one thing."""
    query = select(Message).where(Message.about == about, Message.state == REFUSED).order_by(Message.id).limit(most)
    return db.session.scalars(query.options(joinedload(Message.account))).all()


def refused_ids(about: str) -> Sequence[int]:
    """Return the ids of all refused messages about one thing."""
    return db.session.scalars(select(Message.id).where(Message.about == about, Message.state == REFUSED)).all()


def doubtful_about(about: str) -> int:
    """Return how many of the messages about one thing may have arrived twice."""
    query = select(func.count(Message.id)).where(Message.about == about, Message.state == SENT, Message.is_doubtful)
    return db.session.scalar(query) or 0


def trouble_now() -> str:
    """Return why messages wait beyond their first try, in the server's words; empty when none does."""
    query = select(Message.refusal).where(Message.state == WAITING, Message.refusal.is_not(None))
    return db.session.scalar(query.order_by(Message.due_at.desc()).limit(1)) or ""
