"""Every page of the URL map, entered by everybody: closed unless declared open, and no form without its token."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER, REVIEWER
from quizbank.web.entrance import EVERYONE, SIGNED_IN, declared_roles, takes_signed_messages
from tests.factories import sign_in
from tests.security.conftest import World, addresses, make_world, table_state

SIGNED_MESSAGES = {"plans.webhook"}
"""The only pages that take a POST from anybody without a form's token: their sender signs what it sends."""
FOR_MACHINES = {
    "proofs.issuer",
    "proofs.keys",
    "proofs.key",
    "proofs.issuers",
    "proofs.status",
    "proofs.checkpoint",
    "proofs.leaves",
    "proofs.consistency",
}
PUBLIC = {
    *SIGNED_MESSAGES,
    "static",
    "bootstrap.static",
    "security.static",
    "security.login",
    "web.font",
    "verify.search",
    "verify.certificate",
    "verify.certificate_in_capitals",
    "verify.earlier_address",
    "verify.file",
    "recipient.arrive",
    "recipient.enter",
    "recipient.file",
    "recipient.packet",
    "recipient.view",
    *FOR_MACHINES,
}
OF_EVERYBODY_SIGNED_IN = {
    "accounts.profile",
    "attempts.activity",
    "attempts.answer",
    "attempts.home",
    "attempts.play",
    "attempts.questions",
    "attempts.reader",
    "attempts.result",
    "attempts.review",
    "attempts.start",
    "attempts.submit",
    "credits.claim",
    "credits.due",
    "credits.evaluation",
    "issuing.credential",
    "issuing.mine",
    "issuing.of_attempt",
    "issuing.of_claim",
    "issuing.pdf",
    "issuing.preview",
    "followups.answer",
    "followups.answered",
    "followups.due",
    "issuing.show",
    "jobs.show",
    "plans.cancel_at_end",
    "plans.checkout",
    "plans.compare",
    "plans.mine",
    "plans.resume",
    "sharing.index",
    "sharing.new",
    "sharing.revoke",
    "sharing.seen",
    "sharing.show",
    "post.mine",
    "privacy.delete",
    "privacy.export",
    "privacy.export_file",
    "privacy.mine",
    "privacy.stay",
    "security.change_password",
    "security.logout",
    "external.add",
    "external.claim_topics",
    "external.delete",
    "external.edit",
    "external.file",
    "external.read",
    "identity.add_board",
    "identity.consent",
    "identity.remove",
    "identity.save",
    "identity.show",
    "licenses.add",
    "licenses.delete",
    "licenses.dismiss",
    "licenses.download",
    "licenses.edit",
    "licenses.index",
    "licenses.remove",
    "licenses.show",
    "licenses.upload",
    "requirements.choose",
    "requirements.edit",
    "requirements.index",
    "requirements.stop",
    "wallet.index",
    "wallet.transcript_csv",
    "wallet.transcript_pdf",
    "wallet.transcript_xlsx",
}
OF_EDITORS = {
    "analysis.activity",
    "analysis.index",
    "analysis.item",
    "analysis.items_csv",
    "analysis.responses_csv",
    "analysis.versions",
    "documents.index",
    "documents.show",
    "generation.patterns",
    "generation.workshop",
    "items.index",
    "items.show",
}
OF_REVIEWERS = {"generation.approve_all", "items.approve", "items.reject", "items.retire"}
OF_AUTHORS = {
    "activities.close",
    "activities.index",
    "activities.propose",
    "activities.publish",
    "activities.show",
    "documents.add",
    "generation.confirm",
    "generation.correct",
    "generation.edit",
    "generation.finish",
    "generation.new_version",
    "generation.reject",
    "generation.swap",
    "generation.write_section",
    "surveys.answers_file",
    "surveys.results",
}
MAY_ENTER = {
    LEARNER: PUBLIC | OF_EVERYBODY_SIGNED_IN,
    REVIEWER: PUBLIC | OF_EVERYBODY_SIGNED_IN | OF_EDITORS | OF_REVIEWERS,
    AUTHOR: PUBLIC | OF_EVERYBODY_SIGNED_IN | OF_EDITORS | OF_REVIEWERS | OF_AUTHORS,
}
"""Written down by hand: whoever opens a page to more people changes this list too. Administrators enter everything."""


def pages(app: Flask, world: World) -> list[tuple[str, str, str]]:
    """Return (method, endpoint, address) of every page."""
    return [(method, *page) for method in ("GET", "POST") for page in addresses(app, method, world.ids)]


def test_signed_out_people_enter_only_what_is_public(app: Flask, session: scoped_session[Session]) -> None:
    world = make_world()
    for method, endpoint, address in pages(app, world):
        answer = app.test_client().open(address, method=method)
        if endpoint in SIGNED_MESSAGES:
            assert answer.status_code == (405 if method == "GET" else 400), address
        elif endpoint in PUBLIC:
            assert answer.status_code in (200, 301, 404, 410) or method == "POST", address
            assert answer.status_code not in (302, 401, 403), address
        elif method == "GET" and endpoint not in ("security.verify",):
            assert answer.status_code == 302, address
            assert answer.location.startswith("/accounts/sign-in?next="), address
        else:
            assert answer.status_code in (302, 401), address


@pytest.mark.parametrize("role", [LEARNER, REVIEWER, AUTHOR])
def test_each_role_enters_its_own_pages_and_no_others(app: Flask, session: scoped_session[Session], role: str) -> None:
    world = make_world()
    for method, endpoint, address in pages(app, world):
        if endpoint in MAY_ENTER[role] - {"security.logout", "issuing.preview", "issuing.pdf", "issuing.credential"}:
            continue
        answer = sign_in(app.test_client(), world.people[role]).open(address, method=method)
        if endpoint not in MAY_ENTER[role]:
            assert answer.status_code == 403, (role, endpoint)


def test_what_the_list_above_opens_is_what_the_pages_declare(app: Flask, session: scoped_session[Session]) -> None:
    everything = {rule.endpoint for rule in app.url_map.iter_rules()}
    for role, listed in MAY_ENTER.items():
        opened = {endpoint for endpoint in everything if declared_roles(endpoint) & {role, SIGNED_IN, EVERYONE}}
        assert opened == listed, role
    assert {e for e in everything if not declared_roles(e)} == {"security.verify"}


@pytest.mark.parametrize("role", [LEARNER, ADMINISTRATOR])
def test_view_somebody_forgot_to_declare_is_closed_to_everybody(
    app: Flask, session: scoped_session[Session], role: str
) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret", methods=["GET", "POST"])
    client = sign_in(app.test_client(), make_world().people[role])
    assert client.get("/forgotten").status_code == 403
    assert client.post("/forgotten").status_code == 403
    assert client.options("/forgotten").status_code == 403
    assert "secret" not in app.test_client().get("/forgotten", follow_redirects=True).text


def test_only_signed_messages_need_no_token(app: Flask, session: scoped_session[Session]) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert {r.endpoint for r in rules if takes_signed_messages(r.endpoint)} == SIGNED_MESSAGES
    assert app.extensions["csrf"]._exempt_views == {"quizbank.plans.views.webhook"}


def test_no_form_is_taken_without_a_token_or_with_somebody_elses(
    locked_app: Flask, client_of_other: FlaskClient, session_of_locked: World
) -> None:
    world = session_of_locked
    other_token = token(client_of_other)
    administrator = sign_in(locked_app.test_client(), world.people[ADMINISTRATOR])
    own_token = token(administrator)
    before = table_state()
    for _endpoint, address in addresses(locked_app, "POST", world.ids):
        for forged in (
            {"data": {}},
            {"data": {"csrf_token": other_token, "go": "autosave"}},
            {"data": {"csrf_token": own_token[:-2]}},
            {"json": {"csrf_token": own_token}},
            {"data": f"csrf_token={own_token}", "content_type": "text/plain"},
            {"data": {}, "query_string": {"csrf_token": own_token}},
        ):
            assert administrator.post(address, **forged).status_code == 400, (address, forged)  # type: ignore[arg-type]
    assert table_state() == before


def test_no_form_is_taken_from_another_site_even_with_a_token(locked_app: Flask, session_of_locked: World) -> None:
    world = session_of_locked
    administrator = sign_in(locked_app.test_client(), world.people[ADMINISTRATOR])
    data = {"csrf_token": token(administrator)}
    before = table_state()
    for _endpoint, address in addresses(locked_app, "POST", world.ids):
        for site in ("cross-site", "same-site"):
            assert administrator.post(address, data=data, headers={"Sec-Fetch-Site": site}).status_code == 400
        assert administrator.post(address, json={}, headers={"X-CSRFToken": data["csrf_token"]}).status_code == 400
    assert table_state() == before


def test_forms_work_over_https_though_no_page_sends_a_referer(locked_app: Flask, session_of_locked: World) -> None:
    locked_app.config["PREFERRED_URL_SCHEME"] = "https"
    holder = sign_in(locked_app.test_client(), session_of_locked.holder)
    page = "/accounts/profile"
    data = {"csrf_token": token(holder, page), "name": "Holder Anew", "profession": "nurse"}
    answer = holder.post(page, data=data, base_url="https://localhost", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 302


def token(client: FlaskClient, page: str = "/accounts/profile") -> str:
    """Return the token of a page's form, as its own script would read it."""
    return (
        client.get(page, base_url="https://localhost")
        .text.split('name="csrf_token"')[1]
        .split('value="')[1]
        .split('"')[0]
    )


@pytest.fixture
def session_of_locked(locked_app: Flask) -> Iterator[World]:
    with locked_app.app_context():
        yield make_world()


@pytest.fixture
def client_of_other(locked_app: Flask, session_of_locked: World) -> FlaskClient:
    return sign_in(locked_app.test_client(), session_of_locked.people[LEARNER])


def test_every_answer_carries_the_headers_that_keep_a_page_to_itself(
    app: Flask, session: scoped_session[Session]
) -> None:
    world = make_world()
    administrator = sign_in(app.test_client(), world.people[ADMINISTRATOR])
    skipped = ("security.logout", "issuing.preview", "issuing.pdf", "issuing.credential")
    found = [page for page in addresses(app, "GET", world.ids) if page[0] not in skipped]
    for endpoint, address in [*found, ("missing", "/no/such/page"), ("method", "/accounts/sign-out")]:
        answer = administrator.get(address, headers={"Origin": "https://evil.example"})
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, endpoint
        assert "unsafe" not in policy, endpoint
        assert answer.headers["X-Content-Type-Options"] == "nosniff", endpoint
        assert answer.headers["Referrer-Policy"] == "no-referrer", endpoint
        assert "Access-Control-Allow-Origin" not in answer.headers, endpoint
        if endpoint not in {"static", "bootstrap.static", "web.font", *FOR_MACHINES}:
            assert answer.headers["Cache-Control"] == "no-store", endpoint
            assert "ETag" not in answer.headers, endpoint


NOT_SERVED = ["/.git/config", "/static/", "/static/../app.py", "/static/%2e%2e/app.py", "/static/%00", "/static/css",
     "/instance/quizbank.sqlite3", "/metrics", "/console", "/fonts/..%2f..%2fapp.py", "/accounts/fs-static/../../x",
     "/bootstrap/static/..%2f..%2f__init__.py", "/admin", "/app.py", "/static/css/site.css.map"]  # fmt: skip


def test_nothing_but_pages_is_served(client: FlaskClient) -> None:
    for address in NOT_SERVED:
        answer = client.get(address)
        assert answer.status_code in (400, 404), address
        assert "Traceback" not in answer.text


def test_methods_no_page_takes_are_refused(client: FlaskClient) -> None:
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "FOO"]:
        assert client.open("/accounts/sign-in", method=method).status_code in (400, 405)


def test_method_is_what_the_request_line_says(app: Flask, session: scoped_session[Session]) -> None:
    for way in ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"]:
        world = make_world()
        holder = sign_in(app.test_client(), world.holder)
        before = table_state()
        address = f"/attempts/{world.open_attempt}/submit"
        assert holder.get(address, headers={way: "POST"}).status_code == 405
        assert holder.get(address, query_string={"_method": "POST"}).status_code == 405
        assert holder.head(address).status_code == 405
        assert table_state() == before


def test_error_page_tells_nothing_of_the_program(app: Flask, session: scoped_session[Session]) -> None:
    def broken() -> str:
        raise RuntimeError("/srv/secret/path")

    broken.open_to = frozenset({EVERYONE})  # type: ignore[attr-defined]
    app.add_url_rule("/broken", "broken", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "Something went wrong on our side" in answer.text
