"""Reports from the terminal: every format, and what is held back is told."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.reporting.commands import LEARNER_FORMATS
from certificates.reporting.models import Report
from quizbank.accounts.models import AuditEntry
from tests.certificates.reporting.samples import claim_by, make_license, make_physician
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity

Db = scoped_session[Session]
YEAR = str(FIXED_NOW.year)
BEGINNINGS = {
    "pars-json": '{\n "ACCMELearnerReports"',
    "pars-xml": '<?xml version="1.0"',
    "pars-tab": "Add\t",
    "ce-broker": "\ufeffProvider number,",
    "csv": "\ufeffGiven name,",
}


@pytest.fixture
def claimed(session: Db) -> Db:
    """Return a database in which one physician can be reported, and one is held back."""
    activity = make_activity(title="Heart failure", minutes=60, maximum_credit=Decimal("1.00"))
    account, _ = make_physician()
    make_license(account)
    claim_by(account, activity)
    claim_by(make_account(name="Bob Held"), activity)
    session.commit()
    return session


@pytest.mark.parametrize("wanted", LEARNER_FORMATS)
def test_learners_are_written_in_every_format_and_nothing_is_noted_as_sent(
    app: Flask, claimed: Db, tmp_path: Path, wanted: str
) -> None:
    out = tmp_path / "out"
    args = ["reporting", "learners", "--year", YEAR, "--format", wanted, "--out", str(out)]
    result = app.test_cli_runner().invoke(args=args)
    assert result.exit_code == 0, result.output
    assert out.read_text(encoding="utf-8").startswith(BEGINNINGS[wanted])
    assert claimed.scalars(select(Report)).all() == []
    assert claimed.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == "report.exported"


def test_held_rows_are_told_with_the_reason_and_the_place(app: Flask, claimed: Db, tmp_path: Path) -> None:
    args = ["reporting", "learners", "--year", YEAR, "--format", "pars-json", "--out", str(tmp_path / "out")]
    output = app.test_cli_runner().invoke(args=args).output
    assert "1 written, 1 held back." in output
    assert "Bob Held, Heart failure: There is no medical license and no NPI. (the person's wallet" in output


def test_year_without_completions_writes_an_empty_report(app: Flask, claimed: Db, tmp_path: Path) -> None:
    out = tmp_path / "out"
    args = ["reporting", "learners", "--year", "1999", "--format", "pars-json", "--out", str(out)]
    assert "0 written, 0 held back." in app.test_cli_runner().invoke(args=args).output
    assert json.loads(out.read_text())["ACCMELearnerReports"]["ActivityReports"]["ActivityReport"] == []


def test_activities_summary_and_statements_are_written(app: Flask, claimed: Db, tmp_path: Path) -> None:
    runner, out = app.test_cli_runner(), tmp_path / "out"
    for kind, begins in (("json", '{\n "ACCMEActivities"'), ("xml", "<?xml"), ("tab", "\t" + YEAR)):
        result = runner.invoke(args=["reporting", "activities", "--year", YEAR, "--format", kind, "--out", str(out)])
        assert "1 written, 0 held back." in result.output
        assert out.read_text().startswith(begins)
    runner.invoke(args=["reporting", "summary", "--year", YEAR, "--out", str(out)])
    assert "Activities,All,Physicians,2" in out.read_text(encoding="utf-8")
    runner.invoke(args=["reporting", "xapi", "--year", YEAR, "--out", str(out)])
    assert len(json.loads(out.read_text())) == 4


@pytest.mark.parametrize("args", [["--year", "12"], ["--year", YEAR, "--format", "pdf"], []])
def test_order_that_makes_no_sense_fails_in_words(app: Flask, args: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=["reporting", "learners", *args, "--out", "x"])
    assert result.exit_code == 2
    assert "Error" in result.output
