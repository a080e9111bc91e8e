"""Requirements through HTTP: choosing rules, what is still missing by when, and following no more."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app import create_app
from certificates.wallet.models import FollowedRules
from certificates.wallet.requirements.rules import DamagedRules
from quizbank.accounts.models import Account
from tests.certificates.wallet.wallets import make_external, make_followed, make_license
from tests.conftest import TEST_SETTINGS
from tests.factories import make_account, sign_in

Db = scoped_session[Session]


@pytest.fixture
def person(session: Db) -> Account:
    return make_account()


@pytest.fixture
def client_of(app: Flask, person: Account) -> FlaskClient:
    return sign_in(app.test_client(), person)


def count(session: Db) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(FollowedRules)) or 0


def test_rules_are_chosen_for_a_license_and_told(client_of: FlaskClient, person: Account, session: Db) -> None:
    assert "You follow no rules yet" in client_of.get("/wallet/requirements/").text
    license = make_license(person)
    make_external(person, "3", topics=["patient safety"])
    session.commit()
    page = client_of.get("/wallet/requirements/choose").text
    assert "These are samples" in page
    sent = {"rules": "sample-state-b", "license": str(license.id)}
    answer = client_of.post("/wallet/requirements/choose", data=sent, follow_redirects=True)
    assert "Retired" in answer.text  # it asks for exemptions next
    page = client_of.get("/wallet/requirements/").text
    assert "57 more by" in page
    assert "Patient safety: 3 of 3" in page
    assert "They are no law anywhere" in page
    client_of.post("/wallet/requirements/choose", data=sent)
    assert count(session) == 1


def test_exemption_that_applies_changes_what_is_asked_for(client_of: FlaskClient, person: Account, session: Db) -> None:
    followed_id = make_followed(person).id
    session.commit()
    place = f"/wallet/requirements/{followed_id}/edit"
    client_of.post(place, data={"exemptions": ["retired"]})
    assert "15 more by" in client_of.get("/wallet/requirements/").text
    assert client_of.post(place, data={"exemptions": ["rich"]}).status_code == 400


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("sample-state-a", "enter its month and day under Identity"),
        ("sample-state-c", "the day your license was issued"),
        ("sample-controlled", "when your license expires"),
        ("sample-college", "the day on which one of your cycles began"),
    ],
)
def test_what_is_not_known_yet_is_asked_for(
    client_of: FlaskClient, person: Account, session: Db, rules: str, words: str
) -> None:
    make_followed(person, rules=rules)
    make_external(person)
    session.commit()
    for place in ("/wallet/requirements/", "/wallet/", "/"):
        page = client_of.get(place)
        assert page.status_code == 200
    assert words in client_of.get("/wallet/requirements/").text


def test_cycle_of_ones_own_begins_on_the_day_entered(client_of: FlaskClient, person: Account, session: Db) -> None:
    followed_id = make_followed(person, rules="sample-college").id
    session.commit()
    place = f"/wallet/requirements/{followed_id}/edit"
    assert client_of.post(place, data={"starts_on": "1066-10-14"}).status_code == 400
    client_of.post(place, data={"starts_on": "2024-02-29"})
    assert "50 more by 2" in client_of.get("/wallet/requirements/").text


def test_license_of_somebody_else_cannot_be_chosen(client_of: FlaskClient, session: Db) -> None:
    theirs = make_license(make_account())
    session.commit()
    answer = client_of.post("/wallet/requirements/choose", data={"rules": "sample-state-b", "license": str(theirs.id)})
    assert answer.status_code == 400
    assert count(session) == 0


def test_following_ends_only_when_confirmed(client_of: FlaskClient, person: Account, session: Db) -> None:
    followed_id = make_followed(person).id
    session.commit()
    assert "Your credit stays as it is" in client_of.get(f"/wallet/requirements/{followed_id}/stop").text
    assert count(session) == 1
    client_of.post(f"/wallet/requirements/{followed_id}/stop")
    assert count(session) == 0


def test_rules_that_are_offered_no_more_are_told_and_can_be_left(
    client_of: FlaskClient, person: Account, session: Db
) -> None:
    followed = make_followed(person)
    followed.rules = "gone"
    session.commit()
    assert "not offered any more" in client_of.get("/wallet/requirements/").text
    assert client_of.get("/wallet/").status_code == client_of.get("/").status_code == 200
    assert client_of.get(f"/wallet/requirements/{followed.id}/edit").status_code == 409
    assert client_of.post(f"/wallet/requirements/{followed.id}/stop").status_code == 302


def test_damaged_file_of_rules_stops_the_start(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "rules.toml"  # type: ignore[operator]
    file.write_text("format = 1")
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    with pytest.raises(DamagedRules):
        create_app({**TEST_SETTINGS, "REQUIREMENTS_FILE": str(file)})
