"""Markup and template code in everything people write: shown as typed, on every page and in the PDF."""

import re

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from certificates.issuing.operations import ensure_file, issue_certificate
from certificates.wallet.models import BoardIdentifier, ExternalCredit, License
from quizbank.accounts.models import Account
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.db import db, utc_now
from quizbank.documents.models import StoredDocument
from quizbank.generation.models import Suggestion
from quizbank.items.models import ItemVersion
from quizbank.jobs.worker import run_pending
from quizbank.post.models import Message
from tests.factories import make_account, make_attempt, make_claim, make_document, make_item, sign_in, tree
from tests.security.conftest import World, addresses, make_world

PAYLOAD = """<img src=x onerror=alert(7)>"'{{70891*21713}}{%print(1)%}<script>alert(8)</script><svg/onload=alert(9)>"""
EXECUTABLE = re.compile(r"<img src=x|<script>alert|<svg/onload|1539256283|onerror=alert\(7\)>[\"']", re.IGNORECASE)
OFFERED = ("options", "alternatives")
SKIPPED = ("security.logout", "issuing.pdf", "issuing.preview", "issuing.bundle_file", "wallet.transcript_pdf")


@pytest.fixture
def world(app: Flask, session: scoped_session[Session]) -> World:
    """Return a world in which everything anybody wrote is an attack."""
    world = make_world()
    for account in session.scalars(select(Account)):
        account.name = PAYLOAD
    for activity in session.scalars(select(Activity)):
        activity.title = activity.instructions = activity.commercial_support = PAYLOAD
        activity.references = [PAYLOAD]
        activity.faculty = [{**activity.faculty[0], "name": PAYLOAD, "credentials": PAYLOAD, "role": PAYLOAD}]
        for objective in activity.objectives:
            objective.text = objective.source = PAYLOAD
        for pinned in activity.items:
            content = pinned.version.content
            options = [{**option, "text": PAYLOAD, "rationale": PAYLOAD} for option in content["options"]]
            pinned.version.content = {**content, "stem": PAYLOAD, "rationale": PAYLOAD, "options": options}
            pinned.version.stem = PAYLOAD
    for row in session.scalars(select(StoredDocument)):
        row.name = row.title = PAYLOAD
        row.tree = {**(row.tree or {}), "title": PAYLOAD}
    for license in session.scalars(select(License)):
        license.body = license.documents[0].name = PAYLOAD
    for credit in session.scalars(select(ExternalCredit)):
        credit.title = credit.provider = credit.file.name = PAYLOAD
        credit.topics = [PAYLOAD]
    for message in session.scalars(select(Message)):
        message.subject = message.body = message.refusal = message.about = PAYLOAD
    for board in session.scalars(select(BoardIdentifier)):
        board.board = PAYLOAD
    for suggestion in session.scalars(select(Suggestion)):
        report = suggestion.report
        told = {name: [{**one, "text": PAYLOAD, "rationale": PAYLOAD} for one in report[name]] for name in OFFERED}
        told["alternatives"] = [{**one, "origin": PAYLOAD, "warning": PAYLOAD} for one in told["alternatives"]]
        words = dict.fromkeys(("stem", "missing", "rationale", "pattern", "objective", "model"), PAYLOAD)
        suggestion.report = {**report, **told, **words}
    for version in session.scalars(select(ItemVersion).where(ItemVersion.id == world.ids["version_id"])):
        stale = {"quote": PAYLOAD, "is_gone": False, "why": PAYLOAD}
        told = {"pattern": PAYLOAD, "version": 1, "changed": [PAYLOAD], "model": PAYLOAD, "stale": stale}
        version.provenance = {**version.provenance, **told}
    app.config["PROVIDER_NAME"] = app.config["ACCREDITATION_STATEMENT"] = PAYLOAD
    session.commit()
    return world


def crawl(app: Flask, client: FlaskClient, world: World, attempt_id: int) -> dict[str, str]:
    """Return the text of every page by its endpoint."""
    ids = {**world.ids, "attempt_id": attempt_id}
    found = {}
    for endpoint, address in addresses(app, "GET", ids):
        if endpoint not in SKIPPED and "static" not in endpoint and endpoint != "web.font":
            answer = client.get(address, headers={"User-Agent": PAYLOAD, "Referer": PAYLOAD})
            found[endpoint] = answer.text if "html" in answer.mimetype else ""
    return found


def test_nothing_anybody_wrote_becomes_markup_on_any_page(app: Flask, world: World) -> None:
    administrator = sign_in(app.test_client(), world.people[ADMINISTRATOR])
    holder = sign_in(app.test_client(), world.holder)
    pages = [
        crawl(app, administrator, world, world.open_attempt),
        crawl(app, holder, world, world.open_attempt),
        crawl(app, holder, world, world.passed_attempt),
    ]
    for crawled in pages:
        for endpoint, page in crawled.items():
            assert not EXECUTABLE.search(page), (endpoint, EXECUTABLE.search(page))
    shown = {endpoint for crawled in pages for endpoint, page in crawled.items() if "&lt;script&gt;alert(8)" in page}
    assert {"attempts.play", "attempts.result", "attempts.activity", "accounts.people", "attempts.index", "activities.index",
            "documents.index", "items.show", "issuing.index", "generation.workshop", "generation.finish",
            "wallet.index", "licenses.index", "licenses.show", "identity.show", "external.edit",
            "requirements.index", "post.index", "post.show", "post.mine", "sending.preview"} <= shown  # fmt: skip


def test_search_and_error_pages_give_back_no_markup(app: Flask, world: World) -> None:
    administrator = sign_in(app.test_client(), world.people[ADMINISTRATOR])
    for address in (
        "/accounts/",
        "/attempts/",
        "/issuing/",
        "/documents/",
        "/items/",
        "/activities/",
        "/jobs/",
        "/post/",
        "/v/",
    ):
        for name in ("q", "state", "sort", "role", "code"):
            text = administrator.get(address, query_string={name: PAYLOAD}, follow_redirects=True).text
            assert not EXECUTABLE.search(text), (address, name)
    assert not EXECUTABLE.search(administrator.get(f"/v/{PAYLOAD}").text)
    assert not EXECUTABLE.search(administrator.get(f"/no/{PAYLOAD}").text)


def test_reason_and_evaluation_are_kept_as_typed_and_shown_harmless(app: Flask, world: World) -> None:
    administrator = sign_in(app.test_client(), world.people[ADMINISTRATOR])
    administrator.post(f"/issuing/{world.certificate}/revoke", data={"reason": PAYLOAD})
    administrator.post(f"/items/versions/{world.ids['version_id']}/reject", data={"note": PAYLOAD})
    for address in (f"/issuing/{world.certificate}", f"/items/{world.ids['item_id']}", f"/v/{world.ids['code']}"):
        assert not EXECUTABLE.search(administrator.get(address).text), address


def test_certificate_prints_markup_and_template_code_literally(app: Flask, session: scoped_session[Session]) -> None:
    name = "<b>{{70891*21713}}</b> O'Neill & Söhne <script>x</script>"
    passed = make_attempt(learner=make_account(name=name), right=3)
    passed.activity.title = "{{ config }} <i>title</i>"
    certificate = issue_certificate(make_claim(passed), utc_now())
    session.commit()
    with pypdfium2.PdfDocument(ensure_file(certificate, utc_now()).content) as pdf:
        words = re.sub(r"\s", "", pdf[0].get_textpage().get_text_range())
    assert "<b>{{70891*21713}}</b>" in words
    assert "1539256283" not in words
    assert "{{config}}<i>title</i>" in words


def test_html_document_loses_everything_that_could_run(app: Flask, session: scoped_session[Session]) -> None:
    document = (
        "<html><head><title>Spine <script>alert(1)</script></title></head><body onload=alert(2)><h1>Spine surgery today</h1>"
        "<p>Revision surgery is a second operation on the spine that is done after the first.</p>"
        "<script>alert(3)</script><iframe src='https://evil.example'></iframe><p>See <a href='javascript:alert(4)'>this link</a>"
        "<a href='data:text/html,<script>alert(5)</script>'>that one</a> for the details of the operation.</p>"
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(6)></style></mglyph></form></mtext></math>"
        "<svg><script>alert(7)</script></svg><noscript><p title='</noscript><img src=x onerror=alert(8)>'></noscript></body></html>"
    )  # fmt: skip
    author = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    body = (
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n\r\n{document}\r\n--b--\r\n'.encode()
    )
    location = author.post("/documents/add", data=body, content_type="multipart/form-data; boundary=b").location
    run_pending(app.extensions["job_handlers"], utc_now)
    db.session.rollback()
    for address in (location, location.replace("documents", "generation")):
        page = author.get(address).text
        assert "second operation on the spine" in page
        for trace in ("alert(", "evil.example", "javascript:", "data:text/html", "onerror", "<iframe", "<math"):
            assert trace not in page.replace("&lt;", "").partition("<main")[2], (address, trace)


def test_payload_of_a_document_stays_text_in_the_workshop(app: Flask, session: scoped_session[Session]) -> None:
    administrator = make_account(ADMINISTRATOR)
    document = tree()
    hostile = "<img src=x onerror=1>"[: len("Fatigue is the commonest")]
    text = document.text.replace("Fatigue is the commonest", hostile.ljust(len("Fatigue is the commonest"), "!"))
    row = make_document(administrator)
    make_item(row, reviewer=administrator)
    row.tree = {**(row.tree or {}), "text": text}
    session.commit()
    client = sign_in(app.test_client(), administrator)
    for address in (f"/documents/{row.id}", f"/generation/{row.id}"):
        page = client.get(address)
        assert page.status_code == 200
        assert "<img src=x" not in page.text
        assert "&lt;img src=x" in page.text
