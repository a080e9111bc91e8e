"""The line to a mail server, against a small one of our own that behaves as badly as it is told to."""

from pathlib import Path

import pytest

from quizbank.post.smtp import ACCEPTED, PUT_OFF, REFUSED, LineLost, MailServer, Reply, ServerTrouble, judged, opened
from tests.post_office import PASSWORD, USER, PostOffice, closed_port, make_certificate_for_this_machine, open_office

TO = "ada@example.org"
CONTENT = b"Subject: Hello\r\n\r\nFirst\r\n.\r\n.hidden\r\n"


def server_at(port: int, security: str = "none", user: str = "", password: str = "", timeout: int = 5) -> MailServer:
    return MailServer("127.0.0.1", port, security, user, password, "no-reply@example.org", "", timeout)


def handed(office: PostOffice, **settings: object) -> Reply:
    with opened(server_at(office.port, **settings)) as line:  # type: ignore[arg-type]
        return line.hand_over(TO, CONTENT)


def test_message_arrives_as_it_was_sent() -> None:
    with open_office() as office:
        assert handed(office) == Reply(ACCEPTED, "250 ok")
    (found,) = office.mailbox
    assert (found.sender, found.recipient, found.content) == ("no-reply@example.org", TO, CONTENT)


def test_many_messages_go_over_one_line() -> None:
    with open_office() as office, opened(server_at(office.port)) as line:
        for _ in range(5):
            line.hand_over(TO, CONTENT)
    assert (office.lines, len(office.mailbox)) == (1, 5)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("550 no such user", REFUSED),
        ("554 spam", REFUSED),
        ("450 later", PUT_OFF),
        ("452 full", PUT_OFF),
        ("399 odd", PUT_OFF),
    ],
)
def test_verdict_on_a_recipient_or_a_message_is_kept_and_the_line_goes_on(answer: str, verdict: str) -> None:
    with open_office(rcpt_mood=lambda _to: answer) as office, opened(server_at(office.port)) as line:
        assert line.hand_over(TO, CONTENT) == Reply(verdict, answer)
        office.rcpt_mood = lambda _to: "250 ok"
        office.mood = lambda _to, _tried: answer
        assert line.hand_over(TO, CONTENT) == Reply(verdict, answer)
        office.mood = lambda _to, _tried: "250 ok"
        assert line.hand_over(TO, CONTENT).verdict == ACCEPTED
    assert len(office.mailbox) == 1


@pytest.mark.parametrize(
    ("mood", "is_doubtful"), [("drop", False), ("swallow", True), ("hang", True), ("-1 what", True)]
)
def test_line_that_breaks_tells_whether_the_message_may_have_been_taken(mood: str, is_doubtful: bool) -> None:
    with open_office(mood=lambda _to, _tried: mood) as office, pytest.raises(LineLost) as lost:
        handed(office, timeout=1)
    assert lost.value.is_doubtful == is_doubtful


def test_server_that_goes_down_took_nothing() -> None:
    with open_office(rcpt_mood=lambda _to: "421 closing") as office, pytest.raises(LineLost, match="421") as lost:
        handed(office)
    assert not lost.value.is_doubtful


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ({"greeting": "554 go away"}, "554 go away"),
        ({"greeting": "hang"}, "does not answer in time"),
        ({"greeting": "nonsense"}, "127.0.0.1"),
        ({"sender_answer": "550 not yours"}, "no-reply@example.org may not send there: 550 not yours"),
    ],
)
def test_server_that_takes_nothing_is_trouble_and_no_fault_of_the_message(
    behaviour: dict[str, str], words: str
) -> None:
    with open_office(**behaviour) as office, pytest.raises(ServerTrouble, match=words):
        handed(office, timeout=1)
    assert office.mailbox == []


def test_port_at_which_nothing_answers_is_trouble() -> None:
    with pytest.raises(ServerTrouble, match="Nothing answers"), opened(server_at(closed_port())):
        pass


def test_user_and_password_open_the_line_and_are_never_told(tmp_path: Path) -> None:
    with open_office(wants_sign_in=True) as office:
        assert handed(office, user=USER, password=PASSWORD).verdict == ACCEPTED
        with pytest.raises(ServerTrouble) as trouble:
            handed(office, user=USER, password="wrong-horse")
    assert "user name and password" in str(trouble.value)
    assert "wrong-horse" not in str(trouble.value)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_nothing_goes_unencrypted_over_a_line_that_should_be_encrypted(security: str) -> None:
    with open_office(greeting="220 hi") as office, pytest.raises(ServerTrouble):
        handed(office, security=security, user=USER, password=PASSWORD, timeout=1)
    assert office.mailbox == []


def test_encrypted_line_needs_a_certificate_that_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encryption, file = make_certificate_for_this_machine(tmp_path)
    with open_office(encryption=encryption, wants_sign_in=True) as office:
        with pytest.raises(ServerTrouble, match="certificate is not valid"):
            handed(office, security="starttls", user=USER, password=PASSWORD)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert handed(office, security="starttls", user=USER, password=PASSWORD).verdict == ACCEPTED
    assert [one.encrypted for one in office.mailbox] == [True]


def test_address_of_another_script_goes_only_to_a_server_that_takes_it() -> None:
    with open_office() as office, opened(server_at(office.port)) as line:
        assert line.hand_over("jörg@example.org", CONTENT).verdict == REFUSED
    with open_office(extensions=("SMTPUTF8", "8BITMIME")) as office, opened(server_at(office.port)) as line:
        assert line.hand_over("jörg@example.org", CONTENT).verdict == ACCEPTED
    assert [one.recipient for one in office.mailbox] == ["jörg@example.org"]


def test_what_a_server_says_is_harmless_and_short() -> None:
    assert judged(550, b"no\r\nBcc: \x1b[31m\xff" + b"x" * 999).words.startswith(
        "550 no Bcc: [31m\N{REPLACEMENT CHARACTER}x"
    )
    assert len(judged(550, b"x" * 9_999).words) < 320
