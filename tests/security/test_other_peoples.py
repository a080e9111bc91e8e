"""Every personal page with somebody else's id: nothing there, nothing changed, and the attempt is noted."""

import re

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import AUTHOR, LEARNER, REVIEWER
from tests.factories import make_account, make_activity, sign_in
from tests.security.conftest import World, addresses, denials, make_world, table_state

PERSONAL = (
    "attempt_id",
    "board_id",
    "certificate_id",
    "claim_id",
    "external_id",
    "followed_id",
    "job_id",
    "license_id",
    "link_id",
)
OF_ADMINISTRATORS = ("/credits/claims/", "revoke", "reissue", "/jobs/", "bundles", "batches", "/sending/")
FORM = {"item": "1", "go": "next", "amount": "0.25", "attested": "y", "reason": "mine"}


def personal_pages(app: Flask, world: World) -> list[tuple[str, str]]:
    """Return (method, address) of every page about something that belongs to one person."""
    found = []
    for attempt_id in (world.open_attempt, world.passed_attempt):
        ids = {**world.ids, "attempt_id": attempt_id}
        rules = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}
        for method in ("GET", "POST"):
            pages = addresses(app, method, ids)
            found += [(method, address) for endpoint, address in pages if rules[endpoint] & {*PERSONAL}]
    return sorted(set(found))


@pytest.mark.parametrize("role", [LEARNER, AUTHOR, REVIEWER])
def test_what_belongs_to_another_person_is_not_there_and_stays_as_it_is(
    app: Flask, session: scoped_session[Session], role: str
) -> None:
    world = make_world()
    stranger = sign_in(app.test_client(), world.people[role])
    before, noted = table_state(), denials()
    pages = personal_pages(app, world)
    assert len(pages) > 40
    for method, address in pages:
        answer = stranger.open(address, method=method, data=FORM if method == "POST" else None)
        assert answer.status_code in (404, 403), address
        assert "Holder Of Things" not in answer.text, address
        assert answer.status_code == 404 or any(closed in address for closed in OF_ADMINISTRATORS), address
    after = table_state()
    assert denials() == noted + len(pages)
    assert {name: rows for name, rows in after.items() if name != "audit_entry"} == {
        name: rows for name, rows in before.items() if name != "audit_entry"
    }


def test_missing_id_and_another_persons_id_get_the_same_page(app: Flask, session: scoped_session[Session]) -> None:
    world = make_world()
    stranger = sign_in(app.test_client(), world.people[LEARNER])
    for place, kind in (
        ("/attempts/{}", "attempt_id"),
        ("/attempts/{}/result", "attempt_id"),
        ("/credits/{}/claim", "attempt_id"),
        ("/issuing/{}", "certificate_id"),
        ("/jobs/{}", "job_id"),
        ("/wallet/licenses/{}", "license_id"),
        ("/wallet/external/{}/edit", "external_id"),
        ("/wallet/external/{}/file", "external_id"),
        ("/wallet/requirements/{}/edit", "followed_id"),
    ):
        theirs, missing = stranger.get(place.format(world.ids[kind])), stranger.get(place.format(987654))
        assert theirs.status_code == missing.status_code
        assert without_token(theirs.text) == without_token(missing.text)


def without_token(page: str) -> str:
    """Return a page without the token of its sign-out form, which changes every second."""
    return re.sub(r'value="[^"]{40,}"', "", page)


def test_certificate_is_never_kept_by_a_cache_and_never_given_to_strangers(
    app: Flask, session: scoped_session[Session]
) -> None:
    world = make_world()
    address = f"/issuing/{world.certificate}/certificate.pdf"
    assert app.test_client().get(address).status_code == 302
    assert sign_in(app.test_client(), make_account()).get(address).status_code == 404
    answer = sign_in(app.test_client(), world.holder).get(address)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_draft_activity_is_not_there_for_learners(app: Flask, session: scoped_session[Session]) -> None:
    world = make_world()
    learner = sign_in(app.test_client(), world.people[LEARNER])
    activity_id = make_activity(publish=False).id
    assert learner.get(f"/attempts/activity/{activity_id}").status_code == 404
    assert learner.get(f"/attempts/activity/{activity_id}/read").status_code == 404
    assert learner.post(f"/attempts/start/{activity_id}").status_code == 404
