"""Sendings on a real database: everybody one message, from where the last worker stopped, and who cannot get one none."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.models import Certificate
from certificates.issuing.operations import revoke_certificate
from certificates.sending.jobs import sending_handlers
from certificates.sending.operations import SendingRefused, order_sending
from certificates.sending.parcels import Order, Standing
from certificates.sending.queries import first_parcels, reached_numbers, reached_parcels, sending_numbered, unreached
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.jobs.context import JobContext
from quizbank.jobs.models import Job
from quizbank.jobs.worker import run_pending
from quizbank.post.jobs import post_handlers
from quizbank.post.operations import change_choice
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim
from tests.post_office import PostOffice

Db = scoped_session[Session]
HANDLERS = {**sending_handlers, **post_handlers}


def standing_of(job: Job) -> Standing:
    found = sending_numbered(job.id)
    assert found is not None
    return found.standing


@pytest.fixture
def certificates(session: Db) -> list[Certificate]:
    """Return certificates of four people, the first of whom holds two; issued while there was no mail server."""
    first, second = make_activity(), make_activity(title="Second activity")
    people = [make_account(name=f"Holder {n}", email=f"h{n}@example.org") for n in range(4)]
    passed = [(first, person) for person in people] + [(second, people[0])]
    return [make_certificate(make_claim(make_attempt(activity, person, right=3))) for activity, person in passed]


@pytest.fixture
def send(session: Db, certificates: list[Certificate], office: PostOffice, now: datetime) -> Callable[[], Job]:
    """Return a function that sends to all and does all the work of it."""

    def sent() -> Job:
        administrator = make_account(ADMINISTRATOR)
        job = order_sending(Order(reached_parcels("", None, None), "They asked."), "test", administrator.id, now)
        session.commit()
        run_pending(HANDLERS, lambda: now)
        session.expire_all()
        return job

    return sent


def test_everybody_gets_one_message_about_all_their_certificates(
    session: Db, send: Callable[[], Job], office: PostOffice, certificates: list[Certificate]
) -> None:
    job = send()
    assert standing_of(job).words == "4 sent of 4"
    assert sorted(one.recipient for one in office.mailbox) == [f"h{n}@example.org" for n in range(4)]
    (first,) = office.to("h0@example.org")
    assert str(first.message["Subject"]) == "Your 2 certificates"
    own = {certificates[0].serial, certificates[4].serial}
    assert all(serial in first.text for serial in own)
    assert all(one.serial not in first.text for one in certificates if one.serial not in own)


def test_sending_has_one_line_in_the_trail_with_its_reason_and_the_same_key_is_the_same_sending(
    session: Db, send: Callable[[], Job]
) -> None:
    job = send()
    assert send().id == job.id
    (line,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "certificates.send")).all()
    assert line.actor_id == job.account_id
    assert (line.told["count"], line.told["people"], line.told["reason"]) == (5, 4, "They asked.")


def test_refused_address_is_told_and_the_others_go(session: Db, send: Callable[[], Job], office: PostOffice) -> None:
    office.rcpt_mood = lambda to: "550 no such user" if to == "h2@example.org" else "250 ok"
    standing = standing_of(send())
    assert (standing.sent, standing.refused, standing.has_ended) == (3, 1, True)


def test_closed_accounts_and_those_who_want_none_are_named_and_left_out(
    session: Db, send: Callable[[], Job], office: PostOffice, certificates: list[Certificate], now: datetime
) -> None:
    certificates[1].learner.active = False
    change_choice(certificates[2].learner_id, False, True, now)
    session.flush()
    total, rows = unreached("", None, None, 25)
    assert total == 2
    assert [tuple(row) for row in rows] == [
        ("Holder 1", "The account is closed."),
        ("Holder 2", "Has switched such messages off."),
    ]
    assert standing_of(send()).words == "2 sent of 2"
    assert len(office.mailbox) == 2


def test_who_leaves_or_loses_the_certificate_between_press_and_work_gets_none(
    session: Db, certificates: list[Certificate], office: PostOffice, now: datetime
) -> None:
    administrator = make_account(ADMINISTRATOR)
    job = order_sending(Order(reached_parcels("", None, None), "They asked."), "test", administrator.id, now)
    certificates[1].learner.active = False
    change_choice(certificates[3].learner_id, False, True, now)
    revoke_certificate(certificates[2], "Mistake.", administrator.id, now)
    session.commit()
    run_pending(HANDLERS, lambda: now)
    session.expire_all()
    standing = standing_of(job)
    assert (standing.sent, standing.left_out, standing.has_ended) == (1, 3, True)


def test_work_goes_on_where_it_was_broken_off(
    session: Db, certificates: list[Certificate], office: PostOffice, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certificates.sending.jobs.AT_ONCE", 1)
    job = order_sending(Order(reached_parcels("", None, None), "They asked."), "x", make_account(ADMINISTRATOR).id, now)
    session.commit()
    finished = JobContext.checkpoint

    def dying(context: JobContext, done: int, total: int | None = None) -> None:
        if done == 3:
            raise RuntimeError("killed before the commit")
        finished(context, done, total)

    monkeypatch.setattr(JobContext, "checkpoint", dying)
    run_pending(sending_handlers, lambda: now)
    session.expire_all()
    assert (job.state, job.done) == ("new", 2)
    monkeypatch.setattr(JobContext, "checkpoint", finished)
    run_pending(HANDLERS, lambda: job.run_at)
    session.expire_all()
    assert standing_of(job).words == "4 sent of 4"
    assert len(office.mailbox) == 4


def test_nothing_is_ordered_without_a_reason_or_a_server(
    app: Flask, session: Db, certificates: list[Certificate], office: PostOffice, now: datetime
) -> None:
    parcels = reached_parcels("", None, None)
    with pytest.raises(SendingRefused, match="Give a reason"):
        order_sending(Order(parcels, ""), "a", make_account().id, now)
    app.config["MAIL_SERVER"] = ""
    with pytest.raises(SendingRefused, match="No mail server"):
        order_sending(Order(parcels, "They asked."), "b", make_account().id, now)


def test_search_decides_who_gets_what(session: Db, certificates: list[Certificate]) -> None:
    assert len(reached_parcels("Holder 2", None, None)) == 1
    (only,) = reached_parcels("", None, certificates[4].activity_id)
    assert only.certificate_ids == (certificates[4].id,)
    assert reached_parcels("", "revoked", None) == ()


@pytest.mark.parametrize("asked", [("", None), ("Holder 0", None), ("", "valid"), ("nobody", None), ("", "revoked")])
def test_preview_counts_and_shows_what_would_be_sent(
    session: Db, certificates: list[Certificate], asked: tuple[str, str | None], now: datetime
) -> None:
    change_choice(certificates[3].learner_id, False, True, now)
    parcels = reached_parcels(*asked, None)
    assert reached_numbers(*asked, None) == (len(parcels), sum(len(one.certificate_ids) for one in parcels))
    assert first_parcels(*asked, None, 2) == parcels[:2]
