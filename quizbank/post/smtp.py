"""The line to a mail server: an address and the bytes of a message go in, what the server answered comes out.

Nothing is sent over an unencrypted line unless the settings say so, and a server is believed only with a certificate for
its name.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from quizbank.post.envelope import is_international
from quizbank.post.letters import one_line

STARTTLS, TLS, PLAIN = "starttls", "tls", "none"
SECURITIES = (STARTTLS, TLS, PLAIN)
ACCEPTED, PUT_OFF, REFUSED = "accepted", "put off", "refused"
GO_ON, GOING_DOWN = 354, 421
DOT_FIRST = re.compile(rb"^\.", re.MULTILINE)
END = b".\r\n"
"""A line with a dot alone ends a message, so dots at the beginning of its own lines are doubled (RFC 5321, 4.5.2)."""
LONGEST_WORDS = 300


@dataclass(frozen=True)
class MailServer:
    """Where messages are handed over, and as whom. ``timeout`` is in seconds, for every answer of the server."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    reply_to: str
    timeout: int


@dataclass(frozen=True)
class Reply:
    """What the server said about one message: its verdict, and its own words."""

    verdict: str
    words: str


class ServerTrouble(Exception):
    """Nothing can be handed over now, whatever the message; the words say why."""


class LineLost(Exception):
    """The line broke while one message was handed over. ``is_doubtful``: the server may have taken it all the same."""

    def __init__(self, words: str, is_doubtful: bool) -> None:
        super().__init__(words)
        self.is_doubtful = is_doubtful


@contextmanager
def opened(server: MailServer) -> Iterator["Line"]:
    """Lend a line to the server and hang up afterwards; raises ServerTrouble when there is none."""
    line = Line(server, connected(server))
    try:
        yield line
    finally:
        line.hang_up()


def connected(server: MailServer) -> smtplib.SMTP:
    """Return a connection, encrypted and signed in as the settings say; raises ServerTrouble."""
    connection = None
    try:
        connection = called(server)
        connection.ehlo_or_helo_if_needed()
        if server.security == STARTTLS:
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()
        if server.user:
            connection.login(server.user, server.password)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        if connection is not None:
            connection.close()
        raise ServerTrouble(f"{server.host}:{server.port}: {trouble_words(error)}") from error
    return connection


def called(server: MailServer) -> smtplib.SMTP:
    """Return a connection as the server answers it. We say the sender's domain as our name, never this machine's."""
    name = server.sender.rpartition("@")[2]
    if server.security == TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, name, timeout=server.timeout, context=context)
    return smtplib.SMTP(server.host, server.port, name, timeout=server.timeout)


class Line:
    """A connection over which messages are handed over, one after the other."""

    def __init__(self, server: MailServer, connection: smtplib.SMTP) -> None:
        self.server = server
        self.connection = connection

    def hand_over(self, address: str, content: bytes) -> Reply:
        """Hand over one message and return what the server answered to it; raises LineLost and ServerTrouble."""
        if is_international(address) and not self.connection.has_extn("smtputf8"):
            return Reply(REFUSED, "The mail server takes no addresses with letters beyond a to z before the @.")
        refused = self.introduce(address)
        return refused or self.deliver(content)

    def introduce(self, address: str) -> Reply | None:
        """Tell the server from whom and to whom; return its refusal of the address, None when it takes it."""
        options = ["SMTPUTF8"] if is_international(address) else []
        code, words = self.asked(lambda: self.connection.mail(self.server.sender, options))
        if code // 100 != 2:
            raise ServerTrouble(f"{self.server.sender} may not send there: {code} {said(words)}")
        code, words = self.asked(lambda: self.connection.rcpt(address))
        if code // 100 == 2:
            return None
        self.asked(self.connection.rset)
        return judged(code, words)

    def asked(self, ask: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        """Return the answer to a command before the message itself; raises LineLost, in which nothing was taken."""
        try:
            code, words = ask()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise LineLost(trouble_words(error), is_doubtful=False) from error
        if code == GOING_DOWN or code < 0:
            raise LineLost(f"The server closed the line: {code} {said(words)}", is_doubtful=False)
        return code, words

    def deliver(self, content: bytes) -> Reply:
        """Send the message itself; when no answer comes to its end, nobody knows whether the server took it."""
        code, words = self.asked(lambda: self.connection.docmd("DATA"))
        if code != GO_ON:
            self.asked(self.connection.rset)
            return judged(code, words)
        try:
            self.connection.send(DOT_FIRST.sub(b"..", content) + END)
            code, words = self.connection.getreply()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise LineLost(f"No answer to the whole message: {trouble_words(error)}", is_doubtful=True) from error
        if code < 0:
            raise LineLost(f"An answer that cannot be read: {said(words)}", is_doubtful=True)
        return judged(code, words)

    def hang_up(self) -> None:
        """Close the line; a server that does not say goodbye is left."""
        with suppress(OSError, smtplib.SMTPException, ValueError):
            self.connection.quit()
        self.connection.close()


def judged(code: int, words: bytes) -> Reply:
    """Return an answer as a verdict: 2xx is taken, 5xx is for good, anything else may be better later (RFC 5321, 4.2.1)."""
    verdict = {2: ACCEPTED, 5: REFUSED}.get(code // 100, PUT_OFF)
    return Reply(verdict, f"{code} {said(words)}")


def said(words: bytes) -> str:
    """Return what a server said, harmless and short."""
    return one_line(words.decode("utf-8", "replace"), LONGEST_WORDS)


def as_bytes(words: bytes | str) -> bytes:
    """Return a server's words as they came; smtplib gives its own as text."""
    return words.encode() if isinstance(words, str) else words


def trouble_words(error: Exception) -> str:
    """Return why there is no line, in words without any password."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The server does not take user name and password: {error.smtp_code} {said(as_bytes(error.smtp_error))}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The server answered {error.smtp_code} {said(as_bytes(error.smtp_error))}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "The server does not answer in time."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The server's certificate is not valid: {one_line(error.verify_message, LONGEST_WORDS)}."
    if isinstance(error, ConnectionRefusedError):
        return "Nothing answers at this port."
    return one_line(str(error), LONGEST_WORDS) or type(error).__name__
