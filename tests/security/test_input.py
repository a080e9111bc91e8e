"""Odd values in every parameter of every page: clear refusals, never a failure, nothing stored that cannot be shown."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy.orm import scoped_session

from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.db import db, utc_now
from quizbank.documents.models import StoredDocument
from tests.factories import make_account, make_activity, sign_in
from tests.security.conftest import World, addresses, make_world

PARAMETERS = (
    "q", "state", "sort", "page", "role", "result", "document", "activity", "item", "view", "code", "next", "endpoint", "act",
    "_method", "_scheme", "_external",
)  # fmt: skip
ODD = [
    "99999999999999999999", "-1", "0", "9" * 5000, "1e308", "NaN", "' OR 1=1 --", '" ; DROP TABLE account; --', "%' OR '1'='1",
    "name) UNION SELECT password FROM account --", "-name, password", "%", "_", "\\", "\ufffe", "\u202e", "{{7*7}}", "a" * 5000,
    "*/*", "$1", ":x", "[]", "\x01\x7f", "\u0130",
]  # fmt: skip
NO_NUMBERS = ["-1", "0", "1.0", "1e1", "0x1", "%31%00", "1%20", "../1", "1;2", "null", "NaN"]
NO_PAGES = ["-1", "0", "1.5", "99999999999999999999", "9" * 5000, "NaN", "1 OR 1=1"]
NO_SORTS = [
    "password",
    "-password",
    "name; DROP TABLE account",
    "name desc, password",
    "fs_uniquifier",
    "__class__",
    "",
    "--name",
]
SEARCHES = ["x' OR '1'='1", "%", "_", "\\", "x%' --", "x') OR 1=1 --", "Person%learner", "perso_"]
NUMBERS = ["NaN", "sNaN", "-sNaN", "Infinity", "1e2147483647", "1e999999", "-1", "0.1", "9" * 400, "", "0x1", "٤"]
DAYS = ["0001-01-01", "9999-12-31", "2024-02-30", "99999-01-01", "-1", "2024-02-29"]
COUNTED = ("credits-0-maximum", "pass_mark", "minutes", "max_attempts", "cooldown_hours", "objectives-0-item_count")
FILE_NAMES = [
    "../../etc/passwd", "..\\..\\win.ini", "/etc/passwd", "CON", "a" * 300 + ".txt", "%2e%2e%2f", "a\u202etxt.exe", ".", "..",
    "<b>.txt", "a\r\nb.txt",
]  # fmt: skip
BODIES = [
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "application/x-www-form-urlencoded; charset=utf-7",
    "a/b",
]
SLOW = ("issuing.pdf", "issuing.preview", "security.logout")
LISTS = ("/accounts/", "/attempts/", "/issuing/", "/documents/", "/items/", "/activities/", "/jobs/", "/post/")


@pytest.fixture
def world(session: scoped_session[Session]) -> World:
    return make_world()


@pytest.fixture
def administrator(client: FlaskClient, world: World) -> FlaskClient:
    return sign_in(client, world.people[ADMINISTRATOR])


def test_no_value_of_any_parameter_breaks_a_page(app: Flask, administrator: FlaskClient, world: World) -> None:
    for endpoint, address in addresses(app, "GET", world.ids):
        if endpoint in SLOW or "static" in endpoint:
            continue
        for turn in range(0, len(ODD), 4):
            values = {name: ODD[(turn + place) % len(ODD)] for place, name in enumerate(PARAMETERS)}
            assert administrator.get(address, query_string=values).status_code < 500, (address, values)


def test_nul_in_a_parameter_or_its_name_is_refused(administrator: FlaskClient) -> None:
    for address in LISTS:
        for name in PARAMETERS:
            assert administrator.get(address, query_string={name: "a\x00"}).status_code == 400
        assert administrator.get(address, query_string={"q\x00": "a"}).status_code == 400


def test_ids_no_row_can_have_are_not_there(app: Flask, administrator: FlaskClient, world: World) -> None:
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    for number in (2**31, 2**63, 10**400):
        ids = {name: number if isinstance(value, int) else value for name, value in world.ids.items()}
        for method in ("GET", "POST"):
            for endpoint, address in addresses(app, method, ids):
                if any(name.endswith("_id") for name in rules[endpoint].arguments) and str(number) in address:
                    assert administrator.open(address, method=method).status_code == 404, endpoint


def test_ids_that_are_no_numbers_are_not_there(administrator: FlaskClient) -> None:
    for written in NO_NUMBERS:
        for place in ("/attempts/{}/result", "/issuing/{}/certificate.pdf", "/documents/{}", "/items/{}"):
            assert administrator.get(place.format(written)).status_code in (404, 308), (place, written)


def test_search_finds_what_was_typed_and_nothing_more(administrator: FlaskClient) -> None:
    for words in SEARCHES:
        text = administrator.get("/accounts/", query_string={"q": words}).text
        assert "Holder Of Things" not in text, words
        assert "Person learner" not in text, words


def test_lists_are_sorted_by_what_is_offered_only(administrator: FlaskClient) -> None:
    usual = administrator.get("/accounts/", query_string={"sort": "name"}).text
    people = sorted(("Holder Of Things", "Person author", "Person learner"), key=usual.index)
    for sort in NO_SORTS:
        text = administrator.get("/accounts/", query_string={"sort": sort}).text
        assert sorted(people, key=text.index) == people, sort


def test_pages_that_do_not_exist_show_one_that_does(administrator: FlaskClient) -> None:
    for page in NO_PAGES:
        for address in LISTS:
            assert administrator.get(address, query_string={"page": page}).status_code == 200, (address, page)


PLAN = {
    "title": "T",
    "format": "enduring",
    "pass_mark": "70",
    "minutes": "60",
    "credits-0-credit_type": "ama_pra_1",
    "credits-0-maximum": "1",
}


def posted_forms(world: World) -> dict[str, dict[str, str]]:
    """Return a good form for every page that keeps text."""
    person = {"name": "Good Name", "profession": "nurse"}
    likert = dict.fromkeys(("objectives_met", "knowledge", "practice", "balanced"), "5")
    return {
        "/accounts/profile": person,
        "/accounts/add": {**person, "email": "good@example.org", "roles": "learner"},
        "/accounts/password": {"password": "x", "new_password": "y", "new_password_confirm": "y"},
        "/accounts/sign-in": {"email": "a@example.org", "password": "x"},
        "/documents/add": {"pasted": "Words.", "name": "Good"},
        f"/items/versions/{world.ids['version_id']}/reject": {"note": "Good reason"},
        f"/issuing/{world.certificate}/revoke": {"reason": "Good reason"},
        f"/issuing/{world.certificate}/reissue": {"name": "Good Name", "reason": "Good reason"},
        "/batches/revoke": {"reason": "Good reason", "seen": "1", "token": "x"},
        "/v/": {"code": "0000"},
        f"/generation/items/{world.ids['item_id']}/edit": {"stem": "Which?", "rationale": "r", "options-0-text": "t"},
        f"/generation/suggestions/{world.ids['suggestion_id']}": {"stem": "Which?", "options-0-text": "t"},
        f"/generation/suggestions/{world.ids['suggestion_id']}/reject": {"note": "Good reason"},
        f"/generation/{world.ids['document_id']}/new-version": {"pasted": "Words.", "name": "Good"},
        f"/generation/{world.ids['document_id']}/section": {"section": "0"},
        f"/generation/{world.ids['document_id']}/correction": {"original": "teh", "corrected": "the"},
        f"/generation/items/{world.ids['item_id']}/swap": {"version": "1", "alternative": "0", "option": "a"},
        "/surveys/": {"name": "Good name"},
        f"/surveys/{world.ids['survey_id']}": {"seen": "1", "questions-0-text": "Good?", "questions-0-kind": "text"},
        f"/surveys/activity/{world.ids['activity_id']}": {"survey": "0"},
        f"/credits/claims/{world.ids['claim_id']}": {"seen": "0", "amount": "0.00", "reason": "Good reason"},
        f"/credits/{world.passed_attempt}/evaluation": {**likert, "change": "Nothing"},
    }  # fmt: skip


def test_nul_in_a_form_is_refused_before_it_reaches_the_database(administrator: FlaskClient, world: World) -> None:
    for address, form in posted_forms(world).items():
        for name in form:
            bad = {**form, name: form[name] + "\x00"}
            assert administrator.post(address, data=bad).status_code == 400, (address, name)
            multipart = administrator.post(address, data=bad, content_type="multipart/form-data")
            assert multipart.status_code == 400, (address, name)
        assert administrator.post(address, data={**form, "x\x00": "y"}).status_code == 400, address


def test_file_in_the_place_of_text_is_refused(administrator: FlaskClient, world: World) -> None:
    for address, form in posted_forms(world).items():
        for name in form:
            boundary = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"\r\n\r\nabc\r\n--b--\r\n'
            answer = administrator.post(address, data=boundary.encode(), content_type="multipart/form-data; boundary=b")
            assert answer.status_code == 400, (address, name)


def test_bodies_of_odd_kinds_are_refused_or_empty(administrator: FlaskClient, world: World) -> None:
    for kind in BODIES:
        for address in posted_forms(world):
            answer = administrator.post(address, data=b"\xff\xfe--\r\n<a>&=&&;", content_type=kind)
            assert answer.status_code in (200, 302, 400, 403, 404, 409), (address, kind)


def draft_address() -> str:
    """Return the address of a new draft activity."""
    activity = make_activity(publish=False, now=utc_now())
    db.session.commit()
    return f"/activities/{activity.id}"


def plan_at(location: str) -> dict[str, str]:
    """Return a good plan as the page of a draft would send it now."""
    db.session.rollback()
    activity = db.session.get_one(Activity, int(location.rpartition("/")[2]))
    return {**PLAN, "revision": str(activity.revision)}


def test_odd_numbers_in_an_activity_are_refused(administrator: FlaskClient) -> None:
    location = draft_address()
    for value in NUMBERS:
        for name in COUNTED:
            form = {**plan_at(location), "objectives-0-text": "o", "objectives-0-item_count": "1", name: value}
            assert administrator.post(location, data=form).status_code in (302, 400), (name, value)
        form = {**plan_at(location), "title": value, "revision": value}
        assert administrator.post(location, data=form).status_code in (400, 409), value
    assert administrator.get(location).status_code == 200


def test_odd_dates_in_an_activity_break_nothing(administrator: FlaskClient) -> None:
    location = draft_address()
    for day in DAYS:
        dates = dict.fromkeys(("released_on", "reviewed_on", "expires_on", "faculty-0-mitigated_on"), day)
        assert administrator.post(location, data={**plan_at(location), **dates, "faculty-0-name": "A"}).status_code in (
            302,
            400,
        ), day
        assert administrator.get(location).status_code == 200, day
        assert administrator.post(f"{location}/publish").status_code == 302, day


def test_names_of_uploads_stay_names(administrator: FlaskClient) -> None:
    for name in FILE_NAMES:
        answer = administrator.post("/documents/add", data={"pasted": "Some words here.", "name": name[:150]})
        assert answer.status_code == 302, name
        row = db.session.get_one(StoredDocument, int(answer.location.rpartition("/")[2]))
        assert row.name.isprintable(), name
        assert 0 < len(row.name) <= 200, name
        db.session.rollback()


def test_too_large_a_body_is_refused_early(app: Flask, world: World) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100_000
    administrator = sign_in(app.test_client(), world.people[ADMINISTRATOR])
    lying = administrator.post(
        "/documents/add", data=b"", headers={"Content-Length": str(10**12)}, content_type="text/plain"
    )
    assert lying.status_code in (400, 413)
    big = f'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n{"a" * 200_000}\r\n--b--\r\n'.encode()
    answer = administrator.post("/documents/add", data=big, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_account_pages_take_a_million_letters_without_breaking(app: Flask, world: World) -> None:
    administrator = sign_in(app.test_client(), make_account(ADMINISTRATOR))
    for address, form in posted_forms(world).items():
        for name in form:
            if address != "/documents/add" and not address.endswith("/new-version"):
                assert administrator.post(address, data={**form, name: "n" * 1_000_000}).status_code < 500, (
                    address,
                    name,
                )


def test_odd_numbers_in_any_form_are_answered(app: Flask, administrator: FlaskClient, world: World) -> None:
    holder = sign_in(app.test_client(), world.holder)
    credit = {"title": "T", "provider": "P", "credit_type": "ama_pra_1", "completed_on": "2026-01-01"}
    link = {"records": f"certificate:{world.certificate}", "recipient": "R", "days": "1", "max_views": "1"}
    question = {"seen": "1", "questions-0-text": "Good?", "questions-0-kind": "text"}
    for value in NUMBERS:
        for person, address, form, name in (
            (holder, "/wallet/external/add", credit, "amount"),
            (holder, "/sharing/new", link, "days"),
            (holder, "/sharing/new", link, "max_views"),
            (
                administrator,
                f"/credits/claims/{world.ids['claim_id']}",
                {"amount": "0.00", "reason": "Good one"},
                "seen",
            ),
            (administrator, f"/surveys/{world.ids['survey_id']}", question, "seen"),
            (administrator, f"/surveys/{world.ids['survey_id']}", question, "questions-0-place"),
        ):
            answer = person.post(address, data={**form, name: value})
            assert answer.status_code in (200, 302, 400, 409), (address, name, value)
