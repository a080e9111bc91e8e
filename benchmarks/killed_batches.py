"""Kills the worker over and over while it issues a batch of certificates, and counts what is there in the end.

    python benchmarks/killed_batches.py [--count 1000] [--kills 50] [--database URL]

Prints JSON: how many certificates there are, how many of their PDFs are whole and signed, whether any claim has two,
and what the audit of the log says.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

from app import create_app  # noqa: E402
from certificates.batches.acts import ISSUE, Order  # noqa: E402
from certificates.batches.operations import order_batch  # noqa: E402
from certificates.credits.models import CreditClaim  # noqa: E402
from certificates.issuing.auditing import LogAudit, certificate_problems  # noqa: E402
from certificates.issuing.inspection import inspect_signature  # noqa: E402
from certificates.issuing.models import Certificate, CertificateFile  # noqa: E402
from certificates.issuing.queries import issuer_certificates, kept_certificates, logged_rows  # noqa: E402
from certificates.issuing.tokens import public_key  # noqa: E402
from quizbank.db import db, utc_now  # noqa: E402
from quizbank.jobs.models import Job  # noqa: E402
from quizbank.jobs.rules import ENDED  # noqa: E402
from tests.factories import make_account, make_activity, make_attempt, make_claim  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DEMO="1", INSTANCE_PATH=folder)
        if given.database:
            os.environ["DATABASE_URL"] = given.database
        app = create_app()
        with app.app_context():
            db.create_all()
            began = time.monotonic()
            order(given.count)
            prepared = time.monotonic()
            killed = kill_repeatedly(given.kills, given.count)
            report = {**counted(), "kills": killed, "prepared_s": round(prepared - began, 1)}
            report["issued_s"] = round(time.monotonic() - prepared, 1)
            print(json.dumps(report, indent=1))


def order(count: int) -> None:
    """Make claims without certificates and order a batch that issues them all."""
    now = utc_now()
    activity = make_activity(now=now)
    for number in range(count):
        make_claim(make_attempt(activity, make_account(name=f"Learner Number {number}"), right=3, now=now))
        if number % 100 == 99:
            db.session.commit()
    ids = tuple(db.session.scalars(select(CreditClaim.id).order_by(CreditClaim.id)))
    order_batch(Order(ISSUE, ids, ""), "killed", make_account("administrator").id, now)
    db.session.commit()


def kill_repeatedly(kills: int, count: int) -> int:
    """Run a worker, kill it again and again after some progress, then let one finish; return how often it was killed."""
    killed = 0
    while killed < kills and progress() < 2 * count:
        before, worker = progress(), started()
        wait_until(partial(has_moved, before, worker), 120)
        time.sleep(random.uniform(0, 0.4))
        if worker.poll() is not None:
            raise RuntimeError(f"The worker ended by itself with {worker.returncode}.")
        worker.kill()
        worker.wait()
        killed += 1
        forget_leases()
    worker = started()
    wait_until(lambda: unfinished() == 0, 1_200)
    worker.terminate()
    worker.wait()
    return killed


def started() -> subprocess.Popen[bytes]:
    """Start a worker."""
    command = [sys.executable, "-m", "flask", "--app", "app", "jobs", "work"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def has_moved(before: int, worker: subprocess.Popen[bytes]) -> bool:
    """Return whether there is more than before, or the worker died by itself."""
    return progress() > before or worker.poll() is not None


def forget_leases() -> None:
    """Let the next worker take the killed one's job at once instead of a minute later."""
    db.session.execute(Job.__table__.update().where(Job.state == "running").values(lease_until=utc_now()))
    db.session.commit()


def progress() -> int:
    """Return how many certificates and files there are."""
    db.session.rollback()
    with db.engine.connect() as connection:
        rows = [connection.scalar(select(func.count()).select_from(model)) for model in (Certificate, CertificateFile)]
    return sum(rows)


def unfinished() -> int:
    """Return how many jobs have not ended."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Job).where(Job.state.not_in(ENDED))) or 0


def wait_until(condition: object, seconds: float) -> None:
    """Wait until something is true, at most so long."""
    ends = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends:  # type: ignore[operator]
        time.sleep(0.1)


def counted() -> dict[str, object]:
    """Return what is there in the end."""
    db.session.rollback()
    issuers = issuer_certificates()
    files = db.session.scalars(select(CertificateFile)).all()
    genuine = sum(inspect_signature(file.content, issuers).state == "genuine" for file in files)
    hashed = sum(hashlib.sha256(file.content).hexdigest() == file.sha256 for file in files)
    twice = select(Certificate.claim_id).group_by(Certificate.claim_id).having(func.count() > 1)
    log = LogAudit([public_key(one) for one in issuers])
    problems = list(log.problems(logged_rows()))
    problems += [words for kept, leaves in kept_certificates() for words in certificate_problems(kept, leaves)]
    states = db.session.execute(select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)).all()
    return {
        "certificates": db.session.scalar(select(func.count(Certificate.id))),
        "files": len(files),
        "genuine": genuine,
        "hash_fits": hashed,
        "claims_with_two": len(db.session.scalars(twice).all()),
        "log_entries": log.size,
        "problems": problems[:10],
        "jobs": [list(row) for row in states],
    }


if __name__ == "__main__":
    main()
