"""Rule files through HTTP: upload, what is wrong, what changes, activating exactly what was shown, and who may."""

import html
import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from certificates.wallet.requirements.rules import SHIPPED
from quizbank.accounts.roles import ADMINISTRATOR, AUTHOR, LEARNER
from quizbank.rulefiles.forms import MOST_BYTES
from quizbank.rulefiles.models import RuleFileVersion
from tests.certificates.wallet.wallets import make_followed
from tests.factories import make_account, sign_in

Db = scoped_session[Session]
PLACE = "/rulefiles/requirements"
RULES = SHIPPED.read_text(encoding="utf-8").replace("sample-state-a", "our-state")


@pytest.fixture
def alex(app: Flask, session: Db) -> FlaskClient:
    return sign_in(app.test_client(), make_account(ADMINISTRATOR))


def shown(page: str) -> str:
    """Return the hash of the text whose changes a page told."""
    found = re.search(r'name="shown"[^>]*value="([0-9a-f]*)"', page)
    return found[1] if found else ""


def count(session: Db) -> int:
    session.rollback()
    return session.scalar(select(func.count(RuleFileVersion.id))) or 0


def activate(client: FlaskClient, text: str, seen: int = 0) -> str:
    """Check a text, activate it, and return what the page says then."""
    page = client.post(PLACE, data={"text": text, "seen": seen}).text
    sent = {"text": text, "seen": seen, "shown": shown(page), "activate": "", "note": "New board"}
    return client.post(PLACE, data=sent, follow_redirects=True).text


def test_uploaded_file_is_shown_with_its_changes_and_then_activated(alex: FlaskClient, session: Db) -> None:
    file = (BytesIO(b"\xef\xbb\xbf" + RULES.replace("\n", "\r\n").encode()), "rules.toml")
    page = alex.post(PLACE, data={"file": file, "text": "old", "seen": 0}).text
    assert "our-state" in page
    assert "Activate this text" in page
    assert count(session) == 0
    text = html.unescape(re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page, re.DOTALL)[1])  # type: ignore[index]
    sent = {"text": text, "seen": 0, "shown": shown(page), "activate": "", "note": "Our board"}
    told = alex.post(PLACE, data=sent, follow_redirects=True).text
    assert "Version 1 is in force" in told
    assert "Our board" in told
    assert session.scalars(select(RuleFileVersion)).one().content == RULES
    assert "our-state" in alex.get("/rulefiles/requirements/in-force.toml").text
    assert "These are samples" not in alex.get("/wallet/requirements/choose").text


def test_text_that_was_changed_after_it_was_shown_is_shown_again(alex: FlaskClient, session: Db) -> None:
    page = alex.post(PLACE, data={"text": RULES, "seen": 0}).text
    sent = {"text": RULES.replace("our-state", "other-state"), "seen": 0, "shown": shown(page), "activate": ""}
    answer = alex.post(PLACE, data=sent)
    assert "other-state" in answer.text
    assert count(session) == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (RULES.encode("utf-16"), "no text in UTF-8"),
        (b"\x00\x01", "not written as TOML"),
        (b"format = 1\n" + b"#" * MOST_BYTES, "at most 300,000 bytes"),
        (RULES.replace('total = "', 'total = "x').encode(), "things are to be put right"),
        (b"format = 1", "There are no rules"),
    ],
)
def test_file_that_cannot_be_used_is_refused_in_words(
    alex: FlaskClient, session: Db, content: bytes, words: str
) -> None:
    answer = alex.post(PLACE, data={"file": (BytesIO(content), "rules.toml"), "seen": 0, "activate": ""})
    assert (answer.status_code, words in answer.text) == (400, True), answer.text
    assert count(session) == 0


def test_who_relies_on_what_goes_is_told(alex: FlaskClient, session: Db) -> None:
    activate(alex, RULES)
    make_followed(make_account(), rules="our-state")
    session.commit()
    page = alex.post(PLACE, data={"text": "", "seen": 1}).text
    assert "1 person follows it" in page
    assert "Activate this text" in page


def test_earlier_version_is_downloaded_and_taken_up_again(alex: FlaskClient, session: Db) -> None:
    activate(alex, RULES)
    activate(alex, RULES.replace("our-state", "new-state"), seen=1)
    assert "our-state" in alex.get(f"{PLACE}/version-1.toml").text
    assert "our-state" in alex.get(f"{PLACE}?version=1").text
    assert "Version 3 is in force" in activate(alex, RULES, seen=2)
    assert count(session) == 3


def test_second_of_two_administrators_sees_the_version_of_the_first(alex: FlaskClient, session: Db) -> None:
    activate(alex, RULES)
    page = alex.post(PLACE, data={"text": RULES + "# more\n", "seen": 0}).text
    sent = {"text": RULES + "# more\n", "seen": 0, "shown": shown(page), "activate": ""}
    answer = alex.post(PLACE, data=sent)
    assert (answer.status_code, "Somebody else activated" in answer.text) == (409, True)
    assert count(session) == 1


def test_file_of_the_server_is_shown_and_nothing_can_be_sent(
    alex: FlaskClient, app: Flask, session: Db, tmp_path: Path
) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(RULES)
    app.config["REQUIREMENTS_FILE"] = str(file)
    try:
        page = alex.get(PLACE).text
        assert "A file of the server rules" in page
        assert "<textarea" not in page
        assert "our-state" in page
        sent = alex.post(PLACE, data={"text": "", "seen": 0}).text
        answer = alex.post(PLACE, data={"text": "", "seen": 0, "shown": shown(sent), "activate": ""})
        assert answer.status_code in (200, 409)
        assert count(session) == 0
    finally:
        app.config["REQUIREMENTS_FILE"] = ""


@pytest.mark.parametrize("role", [LEARNER, AUTHOR])
@pytest.mark.parametrize("path", ["/rulefiles/", PLACE, f"{PLACE}/in-force.toml", f"{PLACE}/version-1.toml"])
def test_only_administrators_see_rule_files(app: Flask, session: Db, role: str, path: str) -> None:
    assert sign_in(app.test_client(), make_account(role)).get(path).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/rulefiles/nothing", f"{PLACE}/version-9.toml", f"{PLACE}?version=99999999999", f"{PLACE}?version=-{2**70}"],
)
def test_what_is_not_there_is_not_found(alex: FlaskClient, path: str) -> None:
    assert alex.get(path).status_code == 404


def test_hostile_text_is_escaped(alex: FlaskClient) -> None:
    page = alex.post(PLACE, data={"text": "format = 1\n[[rules]]\nname = '<script>x</script>'", "seen": 0}).text
    assert "<script>x" not in page


@pytest.mark.parametrize("version", ["9" * 5_000, "one", ""])
def test_a_version_that_is_no_number_shows_what_is_in_force(alex: FlaskClient, version: str) -> None:
    assert "What boards ask for" in alex.get(f"{PLACE}?version={version}").text
