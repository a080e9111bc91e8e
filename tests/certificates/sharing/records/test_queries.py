"""Records as recipients see them: proofs of many are read at once, and what was read from a file is read again."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from flask_sqlalchemy.session import Session
from sqlalchemy import event
from sqlalchemy.orm import scoped_session

from certificates.issuing.models import Certificate
from certificates.issuing.operations import ensure_file, revoke_certificate
from certificates.sharing.records.queries import proofs_of, shown_credit, shown_license
from certificates.wallet.models import ExternalCredit, ExternalFile, License
from quizbank.accounts.models import Account
from quizbank.db import db, utc_now
from quizbank.local_time import local_date
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim


def test_proofs_of_many_records_are_read_at_once(session: scoped_session[Session]) -> None:
    learner, counted = make_account(), {}
    for number in (1, 6):
        picked = [make_certificate(make_claim(make_attempt(learner=learner, right=3))).id for _ in range(number)]
        session.commit()
        statements: list[str] = []

        def heard(*given: object, told: list[str] = statements) -> None:
            told.append(str(given[2]))

        event.listen(db.engine, "before_cursor_execute", heard)
        proofs = proofs_of(picked)
        event.remove(db.engine, "before_cursor_execute", heard)
        assert all(proof.entries for proof in proofs.values())
        counted[number] = len(statements)
    assert counted[6] == counted[1]


def make_reading(pdf: bytes, account: Account) -> ExternalCredit:
    """Return credit that was read from a certificate, whose row says something else by now."""
    credit = ExternalCredit(
        account_id=account.id, origin="read", title="Changed in the row", provider="P", credit_type="ama_pra_1",
        amount=Decimal(99), completed_on=FIXED_NOW.date(), topics=[], serial="S", proof={}, added_at=FIXED_NOW,
    )  # fmt: skip
    db.session.add(credit)
    db.session.flush()
    credit.file = ExternalFile(
        name="a.pdf", kind="pdf", content=pdf, sha256="0" * 64, size=len(pdf), added_at=FIXED_NOW
    )
    db.session.flush()
    return credit


@pytest.fixture
def certificate(session: scoped_session[Session]) -> Certificate:
    now = utc_now()
    activity = make_activity(now=now)
    activity.designated_at = now
    found = make_certificate(make_claim(make_attempt(activity, make_account(name="Vera Holder"), right=3, now=now)))
    found.issued_at = now - timedelta(minutes=1)
    session.commit()
    return found


def test_credit_read_from_a_certificate_is_read_again_and_its_file_speaks(certificate: Certificate) -> None:
    pdf = ensure_file(certificate, utc_now()).content
    entry = shown_credit(make_reading(pdf, certificate.learner))
    assert entry.verdict == ("Verified", "good")
    assert entry.title == certificate.activity.title
    assert dict(entry.facts)["Name"] == "Vera Holder"
    assert dict(entry.facts)["Credit"].startswith("0.25 ")
    assert entry.address.endswith(certificate.serial)


def test_read_certificate_that_was_revoked_since_does_not_verify(certificate: Certificate) -> None:
    credit = make_reading(ensure_file(certificate, utc_now()).content, certificate.learner)
    revoke_certificate(certificate, "In error.", certificate.learner_id, utc_now())
    entry = shown_credit(credit)
    assert entry.verdict[1] == "bad"
    assert "It was revoked on" in entry.checks[1].words


@pytest.mark.parametrize(
    "change", [lambda pdf: pdf[:-9] + b"x" * 9, lambda _pdf: b"%PDF-1.7 no certificate", lambda _pdf: b""]
)
def test_file_that_was_changed_shows_nothing_of_what_it_states(
    certificate: Certificate, change: Callable[[bytes], bytes]
) -> None:
    pdf = change(ensure_file(certificate, utc_now()).content)
    entry = shown_credit(make_reading(pdf, certificate.learner))
    assert entry.verdict == ("Does not verify", "bad")
    assert entry.facts == ()
    assert entry.files == ()


@pytest.mark.parametrize(
    ("days", "verdict", "tones"),
    [
        (-1, ("Expired", "caution"), ["caution", "neutral"]),
        (0, ("Entered by the person", "neutral"), ["neutral"]),
        (None, ("Entered by the person", "neutral"), ["neutral"]),
    ],
)
def test_license_that_expired_says_so_to_its_recipient(
    session: scoped_session[Session], days: int | None, verdict: tuple[str, str], tones: list[str]
) -> None:
    now = utc_now()
    ends = None if days is None else local_date(now) + timedelta(days=days)
    held = License(
        account_id=make_account().id, kind="medical", body="Ohio", number="35", expires_on=ends, changed_at=now
    )
    db.session.add(held)
    db.session.flush()
    entry = shown_license(held)
    assert entry.verdict == verdict
    assert [check.tone for check in entry.checks] == tones
