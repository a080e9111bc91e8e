"""Rows of wallets for tests, on top of the factories."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from certificates.issuing.models import Certificate
from certificates.wallet.entries import TypedCredit
from certificates.wallet.external.operations import add_external
from certificates.wallet.licenses.kinds import LicenseFacts
from certificates.wallet.licenses.operations import add_document, add_license
from certificates.wallet.models import ExternalCredit, FollowedRules, License
from certificates.wallet.queries import rules_named
from certificates.wallet.requirements.operations import follow_rules
from certificates.wallet.uploads import checked_upload
from quizbank.accounts.models import Account
from quizbank.db import utc_now
from tests.factories import make_activity, make_attempt, make_certificate, make_claim

PDF_FILE = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def make_earned(person: Account, title: str = "Heart failure") -> Certificate:
    """Return the certificate of a person for an activity passed just now."""
    now = utc_now()
    activity = make_activity(now=now - timedelta(hours=1), title=title)
    return make_certificate(make_claim(make_attempt(activity, person, right=3, now=now - timedelta(minutes=20))))


def make_license(owner: Account, kind: str = "medical", days_left: int | None = 400, **changes: Any) -> License:
    """Return a license that expires in so many days."""
    today = utc_now().date()
    given = {"body": "State Board", "number": "A-1", "issued_on": date(2020, 2, 29)} | changes
    expires_on = None if days_left is None else today + timedelta(days=days_left)
    return add_license(owner.id, LicenseFacts(kind, expires_on=expires_on, **given), utc_now())


def make_document_of(license: License) -> int:
    """Return the id of a document of a license."""
    return add_document(license, checked_upload("license.pdf", PDF_FILE), utc_now()).id


def make_external(owner: Account, amount: str = "1.25", **changes: Any) -> ExternalCredit:
    """Return credit that its owner entered."""
    given = {
        "title": "Annual meeting",
        "provider": "University",
        "credit_type": "ama_pra_1",
        "label": "",
        "completed_on": utc_now().date(),
        "topics": (),
    } | changes
    upload, now = given.pop("upload", None), utc_now()
    return add_external(owner.id, TypedCredit(amount=Decimal(amount), **given), upload, now.date(), now)


def make_followed(owner: Account, license: License | None = None, rules: str = "sample-state-b") -> FollowedRules:
    """Return rules that a person follows."""
    found = rules_named(rules)
    assert found is not None
    return follow_rules(owner.id, found, license, None, [], utc_now())
