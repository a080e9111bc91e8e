"""Certificates on a real database: one per claim, frozen at issue, the same bytes for ever, revoked with a reason."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.credential import read_credential
from certificates.issuing.facts import from_json
from certificates.issuing.models import REVOKED, SUPERSEDED, VALID, Certificate
from certificates.issuing.operations import (
    IssueRefused,
    ensure_file,
    insert_certificate,
    issue_certificate,
    provider_signer,
    reissue_certificate,
    revoke_certificate,
)
from certificates.issuing.serial import normalise_serial
from certificates.issuing.tokens import public_key
from quizbank.accounts.models import AuditEntry
from quizbank.accounts.operations import change_profile
from quizbank.jobs.models import Job
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim

Db = scoped_session[Session]


def test_certificate_states_what_was_claimed(session: Db, now: datetime) -> None:
    activity = make_activity(title="Heart failure today", minutes=60, maximum_credit=Decimal("1.00"))
    attempt = make_attempt(activity, make_account(name="Ada Lovelace"), right=3)
    facts = from_json(make_certificate(make_claim(attempt, Decimal("0.50"))).facts)
    assert (facts.recipient, facts.title, facts.format) == ("Ada Lovelace", "Heart failure today", "Enduring material")
    assert (facts.credits, facts.wording) == (Decimal("0.50"), "and is awarded 0.5 AMA PRA Category 1 Credits™")
    assert facts.completed_on == date(2030, 5, 6)
    assert facts.provider == "Quizbank Education"


def test_dates_are_the_calendar_days_here_and_stay_when_the_time_zone_moves(
    session: Db, app: Flask, auckland: ZoneInfo
) -> None:
    evening = datetime(2030, 5, 6, 11, 45, tzinfo=UTC)  # handed in at 11:55, five minutes before midnight in Auckland
    attempt = make_attempt(make_activity(now=evening), now=evening, right=3)
    certificate = issue_certificate(make_claim(attempt), evening + timedelta(hours=1))
    app.config["TIME_ZONE"] = ZoneInfo("America/Los_Angeles")
    session.commit()
    session.expire_all()
    facts = from_json(certificate.facts)
    assert (facts.completed_on, facts.issued_on) == (date(2030, 5, 6), date(2030, 5, 7))


def test_nurse_gets_a_certificate_of_participation(session: Db) -> None:
    nurse = make_account(profession="nurse")
    facts = from_json(make_certificate(make_claim(make_attempt(learner=nurse, right=3))).facts)
    assert facts.heading == "Certificate of Participation"
    assert "award" not in facts.wording


def test_serial_is_one_people_can_type_and_the_address_ends_with_it(session: Db) -> None:
    certificate = make_certificate()
    assert normalise_serial(certificate.serial.lower().replace("-", " ")) == certificate.serial
    assert from_json(certificate.facts).verify_url == f"http://127.0.0.1:8000/v/{certificate.serial}"


def test_claim_has_one_certificate_however_often_it_is_issued(session: Db, now: datetime) -> None:
    claim = make_claim()
    first = issue_certificate(claim, now)
    assert issue_certificate(claim, now + timedelta(days=1)) is first
    assert session.scalar(select(func.count(Certificate.id))) == 1


def test_database_itself_refuses_a_second_certificate(session: Db, now: datetime) -> None:
    claim = make_claim()
    issue_certificate(claim, now)
    with pytest.raises(IntegrityError):
        insert_certificate(claim, now)


def test_rendering_is_queued_with_the_certificate(session: Db) -> None:
    certificate = make_certificate()
    job = session.scalars(select(Job)).one()
    assert (job.kind, job.args) == ("issuing.render", {"certificate_id": certificate.id})


def test_issued_certificate_keeps_the_name_and_title_it_was_issued_with(session: Db, now: datetime) -> None:
    certificate = make_certificate()
    before = dict(certificate.facts)
    change_profile(certificate.learner, "Another Name", "nurse", now)
    certificate.activity.title = "Another title"
    session.commit()
    session.expire_all()
    assert certificate.facts == before
    assert certificate.name == "Ada Lovelace"


def test_file_is_rendered_once_and_its_bytes_never_change(session: Db, now: datetime) -> None:
    certificate = make_certificate()
    session.commit()
    first = ensure_file(certificate, now)
    content, rendered_at = first.content, first.rendered_at
    certificate.learner.name = "Another Name"
    session.commit()
    again = ensure_file(certificate, now + timedelta(days=1))
    assert content.startswith(b"%PDF-")
    assert (again.content, again.rendered_at) == (content, rendered_at)
    assert again.sha256 == hashlib.sha256(content).hexdigest()


def test_title_that_no_design_has_room_for_is_refused_at_issue(session: Db, now: datetime) -> None:
    claim = make_claim()
    claim.learner.name = "  "
    with pytest.raises(IssueRefused, match="name is missing"):
        issue_certificate(claim, now)


def test_revoked_certificate_keeps_its_facts_with_date_and_reason(session: Db, now: datetime) -> None:
    certificate, administrator = make_certificate(), make_account("administrator")
    facts = dict(certificate.facts)
    revoke_certificate(certificate, " Issued by mistake. ", administrator.id, now)
    session.commit()
    session.expire_all()
    assert (certificate.state, certificate.changed_at, certificate.reason) == (REVOKED, now, "Issued by mistake.")
    assert certificate.facts == facts


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_revocation_needs_a_reason(session: Db, now: datetime, reason: str) -> None:
    certificate = make_certificate()
    with pytest.raises(IssueRefused, match="Say why"):
        revoke_certificate(certificate, reason, certificate.learner_id, now)
    assert certificate.state == VALID


def test_second_revocation_is_refused_and_the_first_stands(session: Db, now: datetime) -> None:
    certificate = make_certificate()
    revoke_certificate(certificate, "First.", certificate.learner_id, now)
    with pytest.raises(IssueRefused, match="not valid any more"):
        revoke_certificate(certificate, "Second.", certificate.learner_id, now + timedelta(days=1))
    session.refresh(certificate)
    assert (certificate.reason, certificate.changed_at) == ("First.", now)


def test_revoked_certificate_is_not_issued_again_for_its_claim(session: Db, now: datetime) -> None:
    certificate = make_certificate()
    revoke_certificate(certificate, "Mistake.", certificate.learner_id, now)
    assert issue_certificate(certificate.claim, now) is certificate


def test_issue_and_revocation_are_in_the_audit_trail(session: Db, now: datetime) -> None:
    certificate = make_certificate()
    revoke_certificate(certificate, "Mistake.", certificate.learner_id, now)
    query = (
        select(AuditEntry.action).where(AuditEntry.subject == f"certificate:{certificate.id}").order_by(AuditEntry.id)
    )
    assert session.scalars(query).all() == ["certificate.issued", "certificate.revoked"]


def test_correction_replaces_the_certificate_and_says_why(session: Db, now: datetime) -> None:
    old, administrator = make_certificate(), make_account("administrator")
    facts = dict(old.facts)
    change_profile(old.learner, "Ada King", "physician", now)
    new = reissue_certificate(old, " Married name. ", administrator.id, now + timedelta(days=1))
    session.commit()
    session.expire_all()
    assert (old.state, old.reason, old.changed_at) == (SUPERSEDED, "Married name.", now + timedelta(days=1))
    assert (old.replaced_by, new.replaces, old.facts) == (new, old, facts)
    assert (new.name, new.state, from_json(new.facts).completed_on) == ("Ada King", VALID, date(2030, 5, 6))
    assert new.serial != old.serial
    assert issue_certificate(old.claim, now) is new


def test_correction_may_give_the_name_as_it_is_to_be_printed(session: Db, now: datetime) -> None:
    old = make_certificate()
    new = reissue_certificate(old, "Typing slip.", old.learner_id, now, "Ada M. Lovelace")
    assert (new.name, from_json(new.facts).recipient) == ("Ada M. Lovelace", "Ada M. Lovelace")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_correction_needs_a_reason(session: Db, now: datetime, reason: str) -> None:
    certificate = make_certificate()
    with pytest.raises(IssueRefused, match="Say why"):
        reissue_certificate(certificate, reason, certificate.learner_id, now)


def test_only_a_valid_certificate_is_replaced(session: Db, now: datetime) -> None:
    certificate = make_certificate()
    revoke_certificate(certificate, "Mistake.", certificate.learner_id, now)
    with pytest.raises(IssueRefused, match="not valid any more"):
        reissue_certificate(certificate, "Again.", certificate.learner_id, now)


@pytest.mark.parametrize(
    "change",
    [{"state": REVOKED}, {"state": "lost"}, {"reason": "why"}, {"changed_at": datetime(2030, 1, 1, tzinfo=UTC)}],
)
def test_database_keeps_state_date_and_reason_together(session: Db, change: dict[str, object]) -> None:
    certificate = make_certificate()
    for name, value in change.items():
        setattr(certificate, name, value)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_credential_is_kept_with_the_file_and_signed_by_the_provider(session: Db, now: datetime) -> None:
    certificate = make_certificate()
    session.commit()
    file = ensure_file(certificate, now)
    found = read_credential(file.credential or "", [public_key(provider_signer().chain[0])], now + timedelta(hours=1))
    assert found["id"] == from_json(certificate.facts).verify_url
    assert found["credentialSubject"]["creditsEarned"] == 0.25
    assert file.renderer
