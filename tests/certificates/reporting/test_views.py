"""An administrator prepares a report, reads why rows are held, hands it over and says so; nobody else gets in."""

import csv
import io
import json
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session
from werkzeug.test import TestResponse

from certificates.reporting.models import Report
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER
from quizbank.activities.models import Activity
from quizbank.db import utc_now
from tests.certificates.reporting.samples import NPI, claim_by, make_license, make_physician
from tests.factories import make_account, make_activity, make_attempt, sign_in

Db = scoped_session[Session]
EVIL = "<script>alert(1)</script>"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def administrator(client: FlaskClient, session: Db) -> FlaskClient:
    return sign_in(client, make_account(ADMINISTRATOR, "Alex Administrator"))


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(title="Heart failure", minutes=60, maximum_credit=Decimal("1.00"))


def send(client: FlaskClient, path: str, **fields: object) -> TestResponse:
    return client.post(path, data=fields, follow_redirects=True)


def test_report_goes_from_what_is_due_to_what_is_on_record(
    administrator: FlaskClient, session: Db, activity: Activity
) -> None:
    claim_by(make_physician("Zoë Núñez")[0], activity)
    claim_by(make_account(name="Bob Withoutwallet"), activity)
    page = administrator.get("/reporting/pars/").text
    assert "Prepare a report of 1 claim<" in page
    assert "The month and day of birth are missing." in page
    assert "the person&#39;s wallet, under identity" in page
    report = send(administrator, "/reporting/pars/prepare")
    assert "Prepared, not sent" in report.text
    assert "Núñez, Zoë" in report.text
    assert "Withoutwallet" not in report.text
    found = session.scalars(select(Report)).one()
    path = f"/reporting/reports/{found.id}"
    assert NPI in send(administrator, f"{path}/submit/json").text
    assert ET.fromstring(send(administrator, f"{path}/submit/xml").text).findtext(".//FamilyName") == "Núñez"
    assert send(administrator, f"{path}/submit/tab").text.startswith("Add\t")
    unticked = administrator.post(f"{path}/sent")
    assert (unticked.status_code, "Tick the box" in unticked.text) == (400, True)
    assert "Noted." in send(administrator, f"{path}/sent", confirmed="y").text
    assert "Submitted" in administrator.get("/reporting/pars/?standing=submitted").text
    assert "Prepare a report" not in administrator.get("/reporting/pars/").text


def test_downloads_are_noted_in_the_trail_by_report_and_kind(
    administrator: FlaskClient, session: Db, activity: Activity
) -> None:
    claim_by(make_physician()[0], activity)
    send(administrator, "/reporting/pars/prepare")
    send(administrator, "/reporting/reports/1/submit/xml")
    send(administrator, "/reporting/own.csv", year="2030")
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("report."))).all()
    assert [(one.action, one.subject, one.facts) for one in entries][1:] == [
        ("report.downloaded", "report:1", {"act": "submit", "kind": "xml"}),
        ("report.exported", "report:claims", {"year": 2030}),
    ]


def test_discarded_report_gives_no_files_away_and_frees_the_way(administrator: FlaskClient, activity: Activity) -> None:
    claim_by(make_physician()[0], activity)
    send(administrator, "/reporting/pars/prepare")
    assert "is prepared already" in send(administrator, "/reporting/pars/prepare").text
    assert "must not be handed over" in send(administrator, "/reporting/reports/1/discard").text
    refused = send(administrator, "/reporting/reports/1/sent", confirmed="y")
    assert (refused.status_code, "was discarded already" in refused.text) == (409, True)
    gone = administrator.post("/reporting/reports/1/submit/json")
    assert (gone.status_code, "was discarded" in gone.text) == (409, True)
    assert "Prepared, not sent" in send(administrator, "/reporting/pars/prepare").text


def test_preparing_sent_twice_prepares_once(administrator: FlaskClient, session: Db, activity: Activity) -> None:
    claim_by(make_physician()[0], activity)
    places = {administrator.post("/reporting/pars/prepare", data={"idempotency_key": "k"}).location for _ in range(2)}
    assert places == {"/reporting/reports/1"}
    assert len(session.scalars(select(Report)).all()) == 1


def test_nothing_due_is_refused_in_words(administrator: FlaskClient) -> None:
    assert "Nothing is due" in send(administrator, "/reporting/ce-broker/prepare").text
    assert "Nothing to report" in administrator.get("/reporting/ce-broker/").text
    assert "Nothing matches" in administrator.get("/reporting/ce-broker/?year=1999").text


def test_page_says_which_number_is_not_set(administrator: FlaskClient) -> None:
    assert "PARS_PROVIDER" in administrator.get("/reporting/pars/").text
    administrator.application.config["PARS_PROVIDER"] = "0001234"
    assert "PARS_PROVIDER" not in administrator.get("/reporting/pars/").text


def test_ce_broker_gets_a_roster(administrator: FlaskClient, activity: Activity) -> None:
    account, _ = make_physician()
    make_license(account, "Florida", "ME100")
    claim_by(account, activity)
    send(administrator, "/reporting/ce-broker/prepare")
    answer = administrator.post("/reporting/reports/1/submit/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["License number"], row["State"], row["Hours"]) for row in rows] == [("ME100", "State=FL", "0.25")]


@pytest.mark.parametrize(
    "path",
    ["/reporting/moon/", "/reporting/reports/9", "/outcomes/activity/9"],
)
def test_what_is_not_there_is_404(administrator: FlaskClient, path: str) -> None:
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize("end", ["submit/pdf", "steal/json", "submit/csv"])
def test_file_that_a_destination_does_not_take_is_404(administrator: FlaskClient, activity: Activity, end: str) -> None:
    claim_by(make_physician()[0], activity)
    send(administrator, "/reporting/pars/prepare")
    assert administrator.post(f"/reporting/reports/1/{end}").status_code == 404


@pytest.mark.parametrize("role", [LEARNER, AUTHOR])
@pytest.mark.parametrize(
    "path", ["/reporting/", "/reporting/pars/", "/outcomes/", "/outcomes/summary", "/outcomes/summary.csv"]
)
def test_only_administrators_enter(client: FlaskClient, session: Db, role: str, path: str) -> None:
    assert sign_in(client, make_account(role)).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/reporting/pars/prepare", "/reporting/own.csv", "/reporting/statements.json"])
def test_learner_takes_nothing_out(client: FlaskClient, session: Db, path: str) -> None:
    assert sign_in(client, make_account()).post(path).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["year=0", "year=x", "year=99999999999", "activity=-1", "activity=x", "standing=zzz", "page=-4", "page=x", "q=%25"],
)
def test_address_that_makes_no_sense_falls_back(administrator: FlaskClient, query: str) -> None:
    assert administrator.get(f"/reporting/pars/?{query}").status_code == 200
    assert administrator.get(f"/outcomes/?{query}").status_code == 200


@pytest.mark.parametrize("value", ["x", "-1", "99999999999999999999", "2²", "7"])
def test_form_that_makes_no_sense_is_refused_lest_more_is_told_than_was_meant(
    administrator: FlaskClient, activity: Activity, value: str
) -> None:
    claim_by(make_physician()[0], activity)
    for path in ("/reporting/pars/prepare", "/reporting/own.csv", "/reporting/statements.json"):
        assert administrator.post(path, data={"activity": value}).status_code == 400
        assert administrator.post(path, data={"year": value}).status_code == 400


def test_names_are_text_on_every_page_and_no_formula_in_a_table(administrator: FlaskClient, activity: Activity) -> None:
    account, _ = make_physician(EVIL, given_name=EVIL, family_name="Smith")
    claim_by(account, activity)
    claim_by(make_physician("Formula", given_name=FORMULA)[0], activity)
    page = administrator.get("/reporting/pars/").text
    assert EVIL not in page
    assert "that spreadsheets take for a formula" in page
    assert EVIL not in send(administrator, "/reporting/pars/prepare").text
    table = administrator.post("/reporting/own.csv").text
    assert f"'{FORMULA}" in table


def test_statements_are_a_json_array_of_every_submitted_attempt(administrator: FlaskClient, activity: Activity) -> None:
    claim_by(make_physician()[0], activity)
    make_attempt(activity, make_account(email="fails@example.org"), right=0)
    answer = administrator.post("/reporting/statements.json")
    verbs = [one["verb"]["display"]["en"] for one in json.loads(answer.text)]
    assert sorted(verbs) == ["completed", "failed", "passed"]
    assert "example.org" not in answer.text.replace("cme.example.org", "")
    assert json.loads(administrator.post("/reporting/statements.json", data={"year": "1999"}).text) == []


def test_reports_are_kept_by_no_cache(administrator: FlaskClient) -> None:
    answer = administrator.post("/reporting/own.csv")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_pages_are_empty_at_first_and_say_what_comes(administrator: FlaskClient) -> None:
    assert "None yet." in administrator.get("/reporting/").text
    assert f"No activity in {utc_now().year}" in administrator.get("/outcomes/").text
