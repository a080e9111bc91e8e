"""A small mail server for tests, on this machine: it takes messages, or behaves as badly as it is told to."""

import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ADDRESS = re.compile(r"<([^>]*)>")
USER, PASSWORD = "postmaster", "opensesame"
SIGN_IN = "AHBvc3RtYXN0ZXIAb3BlbnNlc2FtZQ=="
"""User and password as PLAIN sends them."""


@dataclass
class Delivered:
    """A message in the mailbox: as it came, from whom and to whom, and whether the line was encrypted."""

    sender: str
    recipient: str
    content: bytes
    encrypted: bool

    @property
    def message(self) -> EmailMessage:
        """Return the message as a mail program reads it."""
        return cast("EmailMessage", message_from_bytes(self.content, policy=policy.default))

    @property
    def text(self) -> str:
        """Return what it says, its lines as this machine ends them."""
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class PostOffice:
    """What the server has, and how it behaves. A mood returns what is answered to a message instead of taking it.

    Moods see (recipient, how many were tried before): "250 ok", "451 later", "550 no", or one of "hang" (no answer any
    more), "drop" (the line ends before the message), "swallow" (the line ends after the message was taken).
    """

    port: int = 0
    mailbox: list[Delivered] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    lines: int = 0
    mood: Callable[[str, int], str] = lambda _to, _tried: "250 ok"
    rcpt_mood: Callable[[str], str] = lambda _to: "250 ok"
    sender_answer: str = "250 ok"
    greeting: str = "220 office ready"
    wants_sign_in: bool = False
    encryption: ssl.SSLContext | None = None
    extensions: tuple[str, ...] = ()
    closing: threading.Event = field(default_factory=threading.Event)

    def to(self, address: str) -> list[Delivered]:
        """Return what came for an address."""
        return [one for one in self.mailbox if one.recipient == address]


class Counter(socketserver.StreamRequestHandler):
    """One line of a client."""

    server: "Office"
    encrypted = False
    timeout = 60

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def hear(self) -> str:
        return self.rfile.readline().decode("utf-8", "replace").rstrip("\r\n")

    def handle(self) -> None:
        office = self.server.office
        office.lines += 1
        if office.greeting == "hang":
            office.closing.wait(60)
            return
        self.say(office.greeting)
        self.sender, self.recipient, self.signed_in = "", "", not office.wants_sign_in
        while words := self.hear():
            if not self.answer(words):
                return

    def answer(self, words: str) -> bool:
        """Answer one command; return whether the line goes on."""
        office = self.server.office
        match words.split(" ", maxsplit=1)[0].split(":", maxsplit=1)[0].upper():
            case "EHLO":
                offered = [*office.extensions, *(["STARTTLS"] if office.encryption and not self.encrypted else [])]
                told = ["office", *offered, *(["AUTH PLAIN"] if office.wants_sign_in else [])]
                for one in told[:-1]:
                    self.say(f"250-{one}")
                self.say(f"250 {told[-1]}")
            case "STARTTLS":
                self.encrypt()
            case "AUTH":
                self.signed_in = words.endswith(SIGN_IN)
                self.say("235 welcome" if self.signed_in else "535 5.7.8 bad credentials")
            case "MAIL":
                self.sender = address_in(words)
                self.say(office.sender_answer if self.signed_in else "530 sign in first")
            case "RCPT":
                self.recipient = address_in(words)
                self.say(office.rcpt_mood(self.recipient))
            case "DATA":
                return self.take()
            case "RSET" | "NOOP":
                self.say("250 ok")
            case "QUIT":
                self.say("221 bye")
                return False
            case _:
                self.say("502 what?")
        return True

    def take(self) -> bool:
        """Take one message as the mood is; return whether the line goes on."""
        office = self.server.office
        verdict = office.mood(self.recipient, office.tried.count(self.recipient))
        office.tried.append(self.recipient)
        if verdict == "drop":
            return False
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        if line == b"":
            return False
        if verdict == "hang":
            office.closing.wait(60)
            return False
        if verdict.startswith("250") or verdict == "swallow":
            office.mailbox.append(Delivered(self.sender, self.recipient, b"".join(lines), self.encrypted))
        if verdict == "swallow":
            return False
        self.say(verdict)
        return True

    def encrypt(self) -> None:
        """Go on over TLS."""
        self.say("220 go on")
        context = cast("ssl.SSLContext", self.server.office.encryption)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")  # type: ignore[assignment]
        self.wfile = socketserver._SocketWriter(self.connection)  # type: ignore[attr-defined]
        self.encrypted = True


class Office(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine."""

    allow_reuse_address = True
    daemon_threads = True
    office: PostOffice

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients of these tests hang up in the middle."""


def address_in(words: str) -> str:
    found = ADDRESS.search(words)
    return found[1] if found else ""


@contextmanager
def open_office(**behaviour: object) -> Iterator[PostOffice]:
    """Run a mail server for the time of the block."""
    office = PostOffice(**behaviour)  # type: ignore[arg-type]
    with Office(("127.0.0.1", 0), Counter) as server:
        server.office, office.port = office, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.closing.set()
            server.shutdown()
            thread.join()


def mail_settings(port: int, timeout: int = 5) -> dict[str, object]:
    """Return the settings of an application that hands its messages to a server at a port of this machine."""
    server = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port, "MAIL_SECURITY": "none", "MAIL_TIMEOUT": timeout}
    return {**server, "MAIL_SENDER": "no-reply@example.org", "MAIL_REPLY_TO": "", "MAIL_USER": "", "MAIL_PASSWORD": ""}


def closed_port() -> int:
    """Return a port at which nothing answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate_for_this_machine(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server encrypts with, and the file that makes a client believe it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "office")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = builder.add_extension(names, critical=False)
    certificate = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )
    file, key_file = folder / "office.pem", folder / "office.key"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    return context, file
