"""Plans from the terminal."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from tests.factories import make_account, make_subscription

Db = scoped_session[Session]


def test_plan_is_granted_and_its_cache_checked(plans_app: Flask, plans_session: Db) -> None:
    person = make_account(email="ada@example.org")
    held = make_subscription(person, "small")
    held.state = "canceled"
    plans_session.commit()
    runner = plans_app.test_cli_runner()
    assert runner.invoke(args=["plans", "rebuild"]).output == "1 differed.\n"
    assert runner.invoke(args=["plans", "rebuild"]).output == "0 differed.\n"
    granted = runner.invoke(args=["plans", "grant", "Ada@example.org", "great", "--until", "2091-12-31"])
    assert granted.output == "ada@example.org: great until 2091-12-31\n"
    plans_session.refresh(held)
    assert held.plan == "great"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["nobody@example.org", "great", "--until", "2091-12-31"], "no account"),
        (["ada@example.org", "gold", "--until", "2091-12-31"], "There is no plan 'gold'"),
        (["ada@example.org", "great", "--until", "2001-12-31"], "has not passed"),
        (["ada@example.org", "great"], "--until"),
    ],
)
def test_grant_that_makes_no_sense_fails_in_words(
    plans_app: Flask, plans_session: Db, given: list[str], words: str
) -> None:
    make_account(email="ada@example.org")
    plans_session.commit()
    result = plans_app.test_cli_runner().invoke(args=["plans", "grant", *given])
    assert result.exit_code != 0
    assert words in result.output
