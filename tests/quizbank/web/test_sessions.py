"""The cookie that says who is signed in: read by the application that signed it, and by no other."""

from collections.abc import Callable

import pytest
from flask import Flask, session

from quizbank.web.sessions import Sessions


def place(secret: str | None) -> Flask:
    """Return an application that keeps a name in its cookie and says which one it has."""
    app = Flask("place")
    app.session_interface = Sessions()
    app.config.update(SECRET_KEY=secret, TESTING=True)

    @app.get("/keep/<name>")
    def keep(name: str) -> str:
        session["name"] = name
        return "kept"

    @app.get("/")
    def told() -> str:
        return str(session.get("name", "nobody"))

    return app


def cookie_of(app: Flask, name: str) -> str:
    client = app.test_client()
    client.get(f"/keep/{name}")
    found = client.get_cookie("session")
    assert found is not None
    return found.value


def read_by(app: Flask, cookie: str) -> str:
    client = app.test_client()
    client.set_cookie("session", cookie)
    return client.get("/").text


def test_each_person_is_who_their_own_cookie_says() -> None:
    app = place("a" * 40)
    cookies = {name: cookie_of(app, name) for name in ("ada", "grace")}
    assert [read_by(app, cookies[name]) for name in ("ada", "grace", "ada")] == ["ada", "grace", "ada"]


@pytest.mark.parametrize("damage", [lambda cookie: cookie[:-1], lambda cookie: f"x{cookie}", lambda _cookie: ""])
def test_damaged_cookie_is_nobodys(damage: Callable[[str], str]) -> None:
    app = place("a" * 40)
    assert read_by(app, damage(cookie_of(app, "ada"))) == "nobody"


def test_application_does_not_take_the_cookie_of_another_secret() -> None:
    ours, other = place("a" * 40), place("b" * 40)
    cookie = cookie_of(ours, "ada")
    assert (read_by(other, cookie), read_by(ours, cookie)) == ("nobody", "ada")


def test_secret_that_is_known_later_signs_from_then_on() -> None:
    app = place(None)
    assert app.test_client().get("/").text == "nobody"
    app.config["SECRET_KEY"] = "a" * 40
    assert read_by(app, cookie_of(app, "ada")) == "ada"
