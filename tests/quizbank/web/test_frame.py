"""The frame: a link is current on its own page, and on the pages of the list it leads to."""

import pytest
from flask import Blueprint, Flask, request

from quizbank.web.frame import is_current


@pytest.fixture
def place() -> Flask:
    """Return an application with lists and their rows, as the features have them."""
    app = Flask("place")
    for name in ("items", "issuing", "outcomes", "licenses", "wallet"):
        pages = Blueprint(name, __name__, url_prefix=f"/{name}")
        pages.add_url_rule("/", "index", lambda: "")
        pages.add_url_rule("/<int:number>", "show", lambda number: "")
        if name == "issuing":
            pages.add_url_rule("/mine", "mine", lambda: "")
        app.register_blueprint(pages)
    return app


@pytest.mark.parametrize(
    ("path", "endpoint", "current"),
    [
        ("/items/", "items.index", True),
        ("/items/5", "items.index", True),
        ("/items/5", "issuing.index", False),
        ("/issuing/", "issuing.index", True),
        ("/issuing/5", "issuing.index", False),  # a learner's own certificate is no part of the administrator's list
        ("/issuing/mine", "wallet.index", True),
        ("/issuing/mine", "issuing.index", False),
        ("/outcomes/", "reporting.index", True),
        ("/outcomes/5", "reporting.index", True),
        ("/outcomes/5", "issuing.index", False),
        ("/licenses/5", "wallet.index", True),
        ("/wallet/", "wallet.index", True),
        ("/nothing/here", "items.index", False),
    ],
)
def test_link_is_current_where_it_leads(place: Flask, path: str, endpoint: str, current: bool) -> None:
    with place.test_request_context(path):
        assert is_current(endpoint, request.endpoint) is current
