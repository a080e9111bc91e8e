"""Writing messages beside what they tell of: once for each event, to whom they reach, and never without a server."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import AuditEntry
from quizbank.jobs.models import Job
from quizbank.post.letters import Letter
from quizbank.post.models import Message
from quizbank.post.operations import (
    change_choice,
    forget_bodies,
    retry_messages,
    settle_message,
    take_message,
    write_message,
    write_messages,
)
from quizbank.post.queries import choice_of, counts, unreached_because
from quizbank.post.rules import AT_ONCE, BODY_KEPT, MAX_TRIES, NotRetried
from quizbank.post.smtp import ACCEPTED, PUT_OFF, REFUSED, Reply
from tests.factories import make_account
from tests.post_office import PostOffice

Db = scoped_session[Session]
LAPSE = timedelta(seconds=60)


def letter(key: str = "certificate.issued:1", kind: str = "certificate.issued") -> Letter:
    return Letter(kind, key, "certificate:1", "A subject", ("A paragraph.",))


def messages(session: Db) -> list[Message]:
    session.expire_all()
    return list(session.scalars(select(Message).order_by(Message.id)))


def test_message_is_written_with_its_address_and_the_job_that_sends_it(
    session: Db, office: PostOffice, now: datetime
) -> None:
    person = make_account(name="Ada Lovelace", email="ada@example.org")
    number = write_message(person.id, letter(), now)
    (written,) = messages(session)
    assert (written.id, written.address, written.state, written.tries) == (number, "ada@example.org", "waiting", 0)
    assert written.body.startswith("Hello Ada Lovelace,\n\nA paragraph.")
    assert "http://127.0.0.1:8000/post/mine" in written.body
    assert session.scalars(select(Job.args).where(Job.kind == "post.send")).all() == [{"ids": [number]}]


def test_nothing_is_written_without_a_mail_server(session: Db, app: Flask, now: datetime) -> None:
    assert write_message(make_account().id, letter(), now) is None
    assert messages(session) == []
    assert session.scalar(select(func.count(Job.id))) == 0


def test_event_is_told_once_however_often_it_is_told_of(session: Db, office: PostOffice, now: datetime) -> None:
    person = make_account()
    assert [write_message(person.id, letter(), now) is None for _ in range(3)] == [False, True, True]
    assert len(messages(session)) == 1
    assert session.scalar(select(func.count(Job.id))) == 1


def test_message_is_gone_when_what_it_tells_of_is_undone(session: Db, office: PostOffice, now: datetime) -> None:
    person = make_account().id
    session.commit()
    write_message(person, letter(), now)
    session.rollback()
    assert messages(session) == []


def test_closed_and_deleted_accounts_and_those_who_want_none_get_none(
    session: Db, office: PostOffice, now: datetime
) -> None:
    closed, gone, quiet, open_one = (make_account() for _ in range(4))
    closed.active = False
    gone.active, gone.deleted_at = False, now
    change_choice(quiet.id, False, True, now)
    written = write_messages([(one.id, letter(f"k{one.id}")) for one in (closed, gone, quiet, open_one)], now)
    assert [one.account_id for one in messages(session)] == [open_one.id]
    assert len(written) == 1
    assert write_message(quiet.id, letter("r", "license.expires"), now) is not None
    assert write_message(quiet.id, letter("t", "test"), now) is not None


def test_choice_is_kept_and_can_be_changed_back(session: Db, now: datetime) -> None:
    person = make_account()
    assert choice_of(person.id) is None
    for record, reminder in ((False, False), (True, False), (True, True)):
        change_choice(person.id, record, reminder, now)
        chosen = choice_of(person.id)
        assert chosen is not None
        assert (chosen.record, chosen.reminder) == (record, reminder)
    lines = session.scalars(select(AuditEntry.action).where(AuditEntry.action == "post.chosen")).all()
    assert len(lines) == 3


def test_reason_for_not_reaching_somebody_is_a_sentence(session: Db, now: datetime) -> None:
    person = make_account()
    person.active = False
    session.flush()
    words = session.scalar(select(unreached_because("record")).where(type(person).id == person.id))
    assert words == "The account is closed."


def test_many_messages_are_cut_into_jobs(session: Db, office: PostOffice, now: datetime) -> None:
    person = make_account()
    ids = write_messages([(person.id, letter(f"k{n}")) for n in range(AT_ONCE + 3)], now)
    assert len(ids) == AT_ONCE + 3
    jobs = session.scalars(select(Job).where(Job.kind == "post.send").order_by(Job.id)).all()
    assert [len(job.args["ids"]) for job in jobs] == [AT_ONCE, 3]


def test_message_is_taken_by_one_worker_only_and_settled_by_that(
    session: Db, office: PostOffice, now: datetime
) -> None:
    number = write_message(make_account().id, letter(), now) or 0
    taken = take_message(number, now, LAPSE)
    assert taken is not None
    assert take_message(number, now + timedelta(seconds=59), LAPSE) is None
    later = take_message(number, now + LAPSE, LAPSE)
    assert later is not None
    assert not settle_message(taken, Reply(ACCEPTED, "250 ok"), now)
    assert settle_message(later, Reply(ACCEPTED, "250 ok"), now + LAPSE)
    (message,) = messages(session)
    assert (message.state, message.tries, message.is_doubtful, message.refusal) == ("sent", 2, True, None)


def test_message_that_is_put_off_waits_longer_each_time_and_is_given_up_in_the_end(
    session: Db, office: PostOffice, now: datetime
) -> None:
    number, waits = write_message(make_account().id, letter(), now) or 0, []
    for _ in range(MAX_TRIES):
        taken = take_message(number, now, LAPSE)
        assert taken is not None
        settle_message(taken, Reply(PUT_OFF, "451 later"), now)
        (message,) = messages(session)
        waits.append(message.due_at - now)
        now = message.due_at
    assert message.state == "refused"
    assert "451 later" in (message.refusal or "")
    assert waits[:-1] == sorted(waits[:-1])
    assert take_message(number, now + timedelta(days=9), LAPSE) is None


def test_refused_message_is_sent_again_when_an_administrator_says_so(
    session: Db, office: PostOffice, now: datetime
) -> None:
    person = make_account()
    number = write_message(person.id, letter(), now) or 0
    taken = take_message(number, now, LAPSE)
    assert taken is not None
    settle_message(taken, Reply(REFUSED, "550 no such user"), now)
    assert retry_messages([number], person.id, now) == 1
    (message,) = messages(session)
    assert (message.state, message.tries, message.ended_at) == ("waiting", 0, None)
    assert session.scalar(select(func.count(Job.id)).where(Job.kind == "post.send")) == 2
    assert session.scalars(select(AuditEntry.action).where(AuditEntry.action == "message.retried")).all() == [
        "message.retried"
    ]
    again = take_message(number, now, LAPSE)
    assert again is not None
    settle_message(again, Reply(ACCEPTED, "250 ok"), now)
    with pytest.raises(NotRetried, match="sent meanwhile"):
        retry_messages([number], person.id, now)


def test_nothing_is_sent_again_without_a_server(session: Db, app: Flask, now: datetime) -> None:
    with pytest.raises(NotRetried, match="MAIL_SERVER"):
        retry_messages([1], None, now)


def test_text_is_forgotten_when_its_time_is_over_and_the_line_stays(
    session: Db, office: PostOffice, now: datetime
) -> None:
    person = make_account()
    number = write_message(person.id, letter(), now) or 0
    write_message(person.id, letter("waits"), now)
    taken = take_message(number, now, LAPSE)
    assert taken is not None
    settle_message(taken, Reply(ACCEPTED, "250 ok"), now)
    forget_bodies(now + BODY_KEPT)
    assert all(one.body for one in messages(session))
    forget_bodies(now + BODY_KEPT + timedelta(seconds=1))
    assert [bool(one.body) for one in messages(session)] == [False, True]
    assert write_message(person.id, letter(), now) is None
    assert counts() == {"waiting": 1, "sending": 0, "sent": 1, "refused": 0}
