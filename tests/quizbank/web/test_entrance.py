"""The entrance: a view says who may enter or is closed, and what no page of ours sends is refused."""

from typing import Any

import pytest
from flask import Flask, request
from werkzeug.exceptions import BadRequest, NotFound

from quizbank.web.entrance import EVERYONE, declared_roles, open_to, refuse_damaged

PLAIN_FORM = {"method": "POST", "data": {"name": "Ada"}}


@pytest.fixture
def place() -> Flask:
    """Return an application with an open page, a page for authors and one that somebody forgot to declare."""
    app = Flask("place")
    app.add_url_rule("/open", "open", open_to(EVERYONE)(lambda: "open"), methods=["GET", "POST"])
    app.add_url_rule("/authors/<int:number>", "authors", open_to("author")(lambda number: "authors"))
    app.add_url_rule("/people/<name>", "people", open_to(EVERYONE)(lambda name: "people"))
    app.add_url_rule("/forgotten", "forgotten", lambda: "forgotten")
    return app


@pytest.mark.parametrize(
    ("endpoint", "roles"),
    [
        ("open", {EVERYONE}),
        ("authors", {"author"}),
        ("forgotten", set()),
        ("missing", set()),
        (None, set()),
        ("static", {EVERYONE}),
    ],
)
def test_page_is_open_to_those_it_declares_and_to_nobody_else(
    place: Flask, endpoint: str | None, roles: set[str]
) -> None:
    with place.app_context():
        assert declared_roles(endpoint) == roles


@pytest.mark.parametrize("request_", [{}, PLAIN_FORM, {**PLAIN_FORM, "headers": {"Sec-Fetch-Site": "same-origin"}}])
def test_what_our_pages_send_passes(place: Flask, request_: dict[str, Any]) -> None:
    with place.test_request_context("/open?q=a", **request_):
        refuse_damaged(request)


@pytest.mark.parametrize(
    "request_",
    [
        {"query_string": {"q": "a\x00"}},
        {"method": "POST", "data": {"name": "a\x00"}},
        {"method": "POST", "data": {"rows-\u00b2-name": "Ada"}},
        {"method": "POST", "data": {f"rows-{'9' * 5000}-name": "Ada"}},
        {"method": "POST", "json": {"name": "Ada"}},
        {"method": "POST", "data": b"name=Ada", "content_type": "text/plain"},
        {**PLAIN_FORM, "headers": {"Sec-Fetch-Site": "cross-site"}},
        {**PLAIN_FORM, "headers": {"Sec-Fetch-Site": "same-site"}},
    ],
    ids=str,
)
def test_what_no_page_of_ours_sends_is_refused(place: Flask, request_: dict[str, Any]) -> None:
    with place.test_request_context("/open", **request_), pytest.raises(BadRequest):
        refuse_damaged(request)


@pytest.mark.parametrize(("number", "known"), [(2**31 - 1, True), (2**31, False), (10**30, False)])
def test_number_no_row_can_have_is_not_there(place: Flask, number: int, known: bool) -> None:
    with place.test_request_context(f"/authors/{number}"):
        if known:
            refuse_damaged(request)
        else:
            with pytest.raises(NotFound):
                refuse_damaged(request)


def test_nul_in_an_address_is_refused(place: Flask) -> None:
    with place.test_request_context("/people/a%00"), pytest.raises(BadRequest):
        refuse_damaged(request)
