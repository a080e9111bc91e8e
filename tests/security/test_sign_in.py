"""The way in: guessing passwords, learning who has an account, being sent elsewhere, cookies that outlive their use."""

import statistics
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app import create_app
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.operations import set_active
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER
from quizbank.db import db, utc_now
from quizbank.settings import WeakSecretKey, load_settings
from tests.conftest import TEST_SETTINGS
from tests.factories import PASSWORD, make_account, make_role, sign_in

SIGN_IN = "/accounts/sign-in"
Db = scoped_session[Session]


@pytest.fixture
def learner(session: Db) -> Account:
    account = make_account(email="lena@example.org")
    db.session.commit()
    return account


@pytest.fixture
def guarded(locked_app: Flask) -> Iterator[Flask]:
    """Return the application with limits, and Lena in it."""
    locked_app.config["WTF_CSRF_ENABLED"] = False
    with locked_app.app_context():
        make_account(email="lena@example.org")
        db.session.commit()
        yield locked_app


def try_password(client: FlaskClient, email: str, password: str, address: str = "203.0.113.1", **more: str) -> int:
    """Send the sign-in form from a network address and return the status."""
    data = {"email": email, "password": password, **more}
    return client.post(SIGN_IN, data=data, environ_overrides={"REMOTE_ADDR": address}).status_code


def widened(text: str, bits: int) -> str:
    """Return the text with the full-width form of each letter whose bit is set."""
    return "".join(chr(ord(c) + 0xFEE0) if c != "." and bits >> i & 1 else c for i, c in enumerate(text))


def is_in(client: FlaskClient) -> bool:
    return client.get("/accounts/profile").status_code == 200


def copied(app: Flask, client: FlaskClient) -> FlaskClient:
    """Return a second browser with the first one's cookie."""
    cookie = client.get_cookie("session")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)
    return thief


def test_right_password_signs_in_and_leaves_a_line_in_the_trail(client: FlaskClient, learner: Account) -> None:
    assert try_password(client, "Lena@Example.ORG", PASSWORD) == 302
    assert is_in(client)
    assert db.session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "signed in"


def test_failed_sign_ins_are_noted_without_what_was_typed(client: FlaskClient, learner: Account) -> None:
    for email in ("lena@example.org", "nobody@example.org"):
        assert try_password(client, email, "my real password 1!") == 200
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "sign-in refused").order_by(AuditEntry.id))
    found = [(row.subject, row.facts) for row in rows]
    assert found == [(f"account:{learner.id}", {}), ("account:unknown", {})]


def test_guessing_from_one_address_is_slowed_down_and_others_still_get_in(guarded: Flask) -> None:
    client = guarded.test_client()
    statuses = [try_password(client, f"person{n}@example.org", "wrong") for n in range(14)]
    assert statuses[:10] == [200] * 10
    assert set(statuses[10:]) == {429}
    assert try_password(client, "lena@example.org", PASSWORD) == 429
    assert try_password(guarded.test_client(), "lena@example.org", PASSWORD, address="203.0.113.2") == 302


@pytest.mark.parametrize("spelling", ["plain", "case", "blanks", "full-width domain", "query"])
def test_guessing_one_account_from_many_addresses_is_slowed_down_however_it_is_spelt(
    guarded: Flask, spelling: str
) -> None:
    client = guarded.test_client()
    spelt = {
        "plain": lambda n: "lena@example.org",
        "case": lambda n: "".join(c.upper() if n >> i & 1 else c for i, c in enumerate("lena@example.org")),
        "blanks": lambda n: " " * (n % 3) + "lena@example.org" + " " * (n % 5),
        "full-width domain": lambda n: (
            "lena@"
            + "".join(chr(ord(c) + 0xFEE0) if c != "." and n >> i & 1 else c for i, c in enumerate("example.org"))
        ),
        "query": lambda n: "lena@example.org",
    }[spelling]
    statuses = [try_password(client, spelt(n), "wrong", f"198.51.100.{n}", email2=f"x{n}") for n in range(24)]
    assert statuses[:20] == [200] * 20
    assert set(statuses[20:]) == {429}
    assert try_password(client, "other@example.org", "wrong", "198.51.100.99") == 200


def test_account_under_attack_opens_again_when_the_window_is_over(guarded: Flask) -> None:
    client = guarded.test_client()
    for number in range(21):
        try_password(client, "lena@example.org", "wrong", f"198.51.100.{number}")
    assert try_password(client, "lena@example.org", PASSWORD, "198.51.100.200") == 429
    guarded.extensions["sign_in_limiter"].reset()
    assert try_password(client, "lena@example.org", PASSWORD, "198.51.100.200") == 302


def test_right_passwords_are_never_slowed_down(guarded: Flask) -> None:
    assert {try_password(guarded.test_client(), "lena@example.org", PASSWORD) for _ in range(15)} == {302}


def test_sign_in_takes_forms_only(client: FlaskClient, learner: Account) -> None:
    for body in ({"email": "lena@example.org", "password": PASSWORD}, [], 5, {"email": ["a"], "password": {"a": 1}}):
        assert client.post(SIGN_IN, json=body).status_code == 400
    assert not is_in(client)
    assert client.get("/accounts/profile", data="[" * 50_000, content_type="application/json").status_code == 302


def test_no_token_in_an_address_or_a_header_signs_in(app: Flask, learner: Account) -> None:
    token = learner.get_auth_token()
    client = app.test_client()
    assert client.get(f"/accounts/profile?auth_token={quote(token)}").status_code == 302
    assert client.get("/accounts/profile", headers={"Authentication-Token": token}).status_code == 302
    basic = {"Authorization": "Basic bGVuYUBleGFtcGxlLm9yZzpjb3JyZWN0IGhvcnNlIGJhdHRlcnkgc3RhcGxl"}
    assert client.get("/accounts/password", headers=basic).status_code == 302


def test_no_cookie_outlives_the_session(client: FlaskClient, learner: Account) -> None:
    answer = client.post(SIGN_IN, data={"email": learner.email, "password": PASSWORD, "remember": "y"})
    assert answer.status_code == 302
    cookies = answer.headers.getlist("Set-Cookie")
    assert not any("remember_token=" in cookie and "Expires=Thu, 01 Jan 1970" not in cookie for cookie in cookies)
    assert not any("Expires" in cookie or "Max-Age" in cookie for cookie in cookies if cookie.startswith("session="))


def test_unknown_account_wrong_password_and_closed_account_look_the_same(app: Flask, learner: Account) -> None:
    closed = make_account(email="closed@example.org")
    set_active(closed, False, learner.id, utc_now())
    db.session.commit()
    pages = set()
    for email, password in (
        ("lena@example.org", "wrong"),
        ("nobody@example.org", "wrong"),
        ("closed@example.org", PASSWORD),
        ("closed@example.org", "wrong"),
    ):
        answer = app.test_client().post(SIGN_IN, data={"email": email, "password": password})
        pages.add((answer.status_code, answer.text.replace(email, "?")))
    assert len(pages) == 1


def test_unknown_account_costs_a_password_hash_too(app: Flask, learner: Account) -> None:
    learner.password = hash_password(PASSWORD)
    db.session.commit()

    def median(email: str) -> float:
        times = []
        for _ in range(5):
            started = perf_counter()
            app.test_client().post(SIGN_IN, data={"email": email, "password": "wrong"})
            times.append(perf_counter() - started)
        return statistics.median(times)

    known, unknown = median("lena@example.org"), median("nobody@example.org")
    assert unknown > known / 4, "an unknown account answers at once: nothing was hashed"
    assert known > unknown / 4


ELSEWHERE = [
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "///evil.example",
    "\\\\evil.example",
     "/%0d%0aLocation:%20https://evil.example", "/\r\nSet-Cookie: a=b", "javascript:alert(1)", "http:///evil.example",
     "/\tevil.example",
     "//evil.example@127.0.0.1", "https://localhost@evil.example", "/\t/evil.example", " //evil.example", "\x01//evil.example",
     "evil.example"]  # fmt: skip


def test_sign_in_leads_to_our_own_pages_only(app: Flask, learner: Account) -> None:
    for target in ELSEWHERE:
        for place in ("query", "form"):
            data = {"email": "lena@example.org", "password": PASSWORD}
            more = {"next": target}
            answer = app.test_client().post(
                SIGN_IN,
                data={**data, **(more if place == "form" else {})},
                query_string=more if place == "query" else None,
            )
            assert answer.status_code in (200, 302, 400)
            led_to = urlsplit(urljoin("https://quizbank.example/accounts/sign-in", answer.headers.get("Location", "/")))
            assert (led_to.scheme, led_to.netloc) == ("https", "quizbank.example"), led_to
            assert answer.headers.get("Location", "/").isprintable()
            assert "Set-Cookie: a" not in str(answer.headers)


def test_host_header_reaches_no_page(app: Flask, learner: Account) -> None:
    client = sign_in(app.test_client(), learner)
    for address in ("/", SIGN_IN, "/issuing/mine", "/v/", "/missing"):
        for headers in (
            {"Host": "evil.example"},
            {"X-Forwarded-Host": "evil.example"},
            {"Forwarded": "host=evil.example"},
        ):
            answer = client.get(address, headers=headers)
            assert "evil.example" not in answer.text + str(answer.headers)


def test_signing_in_starts_a_new_session_with_a_new_token(guarded: Flask) -> None:
    guarded.config["WTF_CSRF_ENABLED"] = True
    victim = guarded.test_client()
    page = victim.get(SIGN_IN).text
    planted = victim.get_cookie("session")
    assert planted is not None
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    data = {"email": "lena@example.org", "password": PASSWORD, "csrf_token": token}
    assert victim.post(SIGN_IN, data=data).status_code == 302
    assert not is_in(copied_cookie(guarded, planted.value))
    forged = {"name": "Forged", "profession": "nurse", "csrf_token": token}
    assert victim.post("/accounts/profile", data=forged).status_code == 400


def copied_cookie(app: Flask, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("session", value)
    return client


def test_copied_cookie_is_dead_after_signing_out(app: Flask, learner: Account) -> None:
    client = sign_in(app.test_client(), learner)
    thief = copied(app, client)
    assert is_in(thief)
    client.post("/accounts/sign-out")
    assert not is_in(thief)
    assert not is_in(client)


def test_copied_cookie_is_dead_after_a_new_password(app: Flask, learner: Account) -> None:
    client = sign_in(app.test_client(), learner)
    thief = copied(app, client)
    new = "an entirely different sentence 42"
    data = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    assert client.post("/accounts/password", data=data).status_code == 302
    assert not is_in(thief)
    assert is_in(client)
    assert try_password(app.test_client(), learner.email, PASSWORD) == 200
    assert try_password(app.test_client(), learner.email, new) == 302
    db.session.rollback()
    assert "password changed" in set(db.session.scalars(select(AuditEntry.action)))


def test_copied_cookie_is_dead_after_the_account_is_closed_and_stays_dead(app: Flask, learner: Account) -> None:
    thief = sign_in(app.test_client(), learner)
    administrator = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    address = f"/accounts/{learner.id}/active"
    administrator.post(address, data={"active": "0"})
    assert not is_in(thief)
    assert try_password(app.test_client(), learner.email, PASSWORD) == 200
    administrator.post(address, data={"active": "1"})
    assert not is_in(thief)


def test_role_taken_away_closes_its_pages_at_once(app: Flask, session: Db) -> None:
    author = make_account(AUTHOR)
    client = sign_in(app.test_client(), author)
    assert client.get("/documents/").status_code == 200
    author.roles = [make_role(LEARNER)]
    db.session.commit()
    assert client.get("/documents/").status_code == 403


def test_cookie_that_was_changed_or_signed_by_another_key_is_worth_nothing(app: Flask, learner: Account) -> None:
    client = sign_in(app.test_client(), learner)
    cookie = client.get_cookie("session")
    assert cookie is not None
    other = create_app(
        {**TEST_SETTINGS, "SECRET_KEY": "another-key-0123456789-zyxwvutsrq", "SQLALCHEMY_DATABASE_URI": "sqlite://"}
    )
    forged = other.session_interface.get_signing_serializer(other).dumps({"_user_id": learner.fs_uniquifier})  # type: ignore[attr-defined]
    body, _, signature = cookie.value.rpartition(".")
    for value in (
        forged,
        f"{body}A.{signature}",
        body,
        f"{body}.{signature[:-3]}AAA",
        "",
        "x" * 3000,
        "eyJfdXNlcl9pZCI6IjEifQ..",
    ):
        assert not is_in(copied_cookie(app, value))


def test_cookie_stays_on_this_host_over_https_and_out_of_scripts(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = load_settings({"SECRET_KEY": "k" * 8}, tmp_path_factory.mktemp("instance"))
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    app = create_app(
        {
            **TEST_SETTINGS,
            **{name: settings[name] for name in settings if "COOKIE" in name},
            "SQLALCHEMY_DATABASE_URI": "sqlite://",
        }
    )
    answer = app.test_client().get(SIGN_IN, base_url="https://localhost")
    (cookie,) = answer.headers.getlist("Set-Cookie") or [""]
    if cookie:
        flags = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= flags
        assert "Domain" not in cookie
    assert "max-age=" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("key", ["short", "changeme" * 8, "a" * 64, "secret", "0" * 32 + "1"])
def test_application_refuses_a_key_that_could_be_guessed(key: str) -> None:
    with pytest.raises(WeakSecretKey):
        create_app({**TEST_SETTINGS, "SECRET_KEY": key, "SQLALCHEMY_DATABASE_URI": "sqlite://"})
