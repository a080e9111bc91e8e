"""The pages of outcomes: an activity's results, the year, and activities for PARS."""

import json
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity, make_attempt, make_claim, sign_in

Db = scoped_session[Session]
YEAR = FIXED_NOW.year
EVIL = "<b>bold</b>"


@pytest.fixture
def administrator(client: FlaskClient, session: Db) -> FlaskClient:
    return sign_in(client, make_account(ADMINISTRATOR))


@pytest.fixture
def activity(session: Db) -> Activity:
    found = make_activity(title=f"Heart failure {EVIL}", minutes=60, maximum_credit=Decimal("1.00"))
    make_claim(make_attempt(found, make_account(), right=3))
    return found


def test_results_of_an_activity_are_a_page_and_a_table(administrator: FlaskClient, activity: Activity) -> None:
    page = administrator.get(f"/outcomes/activity/{activity.id}").text
    assert EVIL not in page
    assert "Recognise heart failure" in page
    assert "Strongly agree" in page
    assert "none with relevant relationships" in page
    table = administrator.get(f"/outcomes/activity/{activity.id}/results.csv").text
    assert "Credit,AMA PRA Category 1 Credit(s)™,Claimed in all,0.25" in table


def test_draft_has_no_results(administrator: FlaskClient, session: Db) -> None:
    draft = make_activity(publish=False)
    assert administrator.get(f"/outcomes/activity/{draft.id}").status_code == 404


def test_activity_nobody_took_says_so(administrator: FlaskClient, session: Db) -> None:
    page = administrator.get(f"/outcomes/activity/{make_activity().id}").text
    assert all(words in page for words in ("Nobody has started it yet", "Nobody has evaluated it yet", "No credit"))


def test_year_is_summed_up_on_a_page_and_in_a_table(administrator: FlaskClient, activity: Activity) -> None:
    page = administrator.get(f"/outcomes/summary?year={YEAR}").text
    assert "Enduring material" in page
    assert "<em>AMA PRA Category 1 Credit(s)</em>™" in page
    assert "Activities,All,Physicians,1" in administrator.get(f"/outcomes/summary.csv?year={YEAR}").text
    assert "Nothing in 1999" in administrator.get("/outcomes/summary?year=1999").text


def test_activities_go_to_pars_and_those_that_lack_something_are_held_and_listed(
    administrator: FlaskClient, session: Db, activity: Activity
) -> None:
    lacking = make_activity(title="Lacking")
    lacking.released_on = None
    session.flush()
    page = administrator.get(f"/outcomes/?year={YEAR}").text
    assert "1 activity is held back" in page
    assert "The release date is missing." in page
    answer = administrator.post("/outcomes/pars/json", data={"year": YEAR})
    metrics = json.loads(answer.text)["ACCMEActivities"]["MedicalEducationMetrics"]
    assert [one["ActivityDescription"]["LOM"]["General"]["Identifier"] for one in metrics] == [str(activity.id)]
    assert administrator.post("/outcomes/pars/xml", data={"year": YEAR}).text.startswith("<?xml")
    assert administrator.post("/outcomes/pars/csv", data={"year": YEAR}).status_code == 404
    subjects = session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "report.exported")).all()
    assert subjects == ["report:pars activities json", "report:pars activities xml"]


def test_list_is_searched_by_title(administrator: FlaskClient, activity: Activity) -> None:
    assert "Heart failure" in administrator.get(f"/outcomes/?year={YEAR}&q=HEART").text
    assert "Nothing matches" in administrator.get(f"/outcomes/?year={YEAR}&q=kidney").text
