"""What an administrator's pages cost with 50,000 certificates: CPU time of each page beside a bare one, as JSON.

Makes its own SQLite database in a temporary folder with bulk inserts (no PDF is laid out), asks every page through the
whole application as an administrator, and tells the median CPU time of a page and the slowest. Ends with an error when a
page takes more than 300 ms.
Run: python benchmarks/records.py [--certificates 50000] [--rounds 5]
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from flask.testing import FlaskClient
from sqlalchemy import insert

from app import create_app
from benchmarks.bare import bare
from certificates.credits.models import CreditClaim
from certificates.issuing.examples import ORDINARY
from certificates.issuing.facts import to_json
from certificates.issuing.models import Certificate
from certificates.reporting.destinations import PARS
from certificates.reporting.operations import confirm_sent, prepare_report
from certificates.reporting.queries import Narrowing
from certificates.surveys.models import Evaluation
from certificates.wallet.models import Identity, License, ReportingConsent
from quizbank.accounts.audit import FIRST_HASH, Entry, chained_hash
from quizbank.accounts.models import Account, AuditEntry, Role
from quizbank.accounts.queries import check_parts
from quizbank.activities.models import Activity, ActivityCredit
from quizbank.attempts.models import Attempt
from quizbank.db import db
from quizbank.documents.models import READY, StoredDocument

LIMIT_MS = 300
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
GIVEN = ("Alex", "Maria", "Chen", "Priya", "Omar", "Fatima", "John", "Ngozi", "Sven", "Aiko", "Zoë", "José")
FAMILY = ("Whitfield", "Okonkwo", "García", "Patel", "Nguyen", "Kowalski", "Haddad", "Tanaka", "Müller", "Dubois")
STATES = ("California", "NY", "Texas", "FL", "Bavaria")
ACTIVITIES = 200
EVALUATED = ACTIVITIES + 1
"""One more activity, whose evaluations are as many as all certificates."""
PER_LEARNER = 8
REMARKS = ("I will check the rhythm first.", "More cases, please.", "Shorter.", "The doses were new to me.")
PAGES = (
    "/",
    "/issuing/",
    "/issuing/?q=patel",
    "/issuing/?state=revoked&page=3",
    "/issuing/?page=1000",
    "/issuing/?page=1900",
    "/issuing/?sort=name",
    "/issuing/?sort=activity",
    "/accounts/",
    "/accounts/?q=patel",
    "/accounts/trail",
    "/accounts/trail?q=patel",
    "/trail/",
    "/attempts/",
    "/attempts/?page=1000",
    "/attempts/?page=1990",
    "/batches/issue",
    "/batches/reissue",
    "/analysis/",
    "/reporting/",
    "/reporting/pars/",
    "/reporting/pars/?standing=held",
    "/reporting/pars/?standing=new&page=500",
    "/reporting/pars/?q=patel",
    "/reporting/pars/?year=2026",
    "/reporting/ce-broker/",
    "/outcomes/?year=2026",
    "/outcomes/activity/1",
    "/outcomes/summary?year=2026",
    "/surveys/",
    f"/surveys/results/{EVALUATED}",
    f"/outcomes/activity/{EVALUATED}",
)
AFTER = (*(path for path in PAGES if "reporting" in path), "/reporting/reports/1", "/reporting/reports/1?page=600")
"""Pages that are asked again once a report was sent."""


def npi_of(number: int) -> str:
    """Return the NPI of this number, its check digit right."""
    body = f"1{number:08d}"
    doubled = [int(d) * 2 - 9 * (int(d) > 4) if place % 2 == 0 else int(d) for place, d in enumerate(body)]
    return f"{body}{(-sum(doubled) - 24) % 10}"


def people(count: int, draw: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        yield {
            "id": number,
            "email": f"person{number}@example.org",
            "password": "x",
            "name": f"{draw.choice(GIVEN)} {draw.choice(FAMILY)} {number}",
            "profession": draw.choices(("physician", "nurse", "other"), (8, 1, 1))[0],
            "active": True,
            "fs_uniquifier": f"person-{number}",
            "created_at": NOW - timedelta(days=number % 2000),
        }


def wallets(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return identities, licenses and consents; every ninth person has given no consent, every seventh no license."""
    ids = [number for number in range(1, count + 1) if number % 20]
    identities = [
        {
            "id": number,
            "account_id": number,
            "given_name": GIVEN[number % len(GIVEN)],
            "family_name": FAMILY[number % len(FAMILY)],
            "npi": npi_of(number) if number % 3 else "",
            "birthday": f"{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            "changed_at": NOW,
        }
        for number in ids
    ]
    licenses = [
        {"account_id": n, "kind": "medical", "body": STATES[n % 5], "number": f"G{n}", "changed_at": NOW}
        for n in ids
        if n % 7
    ]
    consents = [{"identity_id": n, "is_given": bool(n % 9), "words": "Yes", "at": NOW} for n in ids]
    return identities, licenses, consents


def activities() -> list[dict[str, Any]]:
    plain = {"document_id": 1, "format": "enduring", "created_at": NOW, "created_by_id": 1, "state": "published"}
    return [
        {
            **plain,
            "id": number,
            "title": f"Activity {number}",
            "minutes": 60,
            "released_on": (NOW - timedelta(days=365)).date(),
            "expires_on": (NOW + timedelta(days=365)).date(),
            "published_at": NOW - timedelta(days=2000),
            "designated_at": NOW - timedelta(days=2000),
        }
        for number in range(1, EVALUATED + 1)
    ]


def offered() -> list[dict[str, Any]]:
    """Return the credit of the activities."""
    plain = {"position": 0, "credit_type": "ama_pra_1", "maximum": Decimal("1.00")}
    return [
        {**plain, "activity_id": number, "designated_at": NOW - timedelta(days=2000)}
        for number in range(1, ACTIVITIES + 1)
    ]


def record(number: int, draw: random.Random) -> tuple[dict[str, Any], ...]:
    """Return the attempt, evaluation, claim and certificate of this number."""
    learner, activity = (number - 1) // PER_LEARNER + 1, number % ACTIVITIES + 1
    done = NOW - timedelta(minutes=draw.randrange(8 * 365 * 24 * 60))
    revoked = number % 40 == 0
    ids = {"learner_id": learner, "activity_id": activity}
    return (
        {
            "id": number, **ids, "number": 1, "state": "submitted", "revision": 3, "score": 80.0, "passed": True,
            "started_at": done - timedelta(minutes=40), "submitted_at": done,
        },
        {
            "attempt_id": number, "at": done,
            "answers": {"objectives_met": 5, "knowledge": 4, "practice": 3, "balanced": 5, "change": ""},
        },
        {
            "id": number, "attempt_id": number, **ids, "credit_type": "ama_pra_1", "attested": "Yes",
            "amount": Decimal(draw.choice(("0.25", "0.50", "1.00"))), "claimed_at": done,
        },
        {
            "id": number, "claim_id": number, **ids, "serial": f"SERIAL-{number:06d}", "name": f"Person {learner}",
            "facts": to_json(ORDINARY), "evidence": None, "design": "classic", "design_fingerprint": "0" * 64,
            "state": "revoked" if revoked else "valid", "issued_at": done,
            "changed_at": done if revoked else None, "reason": "Test" if revoked else None,
        },
    )  # fmt: skip


def evaluated(number: int, learners: int, first: int, draw: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an attempt at the one activity that everybody evaluated, and its evaluation; every third has words of its own."""
    done = NOW - timedelta(minutes=draw.randrange(365 * 24 * 60))
    agreed = {name: draw.randrange(1, 6) for name in ("objectives_met", "knowledge", "practice", "balanced")}
    said = f"{draw.choice(REMARKS)} ({number})" if number % 3 == 0 else draw.choice(("", *REMARKS))
    attempt = {
        "id": first + number, "learner_id": number % learners + 1, "activity_id": EVALUATED,
        "number": number // learners + 1, "state": "submitted", "revision": 3, "score": 80.0, "passed": True,
        "started_at": done - timedelta(minutes=40), "submitted_at": done,
    }  # fmt: skip
    return attempt, {"attempt_id": first + number, "at": done, "answers": {**agreed, "change": said}}


def trail(count: int, learners: int) -> Iterator[dict[str, Any]]:
    """Yield a whole chain of audit entries: one for each claim and each certificate."""
    previous = FIRST_HASH
    for number in range(count):
        action = ("credit.claimed", "certificate.issued")[number % 2]
        entry = Entry(NOW, number % learners + 1, action, f"attempt:{number}", {"amount": "0.25"})
        own = chained_hash(previous, entry)
        yield {
            "at": NOW, "actor_id": entry.actor_id, "action": action, "subject": entry.subject,
            "facts": dict(entry.facts), "previous_hash": previous, "hash": own,
        }  # fmt: skip
        previous = own


def fill(count: int) -> None:
    """Fill the database: an administrator, people with wallets, activities, and so many certificates with all before them."""
    draw, learners = random.Random(20261101), -(-count // PER_LEARNER)
    db.create_all()
    put(Account, list(people(learners, draw)))
    administrator = db.session.get_one(Account, 1)
    administrator.roles = [Role(name="administrator")]
    db.session.flush()
    for model, rows in zip((Identity, License, ReportingConsent), wallets(learners), strict=True):
        put(model, rows)
    put_document()
    put(Activity, activities())
    put(ActivityCredit, offered())
    for start in range(1, count + 1, 5_000):
        rows = [record(number, draw) for number in range(start, min(start + 5_000, count + 1))]
        for model, of_model in zip(
            (Attempt, Evaluation, CreditClaim, Certificate), zip(*rows, strict=True), strict=True
        ):
            put(model, list(of_model))
    for start in range(0, count, 5_000):
        given = [evaluated(number, learners, count + 1, draw) for number in range(start, min(start + 5_000, count))]
        for model, of_evaluated in zip((Attempt, Evaluation), zip(*given, strict=True), strict=True):
            put(model, list(of_evaluated))
    put(AuditEntry, list(trail(2 * count, learners)))
    db.session.commit()


def put(model: Any, rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(model), rows)


def put_document() -> None:
    given = {"name": "a.txt", "title": "A document", "content": b"text", "sha256": "0" * 64, "state": READY}
    put(StoredDocument, [{"id": 1, **given, "words": 6000, "account_id": 1, "added_at": NOW, "read_at": NOW}])


def cpu_of(ask: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """Return the median and the longest CPU time (ms) of asking for a page."""
    ask()
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        ask()
        spent.append((time.process_time() - began) * 1000)
    return round(statistics.median(spent), 1), round(max(spent), 1)


def page_of(client: FlaskClient, path: str) -> Callable[[], Any]:
    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")

    return ask


def signed_in(app: Any) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "person-1"
        session["_fresh"] = True
    return client


def send_a_report() -> dict[str, float]:
    """Prepare and send what is due at PARS, so that the queue has something to compare with; return what it took."""
    began = time.process_time()
    report = prepare_report(PARS, Narrowing(), 1, NOW)
    took = (time.process_time() - began) * 1000
    confirm_sent(report, 1, NOW)
    db.session.commit()
    return {"lines": report.submissions, "prepare_cpu_ms": round(took, 1)}


def check_the_trail() -> dict[str, float]:
    """Recompute the whole trail as the job does, others writing between its parts; return what it and its longest part took."""
    began = before = time.process_time()
    longest, entries = 0.0, 0
    for found in check_parts():
        db.session.rollback()
        longest, before = max(longest, time.process_time() - before), time.process_time()
        entries = found.entries
    took = time.process_time() - began
    return {"entries": entries, "check_cpu_ms": round(took * 1000), "longest_part_cpu_ms": round(longest * 1000, 1)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--certificates", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["INSTANCE_PATH"] = folder
        app = create_app({"SECRET_KEY": "only-for-this-benchmark-0123456789", "SESSION_COOKIE_SECURE": False,
                          "SESSION_COOKIE_NAME": "session", "RATELIMIT_ENABLED": False})  # fmt: skip
        with app.app_context():
            began = time.perf_counter()
            fill(chosen.certificates)
            filled = round(time.perf_counter() - began, 1)
        client, found = signed_in(app), {}
        bare_ms = cpu_of(page_of(bare.test_client(), "/"), 50)[0]
        found["before"] = {path: cpu_of(page_of(client, path), chosen.rounds) for path in PAGES}
        with app.app_context():
            report, trail_check = send_a_report(), check_the_trail()
        found["after"] = {path: cpu_of(page_of(client, path), chosen.rounds) for path in AFTER}
    slow = {path: ms for pages in found.values() for path, (ms, _) in pages.items() if ms > LIMIT_MS}
    result = {
        "machine": f"{platform.machine()} {platform.python_version()}",
        "certificates": chosen.certificates,
        "filled_s": filled,
        "bare_page_ms": bare_ms,
        "pages_ms": {path: ms for path, (ms, _) in found["before"].items()},
        "pages_ms_after_a_report": {path: ms for path, (ms, _) in found["after"].items()},
        "slowest_ms": max(longest for pages in found.values() for _, longest in pages.values()),
        "report": report,
        "trail_check": trail_check,
        "limit_ms": LIMIT_MS,
        "over_the_limit": slow,
    }
    print(json.dumps(result, indent=2))
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
