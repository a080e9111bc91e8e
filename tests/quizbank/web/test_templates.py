"""Parts of pages that are made once: the same for everybody, and nothing of one person or one address in another's page."""

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from jinja2 import DictLoader
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.web import templates
from quizbank.web.templates import Templates, drawn_once
from tests.factories import make_account, sign_in

Db = scoped_session[Session]


@pytest.fixture
def place() -> Flask:
    return Flask("place")


def test_part_is_made_once_for_each_thing_given(place: Flask) -> None:
    made: list[str] = []

    def part(word: str) -> str:
        made.append(word)
        return f"<{word}>"

    for _ in range(3):
        with place.test_request_context():
            assert (drawn_once(part, "one"), drawn_once(part, "two")) == ("<one>", "<two>")
    assert made == ["one", "two"]


def test_part_is_made_anew_where_the_application_stands_elsewhere(place: Flask) -> None:
    def home() -> str:
        return place.url_for("static", filename="mark.svg")

    addresses = []
    for root in ("", "/elsewhere", ""):
        with place.test_request_context(environ_overrides={"SCRIPT_NAME": root}):
            addresses.append(drawn_once(home))
    assert addresses == ["/static/mark.svg", "/elsewhere/static/mark.svg", "/static/mark.svg"]


def test_no_more_parts_are_kept_than_allowed(place: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "MOST_KEPT", 3)
    with place.test_request_context():
        assert [drawn_once(str, number) for number in range(10)] == [str(number) for number in range(10)]
    assert len(place.extensions["page_parts"]) <= 3


def test_macro_from_elsewhere_knows_what_every_template_knows() -> None:
    place = Flask("place")
    place.jinja_environment = Templates
    place.jinja_env.loader = DictLoader({"parts.html": "{% macro greet(name) %}{{ hello }}, {{ name }}{% endmacro %}"})
    place.jinja_env.globals["hello"] = "Hello"
    page = "{% from 'parts.html' import greet %}{{ greet(name) }} {{ greet(name) }}"
    with place.test_request_context():
        assert render_template_string(page, name="<Ada>") == "Hello, &lt;Ada&gt; Hello, &lt;Ada&gt;"
        assert render_template_string(page, name="Bob") == "Hello, Bob Hello, Bob"


def test_people_of_the_same_roles_get_their_own_name_and_token(app: Flask, session: Db) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    pages = []
    for name in ("Ada Lovelace", "Grace Hopper"):
        pages.append(sign_in(app.test_client(), make_account(name=name)).get("/accounts/profile").text)
    ada, grace = pages
    assert ada.count("Ada Lovelace") >= 2
    assert "Grace Hopper" not in ada
    assert "Ada Lovelace" not in grace
    assert token_of(ada) != token_of(grace)


def token_of(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_navigation_follows_the_roles_from_one_page_to_the_next(session: Db, client: FlaskClient) -> None:
    learner, chief = make_account(), make_account(ADMINISTRATOR)
    assert "Administration" not in sign_in(client, learner).get("/").text
    assert "Administration" in sign_in(client, chief).get("/").text
    assert "Administration" not in sign_in(client, learner).get("/").text
