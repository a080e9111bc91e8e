"""Messages about certificates are written with what they tell of: once, and undone with it."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.models import Certificate
from certificates.issuing.operations import IssueRefused, issue_certificate, reissue_certificate, revoke_certificate
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.post.models import Message
from tests.factories import make_account, make_attempt, make_certificate, make_claim
from tests.post_office import PostOffice

Db = scoped_session[Session]


def told(session: Db) -> list[tuple[str, str]]:
    """Return kind and subject matter of every message."""
    return [(one.kind, one.about) for one in session.scalars(select(Message).order_by(Message.id))]


@pytest.fixture
def certificate(session: Db, office: PostOffice) -> Certificate:
    return make_certificate(make_claim(make_attempt(learner=make_account(name="Vera Holder"), right=3)))


def test_holder_hears_of_a_certificate_once(session: Db, certificate: Certificate, now: datetime) -> None:
    issue_certificate(certificate.claim, now)
    (message,) = session.scalars(select(Message)).all()
    assert message.account_id == certificate.learner_id
    assert f"http://127.0.0.1:8000/issuing/{certificate.id}" in message.body
    assert f"http://127.0.0.1:8000/v/{certificate.serial}" in message.body
    for kept_back in ("0.25", "credit", "100", "%"):
        assert kept_back not in message.body.partition("-- \n")[0].replace("127.0.0.1:8000", "").lower()


def test_replacing_tells_of_the_replacement_alone(session: Db, certificate: Certificate, now: datetime) -> None:
    newer = reissue_certificate(certificate, "Wrong name: Vera H.", make_account(ADMINISTRATOR).id, now)
    first, second = told(session)
    assert first[0] == "certificate.issued"
    assert second == ("certificate.replaced", f"certificate:{newer.id}")
    assert "Wrong name" not in session.scalars(select(Message.body).order_by(Message.id.desc())).first()  # type: ignore[operator]


def test_revoking_is_told_without_its_reason(session: Db, certificate: Certificate, now: datetime) -> None:
    revoke_certificate(certificate, "Did not attend, says Dr. X.", make_account(ADMINISTRATOR).id, now)
    assert told(session)[-1] == ("certificate.revoked", f"certificate:{certificate.id}")
    assert all("attend" not in body for body in session.scalars(select(Message.body)))


def test_refused_replacement_tells_nothing(session: Db, certificate: Certificate, now: datetime) -> None:
    administrator = make_account(ADMINISTRATOR)
    certificate.learner.name = " "
    session.commit()
    with pytest.raises(IssueRefused):
        reissue_certificate(certificate, "Wrong logo.", administrator.id, now)
    session.rollback()
    assert [kind for kind, _ in told(session)] == ["certificate.issued"]


def test_nothing_is_told_by_mail_without_a_server(app: Flask, session: Db, now: datetime) -> None:
    certificate = make_certificate()
    revoke_certificate(certificate, "Mistake.", make_account(ADMINISTRATOR).id, now)
    assert told(session) == []
