"""Pages that lead to the payment service, and the messages it sends back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.db import utc_now
from quizbank.plans.models import Subscription, SubscriptionEvent
from tests.factories import make_account, sign_in
from tests.quizbank.plans.conftest import Service, count, sold
from tests.quizbank.plans.messages import signed, stripe_message

Db = scoped_session[Session]


def test_checkout_leads_to_the_payment_service_by_a_plain_link(
    learner: FlaskClient, service: Service, person: Account
) -> None:
    assert "Choose Small" in learner.get("/plans/compare").text
    page = learner.post("/plans/checkout/small")
    assert 'href="https://checkout.example/pay?a=1&amp;b=2"' in page.text
    asked = ("checkout", "small", person.id, person.email, "http://127.0.0.1:8000/plans/")
    assert [one[:-1] for one in service.asked] == [asked]
    for name in ("reading", "gold"):
        assert learner.post(f"/plans/checkout/{name}").status_code == 400
    sold(service, person)
    assert learner.post("/plans/checkout/great").status_code == 409
    service.is_reachable = False
    assert sign_in(learner, make_account()).post("/plans/checkout/small").status_code == 503


def test_two_tabs_are_led_to_one_purchase_and_a_new_one_begins_once_it_is_made(
    learner: FlaskClient, service: Service, person: Account, plans_session: Db
) -> None:
    for _tab in range(2):
        learner.post("/plans/checkout/small")
    held = sold(service, person)
    held.ends_at = utc_now() - timedelta(days=1)
    plans_session.commit()
    learner.post("/plans/checkout/small")
    first, second, later = (asked[-1] for asked in service.asked if asked[0] == "checkout")
    assert first == second != later


def test_without_a_payment_service_nothing_can_be_bought(learner: FlaskClient) -> None:
    assert learner.post("/plans/checkout/small").status_code == 400
    assert "ask an administrator for one" in learner.get("/plans/compare").text


def deliver(app: Flask, message: Mapping[str, Any], **headers: str) -> int:
    """Send a message as Stripe does, from outside and without a session, and return the status."""
    body, signature = signed(message)
    given = {"Stripe-Signature": signature, **headers}
    return (
        app.test_client().post("/plans/messages", data=body, content_type="application/json", headers=given).status_code
    )


def test_signed_message_from_outside_is_taken_once(plans_app: Flask, service: Service, person: Account) -> None:
    message = stripe_message(account=person.id)
    assert [deliver(plans_app, message) for _ in range(3)] == [200, 200, 200]
    assert count(SubscriptionEvent) == 1
    assert count(AuditEntry, AuditEntry.action == "plan.reported") == 1


def test_messages_that_are_not_the_services_change_nothing(plans_app: Flask, service: Service, person: Account) -> None:
    body, signature = signed(stripe_message(account=person.id))
    client = plans_app.test_client()
    forged = [
        ({}, body), ({"Stripe-Signature": signature}, body + b" "), ({"Stripe-Signature": "t=1,v1=é"}, body),
        ({"Stripe-Signature": signature}, b""), ({"Stripe-Signature": signature}, b"\xff" * 1000),
    ]  # fmt: skip
    for headers, given in forged:
        assert client.post("/plans/messages", data=given, headers=headers).status_code == 400
    assert (
        client.post("/plans/messages", data=b"x" * 300_000, headers={"Stripe-Signature": signature}).status_code == 413
    )
    assert client.get("/plans/messages").status_code == 405
    assert deliver(plans_app, stripe_message(account=person.id, price="price_unknown")) == 409
    assert deliver(plans_app, stripe_message(account=person.id + 999)) == 200
    assert deliver(plans_app, stripe_message(type="invoice.paid")) == 200
    assert count(Subscription) == 0
