"""Background work on personal data: the ZIP is whole and private, deletions and erasures come when they are due, once."""

import csv
import io
import json
import stat
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from certificates.issuing.models import Certificate
from certificates.privacy.jobs import CLEAR, DELETE, ERASE, export_path
from certificates.privacy.models import AccountDeletion
from certificates.privacy.operations import ask_deletion
from certificates.privacy.queries import EXPORT
from quizbank.accounts.models import Account
from quizbank.db import db
from quizbank.jobs.models import Job
from quizbank.jobs.operations import enqueue
from quizbank.jobs.worker import run_pending
from tests.certificates.privacy.people import make_whole, render
from tests.clock import Clock
from tests.factories import make_account

Db = scoped_session[Session]
Run = Callable[..., Job]


@pytest.fixture
def run(app: Flask, session: Db, clock: Clock) -> Run:
    """Return a function that queues a job of a kind for somebody, does what is due, and returns the job."""

    def do(kind: str, account_id: int | None = None) -> Job:
        job = enqueue(kind, f"{kind}:{clock.now}:{account_id}", {}, clock.now, account_id=account_id)
        session.commit()
        run_pending({kind: app.extensions["job_handlers"][kind]}, clock)
        session.expire_all()
        return session.get_one(Job, job.id)

    return do


def test_export_holds_data_tables_certificates_and_a_page(session: Db, run: Run, clock: Clock) -> None:
    whole = make_whole("Ada Lovelace", "adamark", clock.now)
    pdf = render(whole, clock.now)
    path = export_path(run(EXPORT, whole.account.id).id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        stem = f"certificates/{whole.certificate.serial}-ada-lovelace"
        uploads = {name for name in names if name.startswith("wallet/")}
        assert {name.rpartition("-")[2] for name in uploads} == {"license.pdf", "adamark.pdf"}
        plain = {"my-data.json", "credits.csv", "attempts.csv", "README.txt"}
        assert names - uploads == {*plain, f"{stem}.pdf", f"{stem}.jwt"}
        assert archive.read(f"{stem}.pdf") == pdf
        assert archive.read(f"{stem}.jwt").count(b".") == 2
        assert json.loads(archive.read("my-data.json"))["held"]["account"][0]["name"] == "Ada Lovelace"
        credits = list(csv.DictReader(io.StringIO(archive.read("credits.csv").decode("utf-8-sig"))))
        assert [row["amount"] for row in credits] == ["0.25"]
        assert b"Certificate" not in archive.read("README.txt").split(b"account (")[0]


def test_export_of_somebody_who_did_nothing_is_whole_too(session: Db, run: Run) -> None:
    with zipfile.ZipFile(export_path(run(EXPORT, make_account().id).id)) as archive:
        assert set(archive.namelist()) == {"my-data.json", "credits.csv", "attempts.csv", "README.txt"}


def test_export_says_which_certificates_are_not_signed_yet(app: Flask, session: Db, run: Run, clock: Clock) -> None:
    whole = make_whole("Ada Lovelace", "adamark", clock.now)
    app.config["SIGNING_KEY"] = "/no/such/key.pem"
    with zipfile.ZipFile(export_path(run(EXPORT, whole.account.id).id)) as archive:
        assert f"Certificate {whole.certificate.serial} is not among them" in archive.read("README.txt").decode()


def test_export_is_cleared_after_seven_days_and_never_before(session: Db, run: Run, clock: Clock) -> None:
    path = export_path(run(EXPORT, make_account().id).id)
    (path.parent / "somebody-elses.txt").write_text("stays")
    (path.parent / f"export-{path.stem.partition('-')[2]}.99.part").write_text("left by a killed worker")
    clock.advance(days=6)
    run(CLEAR)
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name, "somebody-elses.txt"]
    clock.advance(days=1)
    run(CLEAR)
    assert [one.name for one in path.parent.iterdir()] == ["somebody-elses.txt"]


def test_due_account_is_deleted_with_its_exports_and_the_others_wait(session: Db, run: Run, clock: Clock) -> None:
    early, late = make_account(), make_account()
    path = export_path(run(EXPORT, early.id).id)
    ask_deletion(early, early.id, clock.now)
    clock.advance(days=13)
    ask_deletion(late, late.id, clock.now)
    run(DELETE)
    assert session.get_one(Account, early.id).deleted_at is None
    clock.advance(days=1)
    assert run(DELETE).state == "done"
    assert [session.get_one(Account, one.id).deleted_at is not None for one in (early, late)] == [True, False]
    assert not path.exists()


def test_export_asked_for_before_a_deletion_is_refused_after_it(session: Db, run: Run, clock: Clock) -> None:
    account = make_account()
    job = enqueue(EXPORT, "early", {}, clock.now, account_id=account.id)
    ask_deletion(account, account.id, clock.now)
    clock.advance(days=14)
    run(DELETE)
    run(EXPORT)
    assert session.get_one(Job, job.id).refusal == "The account was deleted."
    assert not export_path(job.id).exists()


def test_one_deletion_that_must_wait_does_not_hold_up_the_others(session: Db, run: Run, clock: Clock) -> None:
    last, other = make_account("administrator"), make_account()
    make_account("administrator", email="b@example.org")
    ask_deletion(last, last.id, clock.now)
    ask_deletion(other, other.id, clock.now)
    session.get_one(Account, session.scalars(select(Account.id).filter_by(email="b@example.org")).one()).active = False
    clock.advance(days=15)
    job = run(DELETE)
    assert (job.state, "Nobody else administers" in (job.refusal or "")) == ("failed", True)
    assert session.get_one(Account, other.id).deleted_at == clock.now
    assert session.get_one(Account, last.id).deleted_at is None
    waiting = select(AccountDeletion.account_id).where(AccountDeletion.state == "asked")
    assert session.scalars(waiting).all() == [last.id], "it is tried again tomorrow"


def test_old_records_are_erased_once(session: Db, run: Run, clock: Clock) -> None:
    whole = make_whole("Ada Lovelace", "adamark", clock.now)
    ask_deletion(whole.account, whole.account.id, clock.now)
    clock.advance(days=14)
    run(DELETE)
    clock.advance(days=6 * 366)
    assert [run(ERASE).state, run(ERASE).state] == ["done", "done"]
    assert session.get_one(Certificate, whole.certificate.id).name == "Erased"


def test_killed_worker_leaves_each_account_deleted_or_not(
    session: Db, run: Run, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = [make_account(name=f"Person {letter}") for letter in "ABC"]
    for account in accounts:
        ask_deletion(account, account.id, clock.now)
    clock.advance(days=14)
    calls: list[int] = []

    def die(_now: datetime) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return 0

    with monkeypatch.context() as broken:
        broken.setattr("certificates.privacy.operations.erase_old", die)
        run(DELETE)
    gone = [session.get_one(Account, one.id) for one in accounts]
    assert [one.deleted_at is not None for one in gone] == [True, False, False]
    assert gone[1].name == "Person B"
    clock.advance(**{"seconds": timedelta(minutes=10).total_seconds()})
    db.session.rollback()
    run(DELETE)
    assert all(session.get_one(Account, one.id).deleted_at for one in accounts)
