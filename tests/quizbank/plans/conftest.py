"""An application where people need a plan, and a file of plans with one of everything."""

from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

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
