"""A certificate is earned; the message about it arrives, its link opens the certificate, and later news follow."""

import re
from collections.abc import Callable

from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from certificates.issuing.models import Certificate
from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import utc_now
from tests.factories import EVALUATION, make_account, make_activity, make_attempt
from tests.journeys.conftest import Walk
from tests.post_office import PostOffice

Start = Callable[[Account | None], Walk]
NAME = "Zoë <script>alert(1)</script> المعموري 王"
TITLE = "Heart failure & friends"


def links(text: str) -> list[str]:
    """Return the paths of a message's links."""
    return re.findall(r"^http://127\.0\.0\.1:8000(/\S+)$", text, re.MULTILINE)


def test_from_earned_credit_to_the_mailbox_and_back_to_the_certificate(
    app: Flask, session: scoped_session[Session], walk: Start, work: Callable[[], None], office: PostOffice
) -> None:
    learner = make_account(name=NAME, email="zoe@example.org")
    passed = make_attempt(make_activity(now=utc_now(), title=TITLE), learner, right=3, now=utc_now()).id
    physician = walk(learner)
    physician.send(f"/credits/{passed}/evaluation", **EVALUATION)
    physician.send(f"/credits/{passed}/claim", amount="0.25", attested="y")
    work()
    (came,) = office.mailbox
    assert came.recipient == "zoe@example.org"
    assert str(came.message["Subject"]) == f"Your certificate for “{TITLE}”"
    assert came.text.startswith(f"Hello {NAME},")
    assert came.message.get_content_type() == "text/plain"
    own, public, choices = links(came.text)
    certificate = session.scalars(select(Certificate)).one()
    assert own == f"/issuing/{certificate.id}"

    stranger = walk(None)
    assert "Sign in" in stranger.see(own)
    assert "Valid" in stranger.see(public)
    assert stranger.client.get(own).location == f"/accounts/sign-in?next={own}"
    assert "Your certificate" in physician.see(own)

    administrator = walk(make_account(ADMINISTRATOR))
    administrator.send(f"/issuing/{certificate.id}/revoke", reason="Issued in error.")
    work()
    assert "was revoked" in str(office.mailbox[-1].message["Subject"])
    assert "Issued in error" not in office.mailbox[-1].text
    assert "Issued in error" in physician.see(links(office.mailbox[-1].text)[0])

    assert "Saved." in physician.send(choices, reminder="y")
    assert len(office.mailbox) == 2


def test_without_a_server_the_same_way_leads_to_the_certificate_and_nothing_pretends(
    app: Flask, session: scoped_session[Session], walk: Start, work: Callable[[], None]
) -> None:
    learner = make_account()
    passed = make_attempt(make_activity(now=utc_now()), learner, right=3, now=utc_now()).id
    physician = walk(learner)
    physician.send(f"/credits/{passed}/evaluation", **EVALUATION)
    physician.send(f"/credits/{passed}/claim", amount="0.25", attested="y")
    work()
    assert "sends no e-mail at present" in physician.see("/post/mine")
    administrator = walk(make_account(ADMINISTRATOR))
    assert "nothing is sent" in administrator.see("/post/")
    assert "No messages yet" in administrator.see("/post/")
