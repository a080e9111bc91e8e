"""Pages about plans, through HTTP: what each person sees in each state."""

import io
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from app import create_app
from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import utc_now
from quizbank.plans.catalogue import ACTIVITIES, DamagedPlans
from quizbank.plans.models import LedgerEntry, Subscription, SubscriptionEvent
from quizbank.plans.operations import use_benefit
from quizbank.plans.queries import plans_are_needed
from tests.conftest import TEST_SETTINGS
from tests.factories import make_account, make_activity, make_attempt, make_subscription, sign_in
from tests.quizbank.plans.conftest import NEXT_YEAR, Service, count, sold

Db = scoped_session[Session]
PAGES = ("/plans/", "/plans/compare", "/plans/subscriptions", "/plans/grant", "/plans/import", "/plans/ledger.csv")


def test_without_the_setting_there_is_not_one_page_of_plans_and_nothing_mentions_them(app: Flask, session: Db) -> None:
    client = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    assert not plans_are_needed()
    assert [client.get(page).status_code for page in PAGES] == [404] * len(PAGES)
    assert client.post("/plans/checkout/small").status_code == 404
    assert client.post("/plans/messages").status_code == 400
    activity = make_activity(now=utc_now())
    for page in ("/", f"/attempts/activity/{activity.id}"):
        text = client.get(page).text
        assert "/plans" not in text
        assert "plan" not in text.replace("planners", "").lower()


def test_my_plan_tells_a_person_without_one_what_to_do(learner: FlaskClient, service: Service) -> None:
    assert "Choose a plan" in learner.get("/plans/").text


def test_my_plan_says_what_the_trial_will_be(trial_app: Flask, session: Db) -> None:
    client = sign_in(trial_app.test_client(), make_account())
    assert "begins a trial of Great: 30 days, nothing is charged" in client.get("/plans/").text
    activity = make_activity(now=utc_now())
    assert client.post(f"/attempts/start/{activity.id}").location == "/attempts/1"
    assert "In trial" in client.get("/plans/").text


def test_my_plan_in_force_says_what_is_left_and_until_when(learner: FlaskClient, person: Account) -> None:
    make_subscription(person, "small", datetime.fromisoformat("2091-01-01T00:00+00:00"))
    use_benefit(person.id, ACTIVITIES, "activity:7", utc_now(), title="Sepsis <b>")
    text = " ".join(learner.get("/plans/").text.split())
    assert "Until 31 December 2090" in text
    assert "1 of 2 left" in text
    assert "Without limit, at no extra charge" in text
    assert "(Sepsis &lt;b&gt;)" in text


def test_plan_that_ended_keeps_what_was_earned_and_says_so(learner: FlaskClient, person: Account) -> None:
    make_subscription(person, "small", utc_now() - timedelta(days=1))
    text = learner.get("/plans/").text
    assert "No plan in force" in text
    assert "Everything you earned stays yours" in text
    assert "ask an administrator" in text


def test_reason_of_a_cancellation_is_told(learner: FlaskClient, administrator: FlaskClient, person: Account) -> None:
    held = make_subscription(person, "small", utc_now() + NEXT_YEAR)
    page = f"/plans/subscriptions/{held.id}"
    assert administrator.post(f"{page}/cancel", data={"reason": "  "}).status_code == 400
    assert administrator.post(f"{page}/cancel", data={"reason": "<b>Left</b>"}).status_code == 302
    assert "Reason: &lt;b&gt;Left&lt;/b&gt;" in learner.get("/plans/").text
    assert "This plan has ended already" in administrator.post(f"{page}/cancel", data={"reason": "again"}).text
    assert "has ended already" in administrator.post(f"{page}/extend", data={"until": "2091-01-01"}).text


def test_failed_payment_is_told_with_the_days_that_are_left(
    learner: FlaskClient, service: Service, person: Account
) -> None:
    sold(service, person, status="past_due")
    text = learner.get("/plans/").text
    assert "Payment overdue" in text
    assert "stays in force for 14 days" in text


def test_person_cancels_at_the_end_and_resumes(learner: FlaskClient, person: Account, plans_session: Db) -> None:
    held = make_subscription(person, "small", utc_now() + NEXT_YEAR)
    assert "is not renewed" in learner.post(f"/plans/cancel/{held.id}", follow_redirects=True).text
    assert "Keep my plan" in learner.get("/plans/").text
    assert "goes on" in learner.post(f"/plans/resume/{held.id}", follow_redirects=True).text
    plans_session.refresh(held)
    assert [event.kind for event in held.events] == ["granted", "cancel asked", "resumed"]


def test_payment_service_is_told_first_and_nothing_changes_when_it_does_not_answer(
    learner: FlaskClient, administrator: FlaskClient, service: Service, person: Account, plans_session: Db
) -> None:
    held = sold(service, person)
    service.is_reachable = False
    assert "Nothing was changed" in learner.post(f"/plans/cancel/{held.id}", follow_redirects=True).text
    page = f"/plans/subscriptions/{held.id}"
    assert "Nothing was changed" in administrator.post(f"{page}/cancel", data={"reason": "x"}).text
    plans_session.refresh(held)
    assert (held.cancels_at_end, held.state) == (False, "active")
    service.is_reachable = True
    learner.post(f"/plans/cancel/{held.id}")
    learner.post(f"/plans/resume/{held.id}")
    administrator.post(f"{page}/cancel", data={"reason": "x"})
    assert service.asked == [("cancel at end", "sub_1", True), ("cancel at end", "sub_1", False), ("cancel", "sub_1")]
    plans_session.refresh(held)
    assert held.state == "canceled"


def test_somebody_elses_subscription_is_not_there(learner: FlaskClient, plans_session: Db) -> None:
    held = make_subscription(make_account(), "small", utc_now() + NEXT_YEAR)
    for action in ("cancel", "resume"):
        assert learner.post(f"/plans/{action}/{held.id}").status_code == 404
        assert learner.post(f"/plans/{action}/{held.id + 1}").status_code == 404
    plans_session.refresh(held)
    assert held.revision == 1


def test_start_is_refused_on_the_page_and_by_the_button_alike(learner: FlaskClient, person: Account) -> None:
    activity = make_activity(now=utc_now())
    page = f"/attempts/activity/{activity.id}"
    text = learner.get(page).text
    assert "Cannot be started now" in text
    assert "needs a plan: choose one under My plan" in text
    assert "Start the questions" not in text
    refused = learner.post(f"/attempts/start/{activity.id}", follow_redirects=True)
    assert "needs a plan" in refused.text
    assert count(LedgerEntry) == 0


def test_start_beyond_the_quota_costs_what_the_button_says(learner: FlaskClient, person: Account) -> None:
    make_subscription(person, "metered", utc_now() + NEXT_YEAR)
    use_benefit(person.id, ACTIVITIES, "activity:999", utc_now())
    activity = make_activity(now=utc_now())
    text = learner.get(f"/attempts/activity/{activity.id}").text
    assert "Start the questions for USD 2.50" in text
    assert 'name="agreed" value="2.50"' in text
    for agreed in ("", "0.00", "2.5", "NaN", "-2.50", "1e9"):
        answer = learner.post(f"/attempts/start/{activity.id}", data={"agreed": agreed}, follow_redirects=True)
        assert "costs USD 2.50 beyond what your plan includes" in answer.text, agreed
    assert learner.post(f"/attempts/start/{activity.id}", data={"agreed": "2.50"}).location == "/attempts/1"
    assert count(LedgerEntry, LedgerEntry.price == Decimal("2.50")) == 1


def test_end_of_a_plan_blocks_starting_and_nothing_else(
    learner: FlaskClient, person: Account, administrator: FlaskClient
) -> None:
    held = make_subscription(person, "great", utc_now() + NEXT_YEAR)
    begun = utc_now() - timedelta(hours=1)
    passed = make_attempt(make_activity(now=begun), person, right=3, now=begun)
    opened = make_attempt(make_activity(now=begun), person, now=begun)
    administrator.post(f"/plans/subscriptions/{held.id}/cancel", data={"reason": "Left"})
    assert learner.get(f"/attempts/{opened.id}").status_code == 200
    assert learner.post(f"/attempts/start/{opened.activity_id}").location == f"/attempts/{opened.id}"
    assert learner.get(f"/attempts/{passed.id}/result").status_code == 200
    answers = {"objectives_met": 5, "knowledge": 4, "practice": 4, "balanced": 5, "change": ""}
    learner.post(f"/credits/{passed.id}/evaluation", data=answers)
    claimed = learner.post(f"/credits/{passed.id}/claim", data={"amount": "0.25", "attested": "y"})
    assert claimed.location == f"/issuing/attempt/{passed.id}"
    assert learner.get(claimed.location, follow_redirects=True).status_code == 200
    later = make_activity(now=utc_now())
    assert "Your plan Great ended" in learner.post(f"/attempts/start/{later.id}", follow_redirects=True).text


def test_pass_after_the_end_waits_for_a_new_plan(learner: FlaskClient, person: Account) -> None:
    now = utc_now()
    make_subscription(person, "great", now - timedelta(minutes=55))
    begun = now - timedelta(hours=1)
    passed = make_attempt(make_activity(now=begun), person, right=3, now=begun)
    answers = {"objectives_met": 5, "knowledge": 4, "practice": 4, "balanced": 5, "change": ""}
    learner.post(f"/credits/{passed.id}/evaluation", data=answers)
    refused = learner.post(f"/credits/{passed.id}/claim", data={"amount": "0.25", "attested": "y"})
    assert refused.status_code == 409
    assert "needs a plan: choose one under My plan" in refused.text
    assert learner.get(f"/credits/{passed.id}/claim").status_code == 409
    make_subscription(person, "small", utc_now() + NEXT_YEAR)
    claimed = learner.post(f"/credits/{passed.id}/claim", data={"amount": "0.25", "attested": "y"})
    assert claimed.status_code == 302


def test_administrator_finds_grants_extends_and_downloads(
    administrator: FlaskClient, service: Service, person: Account, plans_session: Db
) -> None:
    assert "Nobody has a plan yet" in administrator.get("/plans/subscriptions").text
    given = {"email": " ADA@example.org ", "plan": "small", "until": "2090-12-31", "reason": "=cmd()"}
    made = administrator.post("/plans/grant", data=given)
    assert made.location == "/plans/subscriptions/1"
    assert "31 December 2090" in administrator.get(made.location).text
    assert administrator.post(f"{made.location}/extend", data={"until": "2091-01-31"}).status_code == 302
    assert "31 January 2091" in administrator.get(made.location).text
    lapsed = make_account(name="=HYPERLINK(1)", email="bob@example.org")
    make_subscription(lapsed, "great", utc_now() - timedelta(days=1))
    sold(service, make_account(email="eve@example.org"), status="past_due")
    for query, found in {
        "": {"ada", "bob", "eve"}, "?q=ADA@": {"ada"}, "?plan=great": {"bob"}, "?standing=in_force": {"ada", "eve"},
        "?standing=active": {"ada"}, "?standing=ended": {"bob"}, "?standing=past_due": {"eve"}, "?standing=canceled": set(),
        "?standing=nonsense": {"ada", "bob", "eve"},
    }.items():  # fmt: skip
        for address in ("/plans/subscriptions", "/plans/subscriptions.csv"):
            text = administrator.get(address + query).text
            assert {name for name in ("ada", "bob", "eve") if f"{name}@example.org" in text} == found, address + query
    assert "'=HYPERLINK(1)" in administrator.get("/plans/subscriptions.csv").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": "nobody@example.org"}, "Nobody here has this e-mail address"),
        ({"email": "nonsense"}, "not an e-mail address"),
        ({"plan": "gold"}, "Not a valid choice"),
        ({"until": "2001-01-01"}, "has not passed"),
        ({"until": "9999-12-31"}, "between the years"),
        ({"until": "soon"}, "Not a valid date value"),
    ],
)
def test_grant_that_makes_no_sense_is_refused_beside_its_field(
    administrator: FlaskClient, person: Account, given: dict[str, str], words: str
) -> None:
    usual = {"email": person.email, "plan": "small", "until": "2091-01-31", "reason": ""}
    answer = administrator.post("/plans/grant", data={**usual, **given})
    assert answer.status_code == 400
    assert words in answer.text


def bring(client: FlaskClient, text: str) -> Any:
    data = {"file": (io.BytesIO(text.encode()), "people.csv")}
    return client.post("/plans/import", data=data, content_type="multipart/form-data")


def test_import_takes_all_or_nothing_and_takes_back_what_was_downloaded(
    administrator: FlaskClient, person: Account, plans_session: Db
) -> None:
    make_account(email="bob@example.org")
    head = "e-mail,plan,until\nada@example.org,small,2091-12-31\n"
    refused = bring(administrator, head + "bob@example.org,gold,2091-12-31\nmallory@example.org,small,2091-12-31\n")
    assert refused.status_code == 400
    assert "Nothing was imported" in refused.text
    assert "Nobody here has the e-mail address mallory@example.org." in refused.text
    assert "There is no plan &#39;gold&#39;" in refused.text
    assert count(Subscription) == 0
    taken = bring(administrator, head + "bob@example.org,great,2091-12-31\n")
    assert taken.location == "/plans/subscriptions"
    assert count(Subscription) == 2
    again = bring(administrator, administrator.get("/plans/subscriptions.csv").text)
    assert again.status_code == 302
    assert count(SubscriptionEvent) == 4
    assert administrator.post("/plans/import").status_code == 400


def test_ledger_is_downloaded_with_its_prices(administrator: FlaskClient, person: Account) -> None:
    make_subscription(person, "metered", utc_now() + NEXT_YEAR)
    use_benefit(person.id, ACTIVITIES, "activity:1", utc_now())
    use_benefit(person.id, ACTIVITIES, "activity:2", utc_now(), Decimal("2.50"))
    lines = administrator.get("/plans/ledger.csv").text.splitlines()
    assert [line.split(",")[-2:] for line in lines] == [["Price", "Currency"], ["0.00", "USD"], ["2.50", "USD"]]


def test_damaged_file_of_plans_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    path = tmp_path / "plans.toml"
    path.write_text("[[plan]]")
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "instance"))
    with pytest.raises(DamagedPlans, match="name of plan 1"):
        create_app({**TEST_SETTINGS, "PLANS_FILE": str(path), "SQLALCHEMY_DATABASE_URI": "sqlite://"})
