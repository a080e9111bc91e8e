"""The only writers of messages about certificates: each in the transaction of what it tells of."""

from datetime import datetime

from certificates.issuing.facts import from_json
from certificates.issuing.models import Certificate
from certificates.issuing.telling.letters import Told, issued_letter, replaced_letter, revoked_letter
from quizbank.post.operations import write_message
from quizbank.post.queries import address_of


def told_of(certificate: Certificate) -> Told:
    """Return what messages tell of a certificate, from its frozen facts."""
    facts = from_json(certificate.facts)
    own_page = address_of(f"/issuing/{certificate.id}")
    return Told(certificate.id, facts.title, facts.serial, facts.issued_on, own_page, facts.verify_url)


def tell_issued(certificate: Certificate, now: datetime) -> None:
    """Tell the holder that a certificate is there; for one that replaces another, the replacement is told instead."""
    if certificate.replaces_id is None:
        write_message(certificate.learner_id, issued_letter(told_of(certificate)), now)


def tell_replaced(certificate: Certificate, newer: Certificate, now: datetime) -> None:
    """Tell the holder that a corrected certificate replaces this one."""
    write_message(certificate.learner_id, replaced_letter(told_of(certificate), told_of(newer)), now)


def tell_revoked(certificate: Certificate, now: datetime) -> None:
    """Tell the holder that a certificate does not count any more."""
    write_message(certificate.learner_id, revoked_letter(told_of(certificate)), now)
