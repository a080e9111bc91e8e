"""Reports are prepared, sent and discarded; what changes afterwards is due again."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from certificates.credits.operations import claim_credit, correct_claim
from certificates.issuing.operations import revoke_certificate
from certificates.reporting.destinations import CE_BROKER, PARS
from certificates.reporting.models import PREPARED, Report, ReportLine
from certificates.reporting.operations import (
    ReportRefused,
    confirm_sent,
    discard_report,
    prepare_report,
)
from certificates.reporting.queries import Narrowing, participations_in, standing_counts
from certificates.reporting.records import DELETE, SUBMIT
from certificates.reporting.standing import CHANGED, HELD, NEW, SUBMITTED, WITHDRAWN
from certificates.wallet.models import Identity
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.queries import check_trail
from quizbank.accounts.roles import ADMINISTRATOR
from quizbank.activities.models import Activity
from quizbank.db import db
from tests.certificates.reporting.samples import certify, claim_by, consent, make_license, make_physician
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity

Db = scoped_session[Session]
ALL = Narrowing()


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(minutes=60, maximum_credit=Decimal("1.00"))


@pytest.fixture
def administrator(session: Db) -> Account:
    return make_account(ADMINISTRATOR)


def counts() -> dict[str, int]:
    """Return how many claims stand how at PARS, without those that are none."""
    return {name: count for name, count in standing_counts(PARS, ALL).items() if count}


def send(administrator: Account) -> Report:
    """Prepare what is due at PARS and note it as sent."""
    report = prepare_report(PARS, ALL, administrator.id, FIXED_NOW)
    confirm_sent(report, administrator.id, FIXED_NOW)
    return report


def told(report: Report, act: str) -> list[tuple[str, str]]:
    """Return family name and amount of what a report tells."""
    return [(one.learner.family_name, str(one.amount)) for one in participations_in(report.id, act)]


def test_sent_report_is_on_record_and_a_discarded_one_is_due_again(activity: Activity, administrator: Account) -> None:
    claim_by(make_physician()[0], activity)
    claim_by(make_account(), activity)
    report = prepare_report(PARS, ALL, administrator.id, FIXED_NOW)
    assert (report.submissions, report.deletions) == (1, 0)
    assert counts() == {NEW: 1, HELD: 1}
    discard_report(report, administrator.id, FIXED_NOW)
    assert counts() == {NEW: 1, HELD: 1}
    assert told(send(administrator), SUBMIT) == [("Núñez", "0.25")]
    assert counts() == {SUBMITTED: 1, HELD: 1}


def change_name(session: Db, identity: Identity) -> None:
    identity.family_name = "King"


def change_license(session: Db, identity: Identity) -> None:
    make_license(db.session.get_one(Account, identity.account_id), "Ohio", "O9")


def change_npi(session: Db, identity: Identity) -> None:
    identity.npi = "1245319599"


def change_birthday(session: Db, identity: Identity) -> None:
    identity.birthday = "03-01"


@pytest.mark.parametrize("change", [change_name, change_license, change_npi, change_birthday])
def test_record_that_says_something_else_now_is_deleted_as_told_and_submitted_anew(
    session: Db, activity: Activity, administrator: Account, change: Callable[[Db, Identity], None]
) -> None:
    account, identity = make_physician()
    claim_by(account, activity)
    first = send(administrator)
    change(session, identity)
    session.flush()
    assert counts() == {CHANGED: 1}
    second = send(administrator)
    assert list(participations_in(second.id, DELETE)) == list(participations_in(first.id, SUBMIT))
    assert list(participations_in(second.id, SUBMIT)) != list(participations_in(first.id, SUBMIT))
    assert counts() == {SUBMITTED: 1}


def test_corrected_amount_is_submitted_anew_and_a_withdrawn_claim_is_deleted(
    activity: Activity, administrator: Account
) -> None:
    claim = claim_by(make_physician()[0], activity)
    send(administrator)
    correct_claim(claim, Decimal("0.50"), "A mistake.", 0, administrator.id, FIXED_NOW)
    assert counts() == {CHANGED: 1}
    report = send(administrator)
    assert (told(report, DELETE), told(report, SUBMIT)) == ([("Núñez", "0.25")], [("Núñez", "0.50")])
    correct_claim(claim, Decimal(0), "Not present.", 1, administrator.id, FIXED_NOW)
    assert counts() == {WITHDRAWN: 1}
    assert told(send(administrator), DELETE) == [("Núñez", "0.50")]
    assert counts() == {}


def test_each_type_of_credit_is_told_where_it_belongs(session: Db, administrator: Account) -> None:
    activity = make_activity(minutes=60, credits={"ama_pra_1": "1.00", "cpd": "1"})
    account, _ = make_physician()
    make_license(account)
    attempt = claim_by(account, activity).attempt
    claim_credit(attempt, Decimal(1), FIXED_NOW, "cpd")
    assert counts() == {NEW: 1}
    assert standing_counts(CE_BROKER, ALL)[NEW] == 2


def test_revoked_certificate_is_deleted_there_and_stays_deleted(activity: Activity, administrator: Account) -> None:
    certificate = certify(make_physician()[0], activity)
    send(administrator)
    revoke_certificate(certificate, "A mistake.", administrator.id, FIXED_NOW)
    assert counts() == {WITHDRAWN: 1}
    report = send(administrator)
    assert (report.deletions, report.submissions) == (1, 0)
    assert counts() == {}


def test_consent_withdrawn_deletes_and_given_again_submits(activity: Activity, administrator: Account) -> None:
    account, identity = make_physician()
    claim_by(account, activity)
    send(administrator)
    consent(identity, False)
    assert counts() == {WITHDRAWN: 1}
    send(administrator)
    assert counts() == {HELD: 1}
    consent(identity, True)
    assert counts() == {NEW: 1}


def test_forgotten_field_holds_a_record_back_and_deletes_nothing(
    session: Db, activity: Activity, administrator: Account
) -> None:
    account, identity = make_physician()
    claim_by(account, activity)
    send(administrator)
    identity.birthday = ""
    session.flush()
    assert counts() == {HELD: 1}
    with pytest.raises(ReportRefused, match="Nothing is due"):
        prepare_report(PARS, ALL, administrator.id, FIXED_NOW)


def test_person_who_changed_profession_stays_on_record(session: Db, activity: Activity, administrator: Account) -> None:
    account, _ = make_physician()
    claim_by(account, activity)
    send(administrator)
    account.profession = "other"
    session.flush()
    assert counts() == {SUBMITTED: 1}


def test_destinations_keep_their_own_records(activity: Activity, administrator: Account) -> None:
    account, _ = make_physician()
    make_license(account)
    claim_by(account, activity)
    send(administrator)
    assert standing_counts(CE_BROKER, ALL)[NEW] == 1
    assert prepare_report(CE_BROKER, ALL, administrator.id, FIXED_NOW).submissions == 1


def test_report_is_about_what_was_asked_for_only(activity: Activity, administrator: Account) -> None:
    account, _ = make_physician()
    claim_by(account, activity)
    claim_by(account, make_activity())
    report = prepare_report(PARS, Narrowing(FIXED_NOW.year, activity.id), administrator.id, FIXED_NOW)
    assert report.submissions == 1
    confirm_sent(report, administrator.id, FIXED_NOW)
    assert counts() == {SUBMITTED: 1, NEW: 1}


def test_second_report_waits_for_the_first(activity: Activity, administrator: Account) -> None:
    claim_by(make_physician()[0], activity)
    prepare_report(PARS, ALL, administrator.id, FIXED_NOW)
    with pytest.raises(ReportRefused, match="prepared already"):
        prepare_report(PARS, ALL, administrator.id, FIXED_NOW)


def test_ending_a_report_twice_changes_nothing_and_otherwise_is_refused(
    session: Db, activity: Activity, administrator: Account
) -> None:
    claim_by(make_physician()[0], activity)
    report = send(administrator)
    confirm_sent(report, administrator.id, FIXED_NOW)
    with pytest.raises(ReportRefused, match="noted as sent already"):
        discard_report(report, administrator.id, FIXED_NOW)
    lines = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("report.")))
    assert list(lines) == ["report.prepared", "report.sent"]


def test_trail_tells_of_reports_without_naming_anybody(session: Db, activity: Activity, administrator: Account) -> None:
    claim_by(make_physician()[0], activity)
    report = send(administrator)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "report.sent")).one()
    assert (entry.subject, entry.actor_id) == (f"report:{report.id}", administrator.id)
    assert entry.facts == {"destination": "pars", "deletions": 0, "submissions": 1}
    assert check_trail()[1] is None


def test_of_many_who_prepare_at_once_one_does(app: Flask, session: Db, activity: Activity) -> None:
    administrator_id = make_account(ADMINISTRATOR).id
    for _ in range(3):
        claim_by(make_physician()[0], activity)
    session.commit()
    outcomes: list[str] = []

    def prepare() -> None:
        with app.app_context():
            try:
                prepare_report(PARS, ALL, administrator_id, FIXED_NOW)
                db.session.commit()
                outcomes.append("prepared")
            except ReportRefused:
                db.session.rollback()
                outcomes.append("refused")
            db.session.remove()

    threads = [threading.Thread(target=prepare) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["prepared", *["refused"] * 5]
    session.expire_all()
    assert [one.submissions for one in session.scalars(select(Report).where(Report.state == PREPARED))] == [3]
    assert len(session.scalars(select(ReportLine)).all()) == 3
