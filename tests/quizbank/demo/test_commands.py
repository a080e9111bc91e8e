"""A fresh installation's demo: what it publishes, whom it creates, and that a second start changes nothing."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account
from quizbank.activities.availability import PUBLISHED
from quizbank.activities.models import Activity
from quizbank.db import db
from quizbank.demo.operations import sample_files

Db = scoped_session[Session]


@pytest.fixture
def first_load(app: Flask) -> str:
    """Return what the first load of the demo prints."""
    return load(app)


def load(app: Flask) -> str:
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert result.exit_code == 0, result.output
    return result.output


def test_two_activities_are_published_from_the_sample_documents(first_load: str, session: Db) -> None:
    activities = db.session.scalars(select(Activity)).all()
    assert len(activities) == len(sample_files()) == 2
    assert all(activity.state == PUBLISHED and len(activity.items) >= 8 for activity in activities)


def test_passwords_are_printed_once_and_are_random(first_load: str, app: Flask) -> None:
    passwords = re.findall(r"password: (\S+)", first_load)
    assert len(set(passwords)) == 2
    assert min(map(len, passwords)) >= 16
    assert "password" not in load(app)


def test_second_load_keeps_the_data_and_adds_nothing(first_load: str, app: Flask, session: Db) -> None:
    before = counts()
    load(app)
    assert counts() == before


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Account, Activity)]
