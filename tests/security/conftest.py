"""What attackers find: a small world with one of everything in it, and the application with all its locks closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from certificates.designing.models import SIGNATURE
from certificates.reporting.models import SENT, Report
from certificates.surveys.operations import create_survey
from certificates.wallet.identity.operations import keep_board
from certificates.wallet.uploads import checked_upload
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER, REVIEWER
from quizbank.activities.models import Activity
from quizbank.db import db, utc_now
from quizbank.items.models import ItemVersion
from quizbank.jobs.operations import enqueue
from tests.certificates.wallet.wallets import PDF_FILE, make_document_of, make_external, make_followed, make_license
from tests.conftest import TEST_SETTINGS, opened
from tests.factories import (
    make_account,
    make_activity,
    make_attempt,
    make_certificate,
    make_claim,
    make_document,
    make_followup,
    make_item,
    make_message,
    make_picture,
    make_share,
    make_subscription,
    make_suggestion,
)

LOCKED = {
    "PLANS": True,
    "WTF_CSRF_ENABLED": True,
    "RATELIMIT_ENABLED": True,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__rounds": 1,
        "argon2__memory_cost": 8,
        "argon2__parallelism": 1,
    },
}


@dataclass(frozen=True)
class World:
    """Accounts by role, and the ids of one row of each kind; everything personal belongs to ``holder``."""

    people: dict[str, Account]
    holder: Account
    ids: dict[str, int | str]
    open_attempt: int
    passed_attempt: int
    certificate: int


def make_world() -> World:
    """Return a world in which a learner passed one activity, claimed, and has another attempt open."""
    people = {role: make_account(role, f"Person {role}") for role in (LEARNER, AUTHOR, REVIEWER, ADMINISTRATOR)}
    holder = make_account(name="Holder Of Things")
    started = utc_now()
    passed = make_attempt(make_activity(now=started), holder, right=3, now=started)
    certificate = make_certificate(make_claim(passed))
    attempt = make_attempt(make_activity(now=started), holder, now=started)
    document = make_document(people[AUTHOR])
    version = make_item(document)
    license = make_license(holder, days_left=20)
    ids: dict[str, int | str] = {
        "account_id": holder.id,
        "answer_id": make_followup(passed, started).id,
        "act": "revoke",
        "activity_id": attempt.activity_id,
        "attempt_id": attempt.id,
        "board_id": keep_board(holder.id, "Board", "7", started).id,
        "certificate_id": certificate.id,
        "claim_id": certificate.claim_id,
        "code": certificate.serial,
        "destination": "pars",
        "document_id": document.id,
        "external_id": make_external(holder, upload=checked_upload("proof.pdf", PDF_FILE)).id,
        "followed_id": make_followed(holder, license).id,
        "license_id": license.id,
        "license_document_id": make_document_of(license),
        "file_kind": "json",
        "filename": "css/site.css",
        "survey_id": create_survey(f"Of {holder.email}", people[ADMINISTRATOR].id, started).id,
        "ending": "csv",
        "entry": 1,
        "handle": "unknown",
        "link_id": make_share(certificate).id,
        "subscription_id": make_subscription(holder).id,
        "item_id": version.item_id,
        "kind": SIGNATURE,
        "job_id": enqueue("issuing.bundle", "issuing.bundle:test", {}, started, account_id=holder.id).id,
        "listed": 0,
        "name": "sans-400.ttf",
        "number": 1,
        "message_id": make_message(holder).id,
        "report_id": make_report(people[ADMINISTRATOR], started),
        "sha256": make_picture(people[ADMINISTRATOR]).sha256,
        "suggestion_id": make_suggestion(document).id,
        "told": "submit",
        "thumbprint": "unknown",
        "version_id": version.id,
    }
    db.session.commit()
    return World(people, holder, ids, attempt.id, passed.id, certificate.id)


def make_report(administrator: Account, now: datetime) -> int:
    """Return the id of a report about learners that was sent."""
    who, ended = administrator.id, {"state": SENT, "ended_at": now, "ended_by_id": administrator.id}
    report = Report(destination="pars", prepared_at=now, prepared_by_id=who, **ended)
    db.session.add(report)
    db.session.flush()
    return report.id


def addresses(app: Flask, method: str, ids: dict[str, int | str]) -> list[tuple[str, str]]:
    """Return (endpoint, address) of every page that takes a method."""
    with app.test_request_context():
        return [
            (rule.endpoint, rule.build({name: ids[name] for name in rule.arguments})[1])  # type: ignore[index]
            for rule in app.url_map.iter_rules()
            if method in (rule.methods or ())
        ]


def table_state() -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables."""
    db.session.rollback()
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key.columns))]
        for table in db.metadata.sorted_tables
    }


def denials() -> int:
    """Return how many refusals the audit trail tells of."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(AuditEntry.action == "denied")) or 0


def keys_of(activity: Activity) -> set[str]:
    """Return the ids of the right options of an activity's items."""
    versions = db.session.scalars(select(ItemVersion).where(ItemVersion.id.in_([i.version_id for i in activity.items])))
    return {option for version in versions for option in version.content["key"]}


@pytest.fixture
def locked_app(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Return the application with its tokens against forged forms and its limits, as people meet it."""
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "instance"))
    yield from opened(create_app({**TEST_SETTINGS, **LOCKED, "SQLALCHEMY_DATABASE_URI": database_url}))
