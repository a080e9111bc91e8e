"""What the wallet of a learner with 300 credits over eight years costs, as JSON.

CPU milliseconds of the web process per page (user and system, read from the operating system), beside a bare Flask page
served the same way in the same run. Rounds take turns, and medians are told, so that other work on the machine weighs on
all alike. The wallet has credit claimed here with certificates, credit from elsewhere, five licenses, and follows four
sets of rules. The PDF is made in a child process, whose time is told apart, by the clock.
Run: python benchmarks/wallet.py [--engines sqlite,postgresql] [--rounds 7] [--requests 20]
"""

import argparse
import json
import platform
import statistics
import time
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from attempts import measure
from serving import ENGINES, Door, database, machine, serving

from certificates.credits.models import CreditClaim
from certificates.wallet.identity.operations import save_identity
from quizbank.accounts.models import Account
from quizbank.db import db, utc_now
from tests.certificates.wallet.wallets import make_external, make_followed, make_license
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim

CLAIMED, TYPED, YEARS = 150, 150, 8
BUDGET_MS = 300
PAGES = {
    "home": "/",
    "transcript": "/wallet/",
    "transcript_every_line": "/wallet/?all=1",
    "transcript_of_a_year": "/wallet/?year=2024",
    "requirements": "/wallet/requirements/",
    "licenses": "/wallet/licenses/",
    "identity": "/wallet/identity/",
    "add_credit": "/wallet/external/add",
    "csv": "/wallet/transcript.csv",
    "xlsx": "/wallet/transcript.xlsx",
}


def holder() -> Account:
    """Return the learner with the full wallet."""
    person, now = make_account(name="Alexandra Whitfield"), utc_now()
    step = timedelta(days=365 * YEARS / (CLAIMED + TYPED))
    for number in range(CLAIMED):
        earned_at = now - 2 * number * step
        activity = make_activity(items=1, now=earned_at - timedelta(days=2), title=f"Activity number {number}")
        attempt = make_attempt(activity, person, right=1, now=earned_at - timedelta(days=1))
        make_certificate(make_claim(attempt))
    for number in range(TYPED):
        kind = ("ama_pra_1", "contact_hours", "cpd")[number % 3]
        completed = (now - (2 * number + 1) * step).date()
        topics = [["opioid prescribing"], ["patient safety"], []][number % 3]
        make_external(person, "1", title=f"Meeting {number}", credit_type=kind, completed_on=completed, topics=topics)
    for number in range(5):
        make_license(person, days_left=20 + 100 * number)
    save_identity(person.id, "Alexandra", "Whitfield", "1234567893", "02-29", now)
    for rules in ("sample-state-a", "sample-state-b", "sample-state-c", "sample-controlled"):
        make_followed(person, None, rules)
    assert sum((claim.amount for claim in db.session.query(CreditClaim)), Decimal(0)) == CLAIMED * Decimal("0.25")
    return person


def cost(engine: str, rounds: int, requests: int) -> dict[str, Any]:
    """Return CPU milliseconds per page and of a bare one, and the ratios."""
    with database(engine) as place, serving(place, 1, 2) as ours, serving(place, 1, 2, "bare:bare") as bare:
        who = holder().fs_uniquifier
        db.session.commit()
        app = place.app()
        browser, other = Door(app, ours.port).browser(who), Door(app, bare.port).browser(who)
        spent: dict[str, list[float]] = {}
        for turn in range(rounds + 1):
            milliseconds = {"bare": measure(bare, lambda _turn: other.get("/").status, requests)}
            for name, path in PAGES.items():
                milliseconds[name] = measure(ours, partial(look, browser, path), requests)
            for name, found in milliseconds.items():
                spent.setdefault(name, []).extend([found] if turn else [])  # the first round warms up
        began = time.perf_counter()
        assert browser.get("/wallet/transcript.pdf").status == 200
        pdf_seconds = round(time.perf_counter() - began, 2)
        assert not ours.stumbles(), ours.log.read_text()[-3000:]
    median = {name: round(statistics.median(found), 2) for name, found in spent.items()}
    return {
        "engine": engine,
        "cpu_ms": median,
        "times_bare": {name: round(found / median["bare"], 1) for name, found in median.items()},
        "budget_ms": BUDGET_MS,
        "within_budget": all(found < BUDGET_MS for found in median.values()),
        "pdf_seconds_by_the_clock": pdf_seconds,
    }


def look(browser: Any, path: str, _turn: int) -> int:
    """Open a page."""
    return int(browser.get(path).status)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=20)
    asked = parser.parse_args()
    found = [cost(engine, asked.rounds, asked.requests) for engine in asked.engines.split(",")]
    told = {"credits": CLAIMED + TYPED, "years": YEARS, "python": platform.python_version(), "machine": machine()}
    print(json.dumps({**told, "results": found}, indent=2))


if __name__ == "__main__":
    main()
