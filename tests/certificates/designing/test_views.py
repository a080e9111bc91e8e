"""The pages of designs: an administrator adds a signature, tries a design, saves it; nobody else gets in."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.designing.models import Picture
from certificates.designing.queries import choice_for
from quizbank.accounts.roles import ADMINISTRATOR, LEARNER
from tests.certificates.designing.test_operations import drawn
from tests.factories import make_account, make_activity, sign_in

Db = scoped_session[Session]
WIDTH = int.from_bytes


@pytest.fixture
def administrator(client: FlaskClient, session: Db) -> FlaskClient:
    return sign_in(client, make_account(ADMINISTRATOR))


def size_of(png: bytes) -> tuple[int, int]:
    """Return width and height as the PNG's header tells them."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def upload(client: FlaskClient, content: bytes, name: str = "signature.png") -> tuple[int, str]:
    data = {"kind": "signature", "label": "Helen's hand", "file": (io.BytesIO(content), name)}
    answer = client.post("/designing/pictures", data=data, content_type="multipart/form-data", follow_redirects=True)
    return answer.status_code, answer.text


def test_administrator_adds_a_signature_and_chooses_a_design_with_it(administrator: FlaskClient, session: Db) -> None:
    assert "What there is" in administrator.get("/designing/").text
    assert upload(administrator, drawn())[0] == 200
    picture = session.scalars(select(Picture)).one()
    assert administrator.get(f"/designing/pictures/signature/{picture.sha256}.png").data == picture.content
    form = {
        "layout": "modern/letter-landscape",
        "logo": "",
        "signatories-0-name": "Helen R. Castellanos, MD",
        "signatories-0-title": "Chair",
        "signatories-0-picture": picture.sha256,
        "example": "longest",
    }
    shown = administrator.post("/designing/provider", data={**form, "preview": "1"})
    assert shown.status_code == 200
    assert "preview.png?layout=modern/letter-landscape" in shown.text
    assert choice_for(None).design == "classic"
    assert administrator.post("/designing/provider", data={**form, "save": "1"}).status_code == 302
    assert choice_for(None).signatories[0].picture == picture.sha256
    assert administrator.post(f"/designing/pictures/signature/{picture.sha256}/withdraw").status_code == 302
    assert "No signature yet." in administrator.get("/designing/").text


def test_activity_gets_a_design_of_its_own_and_gives_it_up(administrator: FlaskClient, session: Db) -> None:
    activity = make_activity()
    address = f"/designing/activity/{activity.id}"
    assert "looks like all others" in administrator.get(address).text
    administrator.post(address, data={"layout": "plain/a4-portrait", "logo": "", "example": "ordinary", "save": "1"})
    assert choice_for(activity.id).design == "plain"
    administrator.post(f"{address}/follow")
    assert choice_for(activity.id).design == "classic"


def test_preview_draws_what_its_address_says(administrator: FlaskClient) -> None:
    answer = administrator.get("/designing/preview.png?layout=plain/letter-portrait&example=bare&size=small")
    assert answer.mimetype == "image/png"
    width, height = size_of(answer.data)
    assert width / height == pytest.approx(8.5 / 11, rel=0.01)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "layout=../x",
        "layout=plain/a4-landscape",
        "layout=classic/a4-landscape&example=x",
        "layout=classic/a4-landscape&logo=1",
    ],
)
def test_preview_of_what_does_not_exist_is_not_there(administrator: FlaskClient, query: str) -> None:
    assert administrator.get(f"/designing/preview.png?{query}").status_code == 404


def test_what_cannot_be_chosen_is_told_on_the_page(administrator: FlaskClient) -> None:
    form = {
        "layout": "classic/a4-landscape",
        "logo": "",
        "signatories-1-title": "Dean",
        "example": "ordinary",
        "save": "1",
    }
    answer = administrator.post("/designing/provider", data=form)
    assert answer.status_code == 400
    assert "Name the person" in answer.text


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\n" + b"x" * 99])
def test_file_that_is_no_picture_is_told_on_the_page(administrator: FlaskClient, content: bytes) -> None:
    status, page = upload(administrator, content)
    assert status == 400
    assert "picture" in page
    assert "Not saved yet" in page


@pytest.mark.parametrize(
    "address", ["/designing/", "/designing/provider", "/designing/preview.png", "/designing/activity/1"]
)
def test_learner_gets_nowhere(client: FlaskClient, session: Db, address: str) -> None:
    assert sign_in(client, make_account(LEARNER)).get(address).status_code == 403
