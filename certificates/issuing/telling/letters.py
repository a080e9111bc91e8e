"""What holders are told about their certificates: plain facts go in, letters come out.

No credit, no score, no reason and no file: the certificate itself is behind the sign-in, its public page is for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizbank.post.letters import Letter, quoted
from quizbank.time_words import long_day_words

LISTED = 50
"""Certificates that one message lists."""


@dataclass(frozen=True)
class Told:
    """What a message tells of one certificate. ``own_page`` is its page for who signs in, ``public_page`` for everybody."""

    id: int
    title: str
    serial: str
    issued_on: date
    own_page: str
    public_page: str


def both_pages(told: Told) -> tuple[str, str]:
    """Return the paragraphs that lead to a certificate."""
    return (
        f"See and download it (you are asked to sign in):\n{told.own_page}",
        f"Whoever you show it to can verify it here:\n{told.public_page}",
    )


def issued_letter(told: Told) -> Letter:
    """Return the message that a certificate is there."""
    words = f"Your certificate for {quoted(told.title)} was issued on {long_day_words(told.issued_on)}."
    subject = f"Your certificate for {quoted(told.title)}"
    return letter_about("certificate.issued", told, subject, (words, *both_pages(told)))


def replaced_letter(old: Told, newer: Told) -> Letter:
    """Return the message that a corrected certificate replaces one."""
    words = (
        f"Your certificate for {quoted(old.title)}, issued on {long_day_words(old.issued_on)}, was replaced by a corrected one. "
        "The old one does not count any more; its public page leads to the new one."
    )
    subject = f"A corrected certificate for {quoted(newer.title)}"
    why = f"Why it was replaced stands on the page of the old one:\n{old.own_page}"
    return letter_about("certificate.replaced", newer, subject, (words, *both_pages(newer), why))


def revoked_letter(told: Told) -> Letter:
    """Return the message that a certificate does not count any more."""
    words = (
        f"Your certificate for {quoted(told.title)}, issued on {long_day_words(told.issued_on)}, was revoked. "
        "Its public page says so, and nothing else."
    )
    why = f"Why it was revoked stands on its page (you are asked to sign in):\n{told.own_page}"
    subject = f"Your certificate for {quoted(told.title)} was revoked"
    return letter_about("certificate.revoked", told, subject, (words, why))


def letter_about(kind: str, told: Told, subject: str, paragraphs: tuple[str, ...]) -> Letter:
    """Return a letter about one certificate; its event is told once."""
    return Letter(kind, f"{kind}:{told.id}", f"certificate:{told.id}", subject, paragraphs)


def sent_letter(certificates: Sequence[Told], sending: int, account_id: int, all_page: str) -> Letter:
    """Return the message in which an administrator sends a person's certificates, all of them in one."""
    first = certificates[0]
    if len(certificates) == 1:
        subject = f"Your certificate for {quoted(first.title)}"
        words = f"Here is your certificate for {quoted(first.title)}, issued on {long_day_words(first.issued_on)}."
        paragraphs: tuple[str, ...] = (words, *both_pages(first))
    else:
        subject = f"Your {len(certificates)} certificates"
        listed = [listed_words(told) for told in certificates[:LISTED]]
        rest = len(certificates) - len(listed)
        more = [f"And {rest} more, which stand there too."] if rest else []
        intro = f"Here are your certificates. See and download them (you are asked to sign in):\n{all_page}"
        paragraphs = (intro, "Whoever you show them to can verify them on the pages below.", *listed, *more)
    key = f"certificate.sent:{sending}:{account_id}"
    return Letter("certificate.sent", key, f"sending:{sending}", subject, tuple(paragraphs))


def listed_words(told: Told) -> str:
    """Return a certificate as one of several in a message."""
    return f"{quoted(told.title)}, issued on {long_day_words(told.issued_on)}\n{told.public_page}"
