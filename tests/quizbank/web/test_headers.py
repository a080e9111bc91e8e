"""Headers: every answer keeps the page to itself; only files for everybody may be kept by caches."""

import pytest
from flask import Flask, Response

from quizbank.web.headers import HEADERS, add_security_headers


def answered(path: str = "/", response: Response | None = None, secure: bool = False) -> Response:
    """Return the answer to a request with its headers."""
    app = Flask("place")
    app.config["SESSION_COOKIE_SECURE"] = secure
    app.add_url_rule("/fonts/<name>", "web.font", lambda name: "")
    with app.test_request_context(path):
        return add_security_headers(response or Response())


def test_every_answer_carries_the_headers() -> None:
    assert HEADERS.items() <= dict(answered().headers).items()
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_view_may_be_stricter() -> None:
    own = Response(headers={"Content-Security-Policy": "default-src 'none'"})
    assert answered(response=own).headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    ("path", "kept"), [("/static/css/site.css", True), ("/fonts/sans-400.ttf", True), ("/", False)]
)
def test_only_files_for_everybody_may_be_kept(path: str, kept: bool) -> None:
    assert ("no-store" not in answered(path).headers.get("Cache-Control", "")) is kept


@pytest.mark.parametrize("secure", [True, False])
def test_https_is_asked_for_where_it_is_served(secure: bool) -> None:
    assert ("Strict-Transport-Security" in answered(secure=secure).headers) is secure
