"""A physician shows a hospital what was earned; the hospital looks, checks and takes it along; the physician sees who looked."""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable

from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from certificates.issuing.operations import revoke_certificate
from quizbank.accounts.models import Account, AuditEntry
from quizbank.db import utc_now
from tests.factories import make_account, make_attempt, make_certificate, make_claim
from tests.journeys.conftest import Walk, words

Start = Callable[[Account | None], Walk]


def address_in(page: str) -> str:
    """Return the path of the link that a page shows once."""
    found = re.search(r"http://127\.0\.0\.1:8000(/s/[\w-]{43})<", page)
    assert found, page
    return found[1]


def opened(stranger: Walk, path: str, passcode: str = "") -> str:
    """Open a link as a browser does, and return the address that it leads to."""
    page = stranger.client.get(path)
    assert page.status_code == 200
    found = re.search(r'name="key" value="([^"]*)"', page.text)
    assert found
    return stranger.go("/s/", key=html.unescape(found[1]), passcode=passcode)


def test_records_go_from_a_physician_to_a_hospital_and_back_comes_who_looked(
    app: Flask, session: scoped_session[Session], walk: Start, work: Callable[[], None]
) -> None:
    learner = make_account(name="Vera Holder", email="vera@example.org")
    shared = make_certificate(make_claim(make_attempt(learner=learner, right=3)))
    kept = make_certificate(make_claim(make_attempt(learner=learner, right=3)))
    work()
    physician, hospital = walk(learner), walk(None)
    assert "Nothing shared yet" in physician.see("/sharing/")
    asked = {"records": f"certificate:{shared.id}", "recipient": "St. Mary's", "days": "30", "max_views": "2"}
    path = address_in(physician.send("/sharing/new", **asked, passcode="heart-valve", idempotency_key="k1"))
    place = opened(hospital, path, "heart-valve")
    assert path.removeprefix("/s/") not in place
    page = hospital.see(place)
    assert "Records of Vera Holder" in page
    assert "Verified" in page
    assert page.count("proved against the signed checkpoint") == 1
    assert shared.serial in page
    for hidden in (kept.serial, "vera@example.org", "birth", "100%"):
        assert hidden not in page
    with zipfile.ZipFile(io.BytesIO(hospital.download(f"{place}/records.zip"))) as packet:
        told = json.loads(packet.read("verification.json"))
        assert [one["serial"] for one in told["records"]] == [shared.serial]
        assert len([name for name in packet.namelist() if name.startswith("certificates/")]) == 1
        assert packet.read("index.pdf").startswith(b"%PDF")
    assert "opened for the first time" in physician.see("/")
    looked = physician.send(f"/sharing/{1}/seen")
    assert "An unknown program" in looked or "A program, not a browser" in looked
    assert "Downloaded" in looked
    assert "opened for the first time" not in physician.see("/")
    revoke_certificate(shared, "Issued in error.", learner.id, utc_now())
    session.commit()
    page = hospital.see(place)
    assert "Revoked" in page
    assert "It was revoked on" in page
    physician.send("/sharing/1/revoke")
    assert "This link does not open" in hospital.see(place, status=410)
    assert "This link does not open" in hospital.see(path, status=410)
    trail = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("share."))).all()
    assert trail == ["share.created", "share.viewed", "share.downloaded", "share.revoked"]


def test_form_sent_twice_makes_one_link_and_shows_it_again(
    app: Flask, session: scoped_session[Session], walk: Start
) -> None:
    certificate = make_certificate()
    physician = walk(certificate.learner)
    asked = {"records": f"certificate:{certificate.id}", "recipient": "A", "days": "1", "max_views": "1"}
    first = address_in(physician.send("/sharing/new", **asked, idempotency_key="same"))
    assert address_in(physician.send("/sharing/new", **asked, idempotency_key="same")) == first
    assert address_in(physician.send("/sharing/new", **asked, idempotency_key="other")) != first
    changed = physician.client.post("/sharing/new", data={**asked, "max_views": "9", "idempotency_key": "same"})
    assert changed.status_code == 409
    assert "sent before with other values" in words(changed)


def test_what_is_missing_or_not_ones_own_is_told_beside_the_field(
    app: Flask, session: scoped_session[Session], walk: Start
) -> None:
    own, foreign = make_certificate(), make_certificate()
    physician = walk(own.learner)
    good = {"records": f"certificate:{own.id}", "recipient": "A", "days": "30", "max_views": "5"}
    for change, sentence in (
        ({"records": ""}, "Choose at least one record."),
        ({"records": f"certificate:{foreign.id}"}, "not a valid choice"),
        ({"records": "license:1"}, "not a valid choice"),
        ({"recipient": ""}, "Name the recipient."),
        ({"recipient": "\u202e"}, "at least one letter"),
        ({"days": "366"}, "Choose 1 to 365 days."),
        ({"days": "0"}, "Choose 1 to 365 days."),
        ({"max_views": "101"}, "Choose 1 to 100 views."),
        ({"max_views": "1e9"}, "Not a valid integer"),
        ({"passcode": "12345"}, "Use 6 to 100 characters"),
        ({"passcode": "     1     "}, "Use 6 to 100 characters"),
    ):
        assert sentence in physician.send("/sharing/new", status=400, **{**good, **change}), change
    assert "Nothing shared yet" in physician.see("/sharing/")
