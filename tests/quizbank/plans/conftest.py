"""An application where people need a plan, and a file of plans with one of everything."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.db import db, utc_now
from quizbank.plans.catalogue import Plan
from quizbank.plans.models import Subscription
from quizbank.plans.operations import take_message
from quizbank.plans.payment import ProviderUnreachable
from quizbank.plans.stripe_provider import StripeProvider
from tests.factories import make_account, sign_in
from tests.quizbank.plans.messages import SECRET, signed, stripe_message

Db = scoped_session[Session]
NEXT_YEAR = timedelta(days=365)

PLANS = """
currency = "USD"

[[plan]]
name = "small"
title = "Small"
price = "5.00"
payment_price = "price_small"
[plan.includes.activities]
quota = 2
[plan.includes.credit]

[[plan]]
name = "metered"
title = "Metered"
payment_price = "price_metered"
[plan.includes.activities]
quota = 1
per = "year"
price = "2.50"
[plan.includes.credit]

[[plan]]
name = "reading"
title = "Reading"
[plan.includes.credit]

[[plan]]
name = "great"
title = "Great"
payment_price = "price_great"
[plan.includes.activities]
[plan.includes.credit]
"""
TRIAL = '[trial]\nplan = "great"\ndays = 30\n'


@pytest.fixture
def plans_app(app: Flask, tmp_path: Path) -> Flask:
    """Return the application with plans of its own and no trial."""
    return offering(app, tmp_path / "plans.toml", PLANS)


@pytest.fixture
def trial_app(app: Flask, tmp_path: Path) -> Flask:
    """Return the application with the same plans and a trial for everybody new."""
    return offering(app, tmp_path / "trial.toml", TRIAL_FIRST)


TRIAL_FIRST = PLANS.replace("[[plan]]", TRIAL + "\n[[plan]]", 1)


def offering(app: Flask, path: Path, text: str) -> Flask:
    path.write_text(text)
    app.config.update(PLANS=True, PLANS_FILE=str(path))
    return app


@pytest.fixture
def plans_session(plans_app: Flask, session: scoped_session[Session]) -> scoped_session[Session]:
    """Return the database session of the application where people need a plan."""
    return session


class Service(StripeProvider):
    """Stripe, reading messages as ever, but with nothing sent: it notes what it was asked."""

    def __init__(self) -> None:
        super().__init__("sk_test_0123456789", SECRET)
        self.asked: list[tuple[Any, ...]] = []
        self.is_reachable = True

    def note(self, *what: Any) -> None:
        if not self.is_reachable:
            raise ProviderUnreachable("The payment service did not answer. Nothing was changed.")
        self.asked.append(what)

    def checkout(self, plan: Plan, account_id: int, email: str, back: str, purchase: str) -> str:
        self.note("checkout", plan.name, account_id, email, back, purchase)
        return "https://checkout.example/pay?a=1&b=2"

    def set_cancel_at_end(self, reference: str, cancels: bool) -> None:
        self.note("cancel at end", reference, cancels)

    def cancel(self, reference: str) -> None:
        self.note("cancel", reference)


@pytest.fixture
def service(plans_app: Flask) -> Service:
    """Return the payment service of the application."""
    made = Service()
    plans_app.extensions["payment_provider"] = made
    return made


@pytest.fixture
def person(plans_session: Db) -> Account:
    return make_account(email="ada@example.org")


@pytest.fixture
def learner(plans_app: Flask, person: Account) -> FlaskClient:
    return sign_in(plans_app.test_client(), person)


@pytest.fixture
def administrator(plans_app: Flask, plans_session: Db) -> FlaskClient:
    return sign_in(plans_app.test_client(), make_account(ADMINISTRATOR))


def sold(service: Service, person: Account, **more: Any) -> Subscription:
    """Return a subscription that the payment service told us of."""
    now = utc_now().replace(microsecond=0)
    given = {"account": person.id, "at": now, "until": now + NEXT_YEAR, **more}
    message = service.read(*signed(stripe_message(**given)))
    assert message is not None
    found = take_message("stripe", message)
    assert found is not None
    return found


def count(row: type[Any], *conditions: Any) -> int:
    """Return how many rows there are, as another transaction sees them."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(row).where(*conditions)) or 0
