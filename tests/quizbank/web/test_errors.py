"""Errors in plain words: what happened, what to do, and nothing of the program."""

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException, NotFound, abort

from quizbank.web.entrance import EVERYONE, open_to
from quizbank.web.errors import ERROR_WORDS, hide, refuse

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Return a stranger's browser on an application with pages that refuse."""

    @app.get("/refuse")
    @open_to(EVERYONE)
    def be_late() -> None:
        refuse(409, "Someone <b>else</b> was faster.")

    @app.get("/abort/<int:code>")
    @open_to(EVERYONE)
    def fail(code: int) -> None:
        abort(code)

    return app.test_client()


@ON_SQLITE
def test_refusal_says_its_own_words_under_the_heading_of_its_kind(visitor: FlaskClient) -> None:
    answer = visitor.get("/refuse")
    assert answer.status_code == 409
    assert "This has changed meanwhile" in answer.text
    assert "Someone &lt;b&gt;else&lt;/b&gt; was faster." in answer.text


@ON_SQLITE
def test_every_known_error_has_its_page(visitor: FlaskClient) -> None:
    for code, (heading, _advice) in ERROR_WORDS.items():
        answer = visitor.get(f"/abort/{code}")
        assert (answer.status_code, heading in answer.text) == (code, True), code


@ON_SQLITE
@pytest.mark.parametrize(("code", "like"), [(406, 400), (418, 400), (502, 500)])
def test_error_without_words_of_its_own_takes_those_of_its_family(visitor: FlaskClient, code: int, like: int) -> None:
    answer = visitor.get(f"/abort/{code}")
    assert (answer.status_code, ERROR_WORDS[like][0] in answer.text) == (code, True)


@ON_SQLITE
@pytest.mark.parametrize("host", ["a..b", "x" * 70])
def test_host_that_is_no_name_is_told_so_without_a_page(visitor: FlaskClient, host: str) -> None:
    answer = visitor.get("/", headers={"Host": host})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert ERROR_WORDS[400][0] in answer.text


def test_refusal_stops_the_request() -> None:
    with pytest.raises(HTTPException) as stopped:
        refuse(403, "Not you.")
    assert stopped.value.code == 403


def test_hidden_thing_is_not_there_and_the_question_is_noted() -> None:
    with Flask("place").test_request_context():
        with pytest.raises(NotFound):
            hide()
        assert g.denied
