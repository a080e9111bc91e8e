"""Sending on a real database to a real server on this machine: once where it answers, later where it does not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.jobs.models import Job
from quizbank.jobs.operations import queue_daily
from quizbank.jobs.worker import run_pending
from quizbank.post.jobs import SWEEP, post_handlers
from quizbank.post.letters import Letter
from quizbank.post.models import Message
from quizbank.post.operations import write_messages
from quizbank.post.rules import DOUBT, MAX_TRIES, UNFINISHED, lapses_after
from quizbank.post.smtp import Line
from tests.clock import Clock
from tests.factories import make_account
from tests.post_office import PostOffice, closed_port, mail_settings

Db = scoped_session[Session]
LAPSE = lapses_after(5)


@pytest.fixture
def write(session: Db, clock: Clock) -> Callable[[int], list[str]]:
    """Return a function that writes messages to so many people and returns their addresses."""

    def written(number: int) -> list[str]:
        people = [make_account(email=f"p{n}@example.org") for n in range(number)]
        letters = [(p.id, Letter("certificate.issued", f"k{p.id}", "test", "Hi", ("Text.",))) for p in people]
        write_messages(letters, clock.now)
        session.commit()
        return [person.email for person in people]

    return written


@pytest.fixture
def work(session: Db, clock: Clock) -> Callable[[], list[Message]]:
    """Return a function that does what is due and returns the messages as they stand then."""

    def done() -> list[Message]:
        session.rollback()
        run_pending(post_handlers, clock)
        session.expire_all()
        return list(session.scalars(select(Message).order_by(Message.id)))

    return done


Write = Callable[[int], list[str]]
Work = Callable[[], list[Message]]


def states(messages: list[Message]) -> list[str]:
    return [message.state for message in messages]


def test_everybody_gets_one_message_over_one_line(office: PostOffice, write: Write, work: Work, session: Db) -> None:
    people = write(7)
    assert states(work()) == ["sent"] * 7
    assert [one.recipient for one in office.mailbox] == people
    assert office.lines == 1
    assert office.mailbox[0].text.startswith("Hello Ada Lovelace,")
    assert str(office.mailbox[0].message["List-Unsubscribe"]) == "<http://127.0.0.1:8000/post/mine>"
    assert str(office.mailbox[0].message["From"]) == "Quizbank Education <no-reply@example.org>"
    assert session.scalars(select(Job.state)).all() == ["done"]
    assert states(work()) == ["sent"] * 7
    assert len(office.mailbox) == 7


def test_address_that_is_refused_for_good_is_kept_with_the_servers_words_and_the_others_go(
    office: PostOffice, write: Write, work: Work
) -> None:
    office.rcpt_mood = lambda to: "550 5.1.1 no such user" if to == "p1@example.org" else "250 ok"
    write(3)
    found = work()
    assert states(found) == ["sent", "refused", "sent"]
    assert found[1].refusal == "550 5.1.1 no such user"
    assert len(office.tried) == 2


def test_message_that_is_put_off_goes_later_and_once(
    office: PostOffice, write: Write, work: Work, clock: Clock, session: Db
) -> None:
    office.mood = lambda _to, tried: "451 greylisted" if tried < 2 else "250 ok"
    write(1)
    (message,) = work()
    assert (message.state, message.refusal) == ("waiting", "451 greylisted")
    (job,) = session.scalars(select(Job)).all()
    assert (job.state, job.error, job.run_at) == ("new", "451 greylisted", message.due_at)
    assert states(work()) == ["waiting"]
    assert len(office.tried) == 1
    for _ in range(2):
        clock.advance(minutes=5)
        found = work()
    assert states(found) == ["sent"]
    assert [len(office.mailbox), len(office.tried)] == [1, 3]
    assert not found[0].is_doubtful


def test_server_that_is_away_costs_one_call_and_no_try_and_everything_goes_when_it_is_back(
    app: Flask, office: PostOffice, write: Write, work: Work, clock: Clock, session: Db
) -> None:
    app.config.update(mail_settings(closed_port()))
    write(3)
    found = work()
    assert states(found) == ["waiting"] * 3
    assert {message.tries for message in found} == {0}
    assert all("Nothing answers" in (message.refusal or "") for message in found)
    clock.advance(days=5)
    assert states(work()) == ["waiting"] * 3
    app.config.update(mail_settings(office.port))
    clock.advance(hours=1)
    assert states(work()) == ["sent"] * 3
    assert len(office.mailbox) == 3


def test_hanging_server_holds_up_one_message_and_not_every_one_in_turn(
    app: Flask, office: PostOffice, write: Write, work: Work
) -> None:
    app.config.update(mail_settings(office.port, timeout=1))
    office.greeting = "hang"
    write(5)
    assert states(work()) == ["waiting"] * 5
    assert office.lines == 1


def test_line_that_breaks_before_a_message_costs_nothing_and_the_rest_goes_on_a_new_one(
    office: PostOffice, write: Write, work: Work, clock: Clock
) -> None:
    office.mood = lambda to, tried: "drop" if to == "p1@example.org" and not tried else "250 ok"
    write(3)
    found = work()
    assert states(found) == ["sent", "waiting", "sent"]
    assert not found[1].is_doubtful
    clock.advance(minutes=2)
    assert states(work()) == ["sent"] * 3
    assert len(office.mailbox) == 3


def test_message_whose_answer_was_lost_comes_again_under_the_same_name_and_says_so(
    office: PostOffice, write: Write, work: Work, clock: Clock
) -> None:
    office.mood = lambda _to, tried: "250 ok" if tried else "swallow"
    write(1)
    (message,) = work()
    assert (message.state, message.is_doubtful) == ("waiting", True)
    clock.advance(minutes=2)
    (message,) = work()
    assert (message.state, message.is_doubtful) == ("sent", True)
    assert len({str(one.message["Message-ID"]) for one in office.mailbox}) == 1
    assert len(office.mailbox) == 2
    assert "twice" in DOUBT


def test_line_that_breaks_again_and_again_is_no_line(office: PostOffice, write: Write, work: Work) -> None:
    office.mood = lambda _to, _tried: "drop"
    write(10)
    found = work()
    assert states(found) == ["waiting"] * 10
    assert [message.tries for message in found] == [1] * 3 + [0] * 7
    assert office.lines == 3


def test_message_that_was_being_handed_over_when_the_worker_died_goes_again_and_says_that_it_may_be_the_second(
    office: PostOffice, write: Write, work: Work, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Line.hand_over

    def killed(line: Line, address: str, content: bytes) -> object:
        whole(line, address, content)
        raise SystemExit("killed before the answer was written down")

    write(3)
    monkeypatch.setattr(Line, "hand_over", killed)
    with pytest.raises(SystemExit):
        work()
    monkeypatch.setattr(Line, "hand_over", whole)
    clock.advance(seconds=20)
    assert states(work()) == ["sending", "sent", "sent"]
    clock.now += LAPSE
    found = work()
    assert states(found) == ["sent"] * 3
    assert [message.is_doubtful for message in found] == [True, False, False]
    assert [len(office.to(message.address)) for message in found] == [2, 1, 1]


def test_message_that_ends_the_worker_every_time_is_given_up_in_words(
    office: PostOffice, write: Write, work: Work, clock: Clock, session: Db, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1)
    message = session.scalars(select(Message)).one()
    message.state, message.begun_at, message.tries = "sending", clock.now, MAX_TRIES
    session.commit()
    clock.now += LAPSE
    (found,) = work()
    assert (found.state, found.refusal) == ("refused", UNFINISHED)
    assert office.mailbox == []


def test_what_no_job_looks_after_is_sent_within_a_day(
    office: PostOffice, write: Write, work: Work, clock: Clock, session: Db
) -> None:
    write(2)
    for job in session.scalars(select(Job)):
        session.delete(job)
    session.commit()
    assert states(work()) == ["waiting"] * 2
    queue_daily([SWEEP], clock.now)
    session.commit()
    assert states(work()) == ["sent"] * 2


def test_without_a_server_what_waits_keeps_waiting_and_no_job_stays_behind(
    app: Flask, office: PostOffice, write: Write, work: Work, session: Db, clock: Clock
) -> None:
    write(2)
    app.config["MAIL_SERVER"] = ""
    assert states(work()) == ["waiting"] * 2
    queue_daily([SWEEP], clock.now)
    session.commit()
    assert states(work()) == ["waiting"] * 2
    assert set(session.scalars(select(Job.state))) == {"done"}


def test_message_that_cannot_be_addressed_is_refused_in_words(
    office: PostOffice, write: Write, work: Work, session: Db
) -> None:
    write(1)
    session.scalars(select(Message)).one().address = "ada@example.org\r\nBcc: all@example.org"
    session.commit()
    (found,) = work()
    assert found.state == "refused"
    assert "cannot be used" in (found.refusal or "")
    assert office.mailbox == []


def test_clock_that_was_set_back_does_not_hold_a_message_up_for_ever(
    office: PostOffice, write: Write, work: Work, session: Db, clock: Clock
) -> None:
    write(2)
    first, second = session.scalars(select(Message).order_by(Message.id)).all()
    first.due_at += timedelta(days=400)
    second.state, second.begun_at = "sending", clock.now + timedelta(days=400)
    session.commit()
    assert states(work()) == ["sent"] * 2
