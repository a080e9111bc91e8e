"""What strangers, guessers and recipients get over HTTP: one page for whatever does not open, and nothing not picked."""

import logging
import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import func, select, text
from sqlalchemy.orm import scoped_session
from werkzeug.test import TestResponse

from app import create_app
from certificates.issuing.models import Certificate, CertificateFile
from certificates.issuing.operations import ensure_file, reissue_certificate
from certificates.sharing.links import MAX_WRONG_TRIES
from certificates.sharing.models import ShareAccess, ShareLink
from certificates.sharing.operations import note_refusal, revoke_link
from certificates.wallet.models import ExternalCredit, License, LicenseDocument
from quizbank.accounts.models import Account
from quizbank.db import db, utc_now
from tests.conftest import TEST_SETTINGS
from tests.conftest import opened as opened_app
from tests.factories import (
    make_account,
    make_activity,
    make_attempt,
    make_certificate,
    make_claim,
    make_share,
    share_token,
)

Db = scoped_session[Session]
PASSCODE = "heart-valve"


@pytest.fixture
def certificate(session: Db) -> Certificate:
    found = make_certificate(make_claim(make_attempt(learner=make_account(name="Vera Holder"), right=3)))
    session.commit()
    ensure_file(found, utc_now())
    return found


def shared(certificate: Certificate, token: str, **more: object) -> ShareLink:
    link = make_share(certificate, token, now=utc_now(), **more)  # type: ignore[arg-type]
    db.session.commit()
    return link


def opened(client: FlaskClient, token: str, passcode: str = "") -> TestResponse:
    client.get(f"/s/{token}")
    return client.post("/s/", data={"key": token, "passcode": passcode})


def outcomes(link_id: int) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(ShareAccess.outcome).filter_by(link_id=link_id).order_by(ShareAccess.id)))


def expire(link: ShareLink) -> None:
    link.created_at = link.created_at - timedelta(days=40)
    link.expires_at = utc_now() - timedelta(seconds=1)


def use_up(link: ShareLink) -> None:
    link.views, link.first_opened_at = link.max_views, utc_now()


def lock(link: ShareLink) -> None:
    link.wrong_tries = MAX_WRONG_TRIES


def close_account(link: ShareLink) -> None:
    db.session.get_one(Account, link.account_id).active = False


def revoke(link: ShareLink) -> None:
    revoke_link(link, link.account_id, utc_now())


ENDINGS: dict[str, Callable[[ShareLink], None]] = {
    "revoked": revoke,
    "expired": expire,
    "used_up": use_up,
    "locked": lock,
    "closed": close_account,
}


def shape(answer: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """Return everything an answer shows, with the keys of forms and cookies blanked out."""
    headers = [(name, "" if name == "Set-Cookie" else value) for name, value in answer.headers]
    return answer.status_code, re.sub(r'value="[^"]{40,}"', "", answer.text), headers


def test_whatever_does_not_open_gets_one_page_one_status_and_the_same_headers(
    app: Flask, session: Db, certificate: Certificate
) -> None:
    tokens = {name: share_token() for name in [*ENDINGS, "wrong_passcode", "unknown"]}
    links = {name: shared(certificate, token, passcode=PASSCODE) for name, token in tokens.items() if name != "unknown"}
    for name, end in ENDINGS.items():
        if name != "closed":
            end(links[name])
    session.commit()
    seen = {
        name: shape(app.test_client().get(f"/s/{tokens[name]}"))
        for name in tokens
        if name not in ("closed", "wrong_passcode")
    }
    tried = {}
    for name in [one for one in tokens if one != "closed"]:
        browser = app.test_client()
        browser.get("/s/")
        passcode = "not this one" if name == "wrong_passcode" else PASSCODE
        tried[name] = shape(browser.post("/s/", data={"key": tokens[name], "passcode": passcode}))
    for answers in (seen, tried):
        assert {answer[0] for answer in answers.values()} == {410}
        assert all(answer == answers["unknown"] for answer in answers.values()), answers.keys()
    for name in (one for one in ENDINGS if one != "closed"):
        assert outcomes(links[name].id) == [name, name]
    assert outcomes(links["wrong_passcode"].id) == ["wrong_passcode"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_link_that_ends_is_gone_at_once_also_for_who_had_it_open(
    app: Flask, session: Db, certificate: Certificate, ending: str
) -> None:
    token, browser, other = share_token(), app.test_client(), app.test_client()
    link = shared(certificate, token)
    place = opened(browser, token).location
    assert browser.get(place).status_code == 200
    ENDINGS[ending](link)
    session.commit()
    assert other.get(f"/s/{token}").status_code == 410
    assert opened(other, token).status_code == 410
    goes_on = 200 if ending in ("used_up", "locked") else 410
    for address in (place, f"{place}/records.zip", f"{place}/{link.entries[0].id}/1"):
        answer = browser.get(
            address, headers={"If-None-Match": "*", "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        )
        assert answer.status_code == goes_on, address
        assert answer.headers["Cache-Control"] == "no-store"
        assert not {"ETag", "Last-Modified", "Expires"} & set(answer.headers.keys())


def test_looking_at_the_way_in_counts_nothing_and_reloading_counts_once(
    app: Flask, session: Db, certificate: Certificate
) -> None:
    token, browser = share_token(), app.test_client()
    link = shared(certificate, token, views=1)
    for _ in range(5):
        assert app.test_client().get(f"/s/{token}").status_code == 200
        assert app.test_client().head(f"/s/{token}").status_code == 200
    place = opened(browser, token).location
    for _ in range(3):
        assert browser.get(place).status_code == 200
        assert browser.post("/s/", data={"key": token}).location == place
        assert browser.get(f"/s/{token}").location == place
    session.refresh(link)
    assert link.views == 1
    assert outcomes(link.id) == ["shown"]


def test_address_copied_to_another_browser_does_not_open(app: Flask, session: Db, certificate: Certificate) -> None:
    token, browser, other = share_token(), app.test_client(), app.test_client()
    link = shared(certificate, token, views=1)
    place = opened(browser, token).location
    for address in (place, f"{place}/records.zip", f"{place}/{link.entries[0].id}/1"):
        assert other.get(address).status_code == 410
    assert opened(other, token).status_code == 410
    assert browser.get(place).status_code == 200


def test_token_is_in_no_log_line_no_page_address_and_no_table(
    app: Flask, session: Db, certificate: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    token, browser = share_token(), app.test_client()
    shared(certificate, token, passcode=PASSCODE)
    with caplog.at_level(logging.DEBUG):
        answers = [browser.get(f"/s/{token}"), opened(browser, token, "wrong"), opened(browser, token, PASSCODE)]
        page = browser.get(answers[2].location)
    assert token not in caplog.text
    assert token not in answers[2].location
    assert token not in page.text
    assert "?" not in answers[2].location
    for answer in [*answers, page]:
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
    session.rollback()
    for table in db.metadata.sorted_tables:
        assert token not in str(session.execute(select(table)).all()), table.name


def test_token_is_not_logged_when_the_database_fails(
    app: Flask, session: Db, certificate: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    token = share_token()
    shared(certificate, token)
    app.logger.disabled = False
    session.execute(text("ALTER TABLE share_link RENAME TO share_link_elsewhere"))
    session.commit()
    try:
        with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, app.logger.name):
            app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
            assert app.test_client().get(f"/s/{token}").status_code in (500, 503)
        assert caplog.text
        assert token not in caplog.text
    finally:
        session.execute(text("ALTER TABLE share_link_elsewhere RENAME TO share_link"))
        session.commit()


def test_recipient_sees_what_was_picked_and_nothing_else_of_the_person(
    app: Flask, session: Db, certificate: Certificate
) -> None:
    person = certificate.learner
    unpicked = make_activity(title="Sepsis bundles")
    hidden = make_certificate(make_claim(make_attempt(unpicked, person, right=3)))
    session.add(License(account_id=person.id, kind="medical", body="Hidden Board", number="77", changed_at=utc_now()))
    token, browser = share_token(), app.test_client()
    shared(certificate, token)
    page = browser.get(opened(browser, token).location).text
    assert certificate.serial in page
    for secret in (person.email, hidden.serial, hidden.activity.title, "Hidden Board", "100", "birth", "other shared"):
        assert secret not in page.partition("<main")[2], secret


def test_what_the_person_entered_is_told_as_not_verified(app: Flask, session: Db, certificate: Certificate) -> None:
    person, token, browser = certificate.learner, share_token(), app.test_client()
    link = shared(certificate, token)
    held = License(account_id=person.id, kind="board", body="<b>Board</b>", number="77", changed_at=utc_now())
    session.add(held)
    session.flush()
    scan = LicenseDocument(
        license_id=held.id,
        name='a"\r\nb.pdf',
        kind="pdf",
        content=b"%PDF scan",
        sha256="0" * 64,
        size=9,
        added_at=utc_now(),
    )
    earned = ExternalCredit(
        account_id=person.id, title="Ultrasound", provider="University", credit_type="ama_pra_1", amount=1,
        completed_on=utc_now().date(), topics=[], added_at=utc_now(),
    )  # fmt: skip
    session.add_all([scan, earned])
    session.flush()
    entries = link.entries
    entries.extend(
        type(entries[0])(link_id=link.id, **one) for one in ({"license_id": held.id}, {"credit_id": earned.id})
    )
    session.commit()
    place = opened(browser, token).location
    page = browser.get(place).text
    assert page.count("Entered by the person who shares it, and not verified here.") == 2
    assert "&lt;b&gt;Board&lt;/b&gt;" in page
    assert "<b>Board</b>" not in page
    file = browser.get(f"{place}/{link.entries[1].id}/1")
    assert (file.data, file.mimetype) == (b"%PDF scan", "application/pdf")
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert file.headers.getlist("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert "\n" not in file.headers["Content-Disposition"]


@pytest.mark.parametrize("address", ["{place}/0/1", "{place}/{entry}/0", "{place}/{entry}/9", "{place}/2147483647/1"])
def test_files_that_are_not_shared_are_not_there(
    app: Flask, session: Db, certificate: Certificate, address: str
) -> None:
    token, browser = share_token(), app.test_client()
    link = shared(certificate, token)
    place = opened(browser, token).location
    assert browser.get(address.format(place=place, entry=link.entries[0].id)).status_code == 404


def test_file_that_was_changed_in_the_database_is_told(app: Flask, session: Db, certificate: Certificate) -> None:
    token, browser = share_token(), app.test_client()
    shared(certificate, token)
    place = opened(browser, token).location
    assert "Verified" in browser.get(place).text
    file = session.get_one(CertificateFile, certificate.id)
    file.content = file.content.replace(b"Holder", b"Golder") + b"x"
    session.commit()
    page = browser.get(place).text
    assert "Does not verify" in page
    assert "altered" in page


def test_replaced_certificate_says_so_and_gives_no_file(app: Flask, session: Db, certificate: Certificate) -> None:
    token, browser = share_token(), app.test_client()
    link = shared(certificate, token)
    place = opened(browser, token).location
    newer = reissue_certificate(certificate, "Name.", certificate.learner_id, utc_now(), "Vera M. Holder")
    session.commit()
    page = browser.get(place).text
    assert "It was replaced by a newer certificate" in page
    assert newer.serial not in page
    assert browser.get(f"{place}/{link.entries[0].id}/1").status_code == 404
    assert certificate.serial in page


def test_refusals_take_as_long_whether_there_is_a_link_or_not(
    app: Flask, session: Db, certificate: Certificate
) -> None:
    tokens = {name: share_token() for name in ("unknown", "expired", "revoked", "used_up")}
    for name, token in tokens.items():
        if name != "unknown":
            ENDINGS[name](shared(certificate, token))
    session.commit()
    browser = app.test_client()
    browser.get("/s/")
    measured = [medians(app, browser, tokens) for _ in range(3)]  # a busy machine may spoil one of them
    assert any(max(one.values()) < 1.6 * min(one.values()) for one in measured), measured


def medians(app: Flask, browser: FlaskClient, tokens: dict[str, str]) -> dict[str, float]:
    """Return how long replies take as a client sees it: to the last byte, before what is written after them."""
    spent: dict[str, list[float]] = {name: [] for name in tokens}
    for _ in range(30):
        for name, token in tokens.items():
            environ = browser._request_from_builder_args((f"/s/{token}",), {}).environ
            began = time.perf_counter()
            body = b"".join(app.wsgi_app(environ, lambda *_: None))
            spent[name].append(time.perf_counter() - began)
            assert body
    return {name: median(times) for name, times in spent.items()}


def test_wrong_tries_over_http_lock_the_link(app: Flask, session: Db, certificate: Certificate) -> None:
    token, browser = share_token(), app.test_client()
    link = shared(certificate, token, passcode=PASSCODE)
    browser.get(f"/s/{token}")
    note = [note_refusal(link.id, "wrong_passcode", "Firefox", utc_now()) for _ in range(MAX_WRONG_TRIES - 1)]
    assert len(note) == MAX_WRONG_TRIES - 1
    session.commit()
    assert opened(browser, token, "wrong again").status_code == 410
    assert opened(browser, token, PASSCODE).status_code == 410
    session.refresh(link)
    assert (link.views, link.wrong_tries) == (0, MAX_WRONG_TRIES)


def test_guesses_hit_nothing_and_write_nothing(app: Flask, session: Db, certificate: Certificate) -> None:
    shared(certificate, share_token())
    before = session.scalar(select(func.count()).select_from(ShareAccess))
    browser = app.test_client()
    for guess in (
        "a" * 43,
        "A" * 43,
        "../" * 5,
        "%2e%2e",
        "x" * 5_000,
        "é" * 43,
        "'",
        "\\",
        "view",
        "open",
        "0",
        "%00",
    ):
        answer = browser.get(f"/s/{guess}")
        assert answer.status_code in (410, 404, 400), guess
        assert browser.post("/s/", data={"key": guess, "passcode": "x" * 9_000}).status_code in (410, 400), guess
    session.rollback()
    assert session.scalar(select(func.count()).select_from(ShareAccess)) == before


def test_tries_from_one_address_are_slowed_down(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "instance"))
    limits = {"RATELIMIT_ENABLED": True, "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {"argon2__rounds": 1}}
    for app in opened_app(create_app({**TEST_SETTINGS, **limits, "SQLALCHEMY_DATABASE_URI": database_url})):
        browser = app.test_client()
        sent = [browser.post("/s/", data={"key": "x"}).status_code for _ in range(21)]
        assert sent == [410] * 20 + [429]
        seen = [browser.get("/s/" + "x" * 43).status_code for _ in range(121)]
        assert seen == [410] * 120 + [429]
