"""A message on the wire: what goes in comes out of a mail program, and no value can add a header."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizbank.post.envelope import Unaddressable, is_international, message_id, sealed_envelope, wire_address
from quizbank.post.letters import one_line

SENDER = Address("Example Hospital", addr_spec="no-reply@example.org")
MOMENT = datetime(2030, 5, 6, 7, 8, 9, tzinfo=UTC)
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding"]
NAME = "<abc@example.org>"


def sealed(
    subject: str = "A subject", body: str = "Hello\n", address: str = "ada@example.org", reply: str = ""
) -> bytes:
    return sealed_envelope(SENDER, reply, address, subject, body, NAME, MOMENT)


def read(content: bytes) -> dict[str, str]:
    return {name: str(value) for name, value in message_from_bytes(content, policy=policy.default).items()}


def test_mail_program_reads_who_to_whom_and_when() -> None:
    told = read(sealed(reply="office@example.org"))
    assert told["From"] == "Example Hospital <no-reply@example.org>"
    assert told["To"] == "ada@example.org"
    assert told["Reply-To"] == "office@example.org"
    assert told["Date"] == "Mon, 06 May 2030 07:08:09 +0000"
    assert told["Auto-Submitted"] == "auto-generated"
    assert told["Message-ID"] == NAME


@given(st.text(max_size=200), st.text(max_size=500))
def test_any_subject_and_any_text_arrive_as_they_are_and_add_no_header(subject: str, text: str) -> None:
    subject, body = one_line(subject, 120), "\n".join(one_line(line, 400) for line in text.split("\n")) + "\n"
    content = sealed(subject, body)
    parsed = message_from_bytes(content, policy=policy.default)
    assert [name for name in parsed if name != "MIME-Version"] == HEADERS
    assert str(parsed["Subject"]) == subject
    assert parsed.get_content().replace("\r\n", "\n") == body
    assert content.isascii()
    assert content.endswith(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


def unspaced(name: str) -> str:
    """Return a name without blanks: Python's reader, unlike RFC 2047, keeps the one between two encoded words."""
    return "".join(name.split())


@given(st.text(max_size=200))
@example(
    "00\U0001cf00\U0001cf00\U0001cf00\U0001cf00\U0001d000\U0001d000\U0001d000\U0001d000\U0001d400\U0001d400\U0001d54a"
)
def test_any_name_of_a_provider_arrives_as_it_is(provider: str) -> None:
    name = one_line(provider, 100)
    content = sealed_envelope(
        Address(name, addr_spec="no-reply@example.org"), "", "ada@example.org", "Hi", "Text.\n", NAME, MOMENT
    )
    parsed = message_from_bytes(content, policy=policy.default)
    (sender,) = parsed["From"].addresses
    assert sender.addr_spec == "no-reply@example.org"
    assert unspaced(sender.display_name) == unspaced(name)
    assert [one for one in parsed if one != "MIME-Version"] == HEADERS


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\r\n\r\n"])
def test_line_break_in_any_header_is_refused(line_break: str) -> None:
    hostile = f"A subject{line_break}Bcc: everybody@example.org"
    with pytest.raises(Unaddressable):
        sealed(subject=hostile)
    with pytest.raises(Unaddressable):
        sealed(address=f"ada@example.org{line_break}Bcc: all@example.org")
    with pytest.raises(Unaddressable):
        sealed(reply=f"ada@example.org{line_break}Bcc: all@example.org")


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@", "a b@example.org", "a@example.org, b@example.org", "<a@b.example>"]
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(Unaddressable):
        wire_address(typed)


def test_domain_of_another_script_goes_as_ascii_and_the_person_stays() -> None:
    assert wire_address("ada@bücher.example") == "ada@xn--bcher-kva.example"
    assert not is_international("ada@xn--bcher-kva.example")
    assert wire_address("jörg@example.org") == "jörg@example.org"
    assert is_international("jörg@example.org")
    assert "jörg@example.org".encode() in sealed(address="jörg@example.org")


def test_message_keeps_its_name_however_often_it_is_sent() -> None:
    assert message_id("certificate.issued:1", "no-reply@example.org") == message_id(
        "certificate.issued:1", "no-reply@example.org"
    )
    assert message_id("a", "x@example.org") != message_id("b", "x@example.org")
    assert message_id("a", "x@example.org").endswith("@example.org>")
