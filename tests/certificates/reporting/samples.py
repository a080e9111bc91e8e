"""Participations, activities and sittings for tests, and people with wallets."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from certificates.credits.models import CreditClaim
from certificates.issuing.models import Certificate
from certificates.reporting.records import ActivityRecord, Learner, Participation, Sitting, Support
from certificates.wallet.models import Identity, License, ReportingConsent
from quizbank.accounts.models import Account
from quizbank.activities.models import Activity
from quizbank.db import db
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_attempt, make_certificate, make_claim

NPI = "1234567893"
"""The example in CMS's own description of the check digit."""
LEARNER = Learner("Zoë", "Núñez O'Neil", "02-29", NPI, "Texas", "K1234", "physician", is_consenting=True)
PARTICIPATION = Participation(
    LEARNER, "12", "Heart failure & more <2>", date(2026, 3, 1), "ama_pra_1", Decimal("0.75"), Decimal("1.00")
)
ACTIVITY = ActivityRecord(
    reference="12",
    title="Heart failure & more <2>",
    format="enduring",
    released_on=date(2025, 1, 2),
    expires_on=date(2028, 1, 1),
    minutes=90,
    credit_type="ama_pra_1",
    maximum=Decimal("1.50"),
    objectives=("Recognise heart failure", "Treat it"),
    support=(Support("Acme", "money"), Support("Bolt Ltd", "in kind, a room")),
    physicians=7,
    others=2,
)
SITTING = Sitting(
    attempt_id=5,
    account_id=9,
    activity_id=12,
    title="Heart failure",
    started_at=datetime(2026, 3, 1, 10, 0, tzinfo=UTC),
    submitted_at=datetime(2026, 3, 1, 11, 2, 3, 450_000, tzinfo=UTC),
    score=83.3333,
    is_passed=True,
)


def with_learner(**changes: object) -> Participation:
    """Return the participation of somebody who differs in this."""
    return replace(PARTICIPATION, learner=replace(LEARNER, **changes))  # type: ignore[arg-type]


def make_wallet(account: Account, is_consenting: bool | None = True, **changes: str) -> Identity:
    """Return a person's identity, complete if nothing is changed; ``is_consenting`` None = never asked."""
    given = {"given_name": "Zoë", "family_name": "Núñez", "npi": NPI, "birthday": "02-29", **changes}
    identity = Identity(account_id=account.id, changed_at=FIXED_NOW, **given)
    db.session.add(identity)
    db.session.flush()
    if is_consenting is not None:
        consent(identity, is_consenting)
    return identity


def consent(identity: Identity, is_given: bool) -> None:
    """Note that consent to reporting was given, or withdrawn."""
    db.session.add(ReportingConsent(identity_id=identity.id, is_given=is_given, words="Yes", at=FIXED_NOW))
    db.session.flush()


def make_license(account: Account, body: str = "Texas", number: str = "K1234", kind: str = "medical") -> License:
    """Return a license of a person."""
    found = License(account_id=account.id, kind=kind, body=body, number=number, changed_at=FIXED_NOW)
    db.session.add(found)
    db.session.flush()
    return found


def claim_by(account: Account, activity: Activity, now: datetime = FIXED_NOW) -> CreditClaim:
    """Return what a person claimed for an activity."""
    return make_claim(make_attempt(activity, account, right=3, now=now))


def make_physician(name: str = "Zoë Núñez", **changes: str) -> tuple[Account, Identity]:
    """Return a physician who can be reported, and their identity."""
    account = make_account(name=name)
    return account, make_wallet(account, **changes)


def certify(account: Account, activity: Activity, now: datetime = FIXED_NOW) -> Certificate:
    """Return the certificate of a person for an activity."""
    return make_certificate(claim_by(account, activity, now))
