"""An administrator's story: people and attempts are found, certificates are handed over in one go or taken back."""

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select, update
from sqlalchemy.orm import scoped_session

from certificates.issuing import views
from certificates.issuing.keeping import BUNDLE
from certificates.issuing.models import Certificate, CertificateFile
from certificates.issuing.views import RENDERED_AT_ONCE
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.operations import record_audit
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.db import utc_now
from quizbank.jobs.models import Job
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim
from tests.fences import lift_fences
from tests.journeys.conftest import Walk

Db = scoped_session[Session]
Start = Callable[..., Walk]
Work = Callable[[], None]

FORMULA = "=cmd|' /C calc'!A0"
TINY = b"%PDF-1.4 a tiny one"


@pytest.fixture
def administrator(walk: Start, session: Db) -> Walk:
    return walk(make_account(ADMINISTRATOR, "Alex Administrator"))


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(now=utc_now(), title="Heart failure in practice", minutes=30, maximum_credit=Decimal("0.50"))


def certify(activity: Activity, learner: Account) -> Certificate:
    """Let a learner earn a certificate."""
    return make_certificate(make_claim(make_attempt(activity, learner, right=3, now=utc_now())))


def keep_tiny_file(session: Db, certificate: Certificate) -> None:
    """Store a PDF beside a certificate, so that none has to be laid out."""
    file = CertificateFile(certificate_id=certificate.id, content=TINY, sha256="0" * 64, rendered_at=utc_now())
    session.add(file)
    session.flush()


def test_trail_is_searched_by_person_kind_and_day_and_a_changed_entry_is_named(
    session: Db, administrator: Walk, work: Callable[[], None]
) -> None:
    ada = make_account(name="Ada Lovelace")
    for day, action in enumerate(("credit.claimed", "signed in", "credit.claimed"), start=1):
        record_audit(action, f"account:{ada.id}", ada.id, datetime(2026, 3, day, 23, tzinfo=UTC), note=f"<b>{day}")
    session.commit()
    page = administrator.see("/accounts/trail?q=lovelace&action=credit.claimed&from=2026-03-02&to=2026-03-03")
    assert "note: <b>3" in page
    assert "note: <b>1" not in page
    assert "note: <b>2" not in page
    assert "every seal holds" in check_of_the_trail(administrator, work)
    rows = read_csv(administrator.download("/accounts/trail.csv?q=lovelace"))
    words = [list(json.loads(row["Words (salt, text)"])["note"]) for row in rows]
    assert [text for _salt, text in words] == ["<b>1", "<b>2", "<b>3"]
    changed = session.scalars(select(AuditEntry.id).where(AuditEntry.action == "signed in")).all()[-1]
    lift_fences(session)
    session.execute(update(AuditEntry).where(AuditEntry.id == changed).values(subject="account:99"))
    session.commit()
    assert f"Entry {changed} is not what was written" in check_of_the_trail(administrator, work)
    assert f"Entry {changed} is not what was written" in administrator.see("/accounts/trail")


def check_of_the_trail(administrator: Walk, work: Callable[[], None]) -> str:
    """Ask for a check of the trail, let it be done, and return the page that tells what it found."""
    administrator.go("/trail/")
    assert "Waiting to start" in administrator.see("/trail/")
    work()
    return administrator.see("/trail/")


def test_people_are_searched_filtered_sorted_and_paged_by_the_address(session: Db, administrator: Walk) -> None:
    for number in range(60):
        make_account(name=f"Learner {number:02}")
    first = administrator.see("/accounts/?q=learner+&role=learner&sort=-name")
    assert "Learner 59" in first
    assert "Learner 34" not in first
    assert "1–25 of 60" in first
    last = administrator.see("/accounts/?q=learner+&role=learner&sort=-name&page=3")
    assert "Learner 00" in last
    assert "51–60 of 60" in last
    assert "No one found" in administrator.see("/accounts/?q=%25")


def test_attempts_are_found_by_person_and_result(session: Db, administrator: Walk, activity: Activity) -> None:
    make_attempt(activity, make_account(name="Passing Pat"), right=3, now=utc_now())
    make_attempt(activity, make_account(name="Failing Fay"), right=0, now=utc_now())
    make_attempt(activity, make_account(name="Open Oda"), now=utc_now())
    passed = administrator.see("/attempts/?result=passed")
    assert "Passing Pat" in passed
    assert "Failing Fay" not in passed
    assert "Open Oda" in administrator.see("/attempts/?q=oda&result=open")
    rows = read_csv(administrator.download("/attempts/attempts.csv?result=failed"))
    assert [row["Name"] for row in rows] == ["Failing Fay"]


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_formula_in_a_name_stays_text_in_every_list(session: Db, administrator: Walk, activity: Activity) -> None:
    learner = make_account(name=FORMULA)
    keep_tiny_file(session, certify(activity, learner))
    for path in ("/accounts/people.csv", "/attempts/attempts.csv", "/issuing/certificates.csv"):
        assert {row["Name"] for row in read_csv(administrator.download(path))} >= {f"'{FORMULA}"}, path
    with zipfile.ZipFile(BytesIO(zip_of(administrator, "/issuing/bundle"))) as bundle:
        assert read_csv(bundle.read("manifest.csv"))[0]["name"] == f"'{FORMULA}"


def zip_of(walk: Walk, path: str) -> bytes:
    """Ask for a bundle and return its bytes."""
    answer = walk.client.post(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return answer.data


def test_certificates_that_match_come_as_one_zip_with_the_serial_first(
    session: Db, administrator: Walk, activity: Activity
) -> None:
    wanted = [certify(activity, make_account(name=f"Wanted {number}")) for number in range(2)]
    for certificate in (*wanted, certify(activity, make_account(name="Somebody Else"))):
        keep_tiny_file(session, certificate)
    serials = {certificate.serial for certificate in wanted}
    page = administrator.see("/issuing/?q=wanted")
    assert "Download all 2 as ZIP" in page
    with zipfile.ZipFile(BytesIO(zip_of(administrator, "/issuing/bundle?q=wanted"))) as bundle:
        assert bundle.testzip() is None
        pdfs = [name for name in bundle.namelist() if name.endswith(".pdf")]
        assert {name[: len(next(iter(serials)))] for name in pdfs} == serials
        assert {row["serial"] for row in read_csv(bundle.read("manifest.csv"))} == serials
        assert bundle.read(pdfs[0]) == TINY


@pytest.fixture
def many(session: Db, activity: Activity) -> int:
    """Return how many certificates there are: so many that none of them could be rendered while one waits."""
    for number in range(RENDERED_AT_ONCE + 1):
        keep_tiny_file(session, certify(activity, make_account(name=f"Learner {number}")))
    return RENDERED_AT_ONCE + 1


def test_many_certificates_come_at_once_when_they_are_rendered(administrator: Walk, many: int) -> None:
    with zipfile.ZipFile(BytesIO(zip_of(administrator, "/issuing/bundle"))) as bundle:
        assert bundle.testzip() is None
        assert len(bundle.namelist()) == many + 1


def test_many_certificates_are_bundled_in_the_background_when_that_is_asked(
    administrator: Walk, work: Work, many: int
) -> None:
    assert "Make the ZIP in the background" in administrator.see("/issuing/")
    place = administrator.go("/issuing/bundle/later")
    page = administrator.see(place)
    assert "Download of 101 certificates" in page
    assert "data-job-url" in page
    assert administrator.client.get(f"{place}/certificates.zip").location == place
    work()
    assert "Ready until" in administrator.see(place)
    assert "ready until" in administrator.see("/issuing/")
    with zipfile.ZipFile(BytesIO(administrator.download(f"{place}/certificates.zip"))) as bundle:
        assert len(bundle.namelist()) == many + 1


def test_certificates_that_must_be_rendered_first_are_bundled_in_the_background(
    administrator: Walk, activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "RENDERED_AT_ONCE", 1)
    for number in range(2):
        certify(activity, make_account(name=f"Waiting {number}"))
    assert "/issuing/bundles/" in administrator.go("/issuing/bundle")


@pytest.fixture
def bundle(session: Db, administrator: Walk, work: Work, activity: Activity) -> str:
    """Return the address of a bundle that has just been written in the background."""
    keep_tiny_file(session, certify(activity, make_account(name="Ada Lovelace")))
    place = administrator.go("/issuing/bundle/later")
    work()
    return place


def test_bundle_is_given_as_often_as_asked_until_it_expires_and_is_made_anew(
    session: Db, administrator: Walk, work: Work, bundle: str
) -> None:
    first = administrator.download(f"{bundle}/certificates.zip")
    assert administrator.download(f"{bundle}/certificates.zip") == first
    over = utc_now() - timedelta(days=7)
    session.execute(update(Job).where(Job.kind == BUNDLE).values(finished_at=over))
    session.commit()
    page = administrator.see(f"{bundle}/certificates.zip")
    assert "This download has expired" in page
    assert "make the ZIP anew" in page
    anew = administrator.go(f"{bundle}/again")
    assert anew != bundle
    assert administrator.go(f"{bundle}/again") == anew
    work()
    with zipfile.ZipFile(BytesIO(administrator.download(f"{anew}/certificates.zip"))) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2


def test_bundle_that_can_be_downloaded_is_not_made_anew(administrator: Walk, bundle: str) -> None:
    assert administrator.go(f"{bundle}/again") == bundle


def test_bundle_whose_file_was_taken_away_says_so(app: Flask, administrator: Walk, work: Work, bundle: str) -> None:
    for path in Path(app.config["BUNDLE_FOLDER"]).iterdir():
        path.unlink()
    assert "This ZIP is not here any more" in administrator.see(bundle)
    anew = administrator.go(f"{bundle}/again")
    work()
    assert "Ready until" in administrator.see(anew)


def test_revoked_certificate_says_so_to_everybody(
    walk: Start, session: Db, administrator: Walk, activity: Activity
) -> None:
    learner = make_account(name="Wrong Person")
    certificate = certify(activity, learner)
    keep_tiny_file(session, certificate)
    place, serial = f"/issuing/{certificate.id}", certificate.serial
    stranger = walk()
    assert "This certificate is valid." in stranger.see(f"/v/{serial}")
    assert "Say why the certificate is revoked." in administrator.send(f"{place}/revoke", 409, reason=" ")
    assert "Revoked on" in administrator.send(f"{place}/revoke", reason="Issued to the wrong person.")
    page = stranger.see(f"/v/{serial}")
    assert "This certificate was revoked and is not valid." in page
    assert "Wrong Person" not in page
    assert "Issued to the wrong person." not in page
    assert "Revoked on" in walk(learner).see(place)
    assert serial in administrator.see("/issuing/?state=revoked")


def test_misspelled_name_is_corrected_by_a_new_certificate_to_which_the_old_one_leads(
    walk: Start, session: Db, administrator: Walk, activity: Activity
) -> None:
    learner = make_account(name="Wrnog Person")
    certificate = certify(activity, learner)
    keep_tiny_file(session, certificate)
    place, serial = f"/issuing/{certificate.id}", certificate.serial
    assert "Say why" in administrator.send(f"{place}/reissue", 409, name="Wrong Person", reason=" ")
    assert "at least one letter" in administrator.send(f"{place}/reissue", 409, name="-", reason="Slip.")
    page = administrator.send(f"{place}/reissue", name="Wrong Person", reason="Typing slip.")
    assert "Replaced. This is the new certificate" in page
    assert f'Replaces <a href="{place}">{serial}</a>' in page
    assert "Typing slip." in walk(learner).see(place)
    told = walk().see(f"/v/{serial}")
    assert "This certificate was replaced by a newer one." in told
    assert "Wrong Person" not in told
    assert "Typing slip." not in told


def test_many_certificates_are_revoked_after_a_look_and_with_a_reason(
    session: Db, administrator: Walk, activity: Activity, work: Work
) -> None:
    for name in ("First Person", "Second Person", "Third Person"):
        certify(activity, make_account(name=name))
    session.commit()
    assert "Revoke 3 certificates" in administrator.see("/batches/revoke")
    page = administrator.see("/batches/revoke?q=second")
    assert "Revoke 1 certificate" in page
    assert "First Person" not in page
    form = {"seen": "1", "token": "a"}
    assert "Give a reason" in administrator.send("/batches/revoke?q=second", 400, **form, reason="")
    assert "There are 3 by now" in administrator.send("/batches/revoke", 409, **form, reason="Wrong provider.")
    batch = administrator.go("/batches/revoke?q=second", **form, reason="Wrong provider.")
    assert batch == administrator.go("/batches/revoke?q=second", **form, reason="Wrong provider.")
    assert "Waiting" in administrator.see(batch)
    work()
    assert "All 1 are revoked" in administrator.see(batch)
    assert "Second Person" in administrator.see("/issuing/?state=revoked")
    assert "First Person" not in administrator.see("/issuing/?state=revoked")
    assert "Nothing to do" in administrator.see("/batches/issue")
    administrator.see("/batches/burn", 404)


def test_claim_whose_name_cannot_be_printed_is_named_until_it_can(
    session: Db, administrator: Walk, activity: Activity, work: Work
) -> None:
    learner = make_account(name="Good Name")
    make_claim(make_attempt(activity, learner, right=3, now=utc_now()))
    learner.name = " "
    session.commit()
    assert "1 claim has no certificate" in administrator.see("/issuing/")
    batch = administrator.go("/batches/issue", seen="1", token="b")
    work()
    page = administrator.see(batch)
    assert "0 of 1 are issued" in page
    assert "name is missing" in page
    learner.name = "Good Name"
    session.commit()
    again = administrator.go(f"{batch}/again")
    work()
    assert "All 1 are issued" in administrator.see(again)


def test_bundle_that_broke_off_goes_on_after_the_last_whole_file(
    session: Db, administrator: Walk, activity: Activity
) -> None:
    for number in range(4):
        keep_tiny_file(session, certify(activity, make_account(name=f"Person {number}")))
    session.commit()
    names = bundled(administrator, "/issuing/bundle")
    assert names == sorted(names)
    last = names[1][:34]
    assert bundled(administrator, f"/issuing/bundle?after={last.lower()}") == names[2:]
    assert bundled(administrator, f"/issuing/bundle?until={last}") == names[:2]
    assert names[0][:34] not in administrator.see(f"/issuing/?after={last}")


def bundled(administrator: Walk, address: str) -> list[str]:
    """Return the names of the PDFs in a ZIP."""
    with zipfile.ZipFile(BytesIO(administrator.client.post(address).data)) as archive:
        return [name for name in archive.namelist() if name.endswith(".pdf")]


def test_bundle_of_nothing_says_so(administrator: Walk) -> None:
    assert "No certificate matches this search" in administrator.send("/issuing/bundle?q=nobody", 404)


def test_new_person_signs_in_with_the_password_shown_once(app: Flask, walk: Start, administrator: Walk) -> None:
    page = administrator.send(
        "/accounts/add", name="Florence Nightingale", email="florence@example.org", profession="nurse", roles="learner"
    )
    password = page.partition("First password</dt><dd>")[2].partition("<")[0]
    answer = walk().client.post("/accounts/sign-in", data={"email": "florence@example.org", "password": password})
    assert answer.status_code == 302
    assert password not in administrator.see("/accounts/?q=florence")
