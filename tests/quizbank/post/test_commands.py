"""The post from the terminal."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from tests.factories import make_message
from tests.post_office import PostOffice, closed_port, mail_settings


def told(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["post", *words])
    return answer.exit_code, answer.output


def test_test_message_tells_what_the_server_answers(app: Flask, office: PostOffice) -> None:
    assert told(app, "test", "me@example.org") == (0, "The server took it: 250 ok\n")
    assert [one.recipient for one in office.mailbox] == ["me@example.org"]
    office.rcpt_mood = lambda _to: "550 no such user"
    assert told(app, "test", "me@example.org") == (1, "Error: The server does not take it: 550 no such user\n")
    assert told(app, "test", "nobody")[0] == 1
    app.config.update(mail_settings(closed_port()))
    code, words = told(app, "test", "me@example.org")
    assert code == 1
    assert "Nothing answers at this port" in words


def test_everything_says_when_no_server_is_set(app: Flask) -> None:
    assert "No mail server is set" in told(app, "test", "me@example.org")[1]
    assert "No mail server is set" in told(app, "status")[1]


def test_what_was_refused_is_counted_and_sent_again(
    app: Flask, session: scoped_session[Session], office: PostOffice, now: datetime
) -> None:
    assert told(app, "retry") == (0, "Nothing was refused.\n")
    for _ in range(3):
        make_message(state="refused", ended_at=now, refusal="550 no")
    session.commit()
    assert "Refused: 3" in told(app, "status")[1]
    assert told(app, "retry") == (0, "3 go to the mail server again.\n")
    assert "Waiting: 3" in told(app, "status")[1]
