"""A message as it goes over the wire: plain values go in, the bytes of an e-mail come out; no value can add a header."""

import hashlib
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from email_validator import EmailNotValidError, validate_email

SEVEN_BIT = SMTP.clone(cte_type="7bit")
"""Every server takes seven bits, whatever the message says."""


class Unaddressable(ValueError):
    """No message can be addressed so; the message says why."""


def wire_address(address: str) -> str:
    """Return an address as servers know it, its domain in ASCII; raises Unaddressable.

    What stands before the @ may keep letters of other scripts: then only a server with SMTPUTF8 takes it.
    """
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Unaddressable(f"The address cannot be used: {error}") from error
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"


def is_international(address: str) -> bool:
    """Return whether only a server with SMTPUTF8 can take a message to an address as servers know it."""
    return not address.isascii()


def plain_address(address: str) -> Address:
    """Return an address without a name; raises ValueError for one with a line break."""
    user, _, domain = address.rpartition("@")
    return Address(username=user, domain=domain)


def message_id(key: str, sender: str) -> str:
    """Return the name of a message, the same however often it is handed over: who gets it twice can tell."""
    name = hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:32]
    return f"<{name}@{sender.rpartition('@')[2]}>"


def sealed_envelope(
    sender: Address,
    reply_to: str,
    address: str,
    subject: str,
    body: str,
    name: str,
    written_at: datetime,
    choices: str = "",
) -> bytes:
    """Return an e-mail in plain text from values that stand for themselves; ``name`` is its Message-ID,
    ``choices`` the page on which such messages are switched off.

    Raises Unaddressable: a line break in any of them is refused, never sent.
    """
    message = EmailMessage(policy=SEVEN_BIT.clone(utf8=is_international(address)))
    try:
        message["From"] = sender
        message["To"] = plain_address(address)
        if reply_to:
            message["Reply-To"] = plain_address(reply_to)
        message["Subject"] = subject
        message["Date"] = format_datetime(written_at)
        message["Message-ID"] = name
        if choices:
            message["List-Unsubscribe"] = f"<{choices}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body, charset="utf-8", cte="base64" if not body.isascii() else None)
    except (ValueError, MessageError) as error:
        raise Unaddressable(f"The message cannot be written: {error}") from error
    return message.as_bytes()
