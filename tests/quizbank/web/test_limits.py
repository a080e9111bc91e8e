"""Limits: they hold wherever one was set, for a feature, a feature within it, a view or everything; no other page is searched."""

from unittest import mock

import pytest
from flask import Blueprint, Flask
from flask_limiter import Limiter

from quizbank.web.limits import Limits


def page() -> str:
    return "page"


def own() -> str:
    return "page with a limit of its own"


def place(**settings: str) -> Flask:
    """Return an application with features that are and are not limited, and one within each."""
    app = Flask("place")
    app.config.update(RATELIMIT_STORAGE_URI="memory://", **settings)
    limits = Limits(lambda: "address", app=app)
    for name in ("guesses", "plain"):
        pages, inner = Blueprint(name, __name__, url_prefix=f"/{name}"), Blueprint("inner", __name__, url_prefix="/in")
        for one in (pages, inner):
            one.add_url_rule("/", "index", page)
        pages.register_blueprint(inner)
        if name == "guesses":
            limits.limit("3 per minute")(pages)
        app.register_blueprint(pages)
    app.add_url_rule("/own", "own", limits.limit("2 per minute")(own))
    return app


def statuses(app: Flask, path: str, times: int = 5) -> list[int]:
    client = app.test_client()
    return [client.get(path).status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("path", "let_in"), [("/guesses/", 3), ("/guesses/in/", 3), ("/own", 2), ("/plain/", 5), ("/plain/in/", 5)]
)
def test_limit_holds_where_it_was_set(path: str, let_in: int) -> None:
    assert statuses(place(), path) == [200] * let_in + [429] * (5 - let_in)


def test_limit_of_a_feature_holds_under_another_name() -> None:
    app = Flask("place")
    app.config.update(RATELIMIT_STORAGE_URI="memory://")
    pages = Blueprint("guesses", __name__)
    pages.add_url_rule("/", "index", page)
    Limits(lambda: "address", app=app).limit("3 per minute")(pages)
    app.register_blueprint(pages, name="questions")
    assert statuses(app, "/") == [200] * 3 + [429] * 2


@pytest.mark.parametrize("for_all", ["RATELIMIT_DEFAULT", "RATELIMIT_APPLICATION"])
def test_limit_for_everything_holds_everywhere(for_all: str) -> None:
    assert statuses(place(**{for_all: "4 per minute"}), "/plain/") == [200] * 4 + [429]


@pytest.mark.parametrize(("path", "searched"), [("/plain/", 0), ("/missing", 0), ("/guesses/", 1)])
def test_page_without_a_limit_is_not_searched_for_one(path: str, searched: int) -> None:
    app = place()
    with mock.patch.object(Limiter, "_check_request_limit") as search:
        app.test_client().get(path)
    assert search.call_count == searched
