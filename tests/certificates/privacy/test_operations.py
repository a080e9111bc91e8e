"""Deletion on real databases: who names the person is gone, what must be proved stays, and every chain still holds."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_sqlalchemy.session import Session
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from certificates.credits.models import CreditClaim
from certificates.issuing.auditing import LogAudit, certificate_problems
from certificates.issuing.models import Certificate, CertificateFile
from certificates.issuing.operations import IssueRefused, issue_certificate, reissue_certificate
from certificates.issuing.queries import issuer_certificates, kept_certificates, logged_rows
from certificates.issuing.tokens import public_key
from certificates.privacy import operations
from certificates.privacy.models import AccountDeletion
from certificates.privacy.operations import (
    DeletionRefused,
    ask_deletion,
    delete_account,
    erase_old,
    order_deletion,
    take_back,
)
from certificates.privacy.retention import ASKED, DONE, TAKEN_BACK
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.operations import AccountRefused, change_profile, create_account, set_active
from quizbank.accounts.queries import check_trail
from quizbank.attempts.models import Attempt, AttemptDraft, ExtraTime
from quizbank.attempts.operations import rebuild_cache
from quizbank.plans.models import Subscription
from tests.certificates.privacy.people import everything_in_the_database, make_whole, render, revoke
from tests.factories import make_account, make_attempt, make_claim, make_subscription

Db = scoped_session[Session]
LATER = timedelta(days=14)
LONG_AGO = timedelta(days=7 * 366)


def delete(account: Account, now: datetime) -> None:
    """Delete an account as its holder asked for."""
    ask_deletion(account, account.id, now)
    assert delete_account(account, now)


def sound(session: Db) -> bool:
    """Return whether the audit trail, the public log and every certificate are as they were written."""
    session.commit()
    audit = LogAudit([public_key(one) for one in issuer_certificates()])
    problems = list(audit.problems(logged_rows()))
    problems += [words for kept, leaves in kept_certificates() for words in certificate_problems(kept, leaves)]
    assert problems == []
    return check_trail().broken is None


def test_after_a_deletion_only_the_certificate_still_names_the_person(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    session.commit()
    assert everything_in_the_database().count("adamark") > 5
    delete(whole.account, now)
    session.commit()
    text = everything_in_the_database()
    assert "adamark" not in text
    rows = [row for row in text.splitlines() if "Ada Lovelace" in row]
    assert len(rows) == 1
    assert whole.certificate.serial in rows[0]
    assert sound(session)


def test_record_of_credit_stays_provable(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    pdf = render(whole, now)
    facts = whole.certificate.facts
    delete(whole.account, now)
    session.commit()
    assert session.get_one(CertificateFile, whole.certificate.id).content == pdf
    assert session.get_one(Certificate, whole.certificate.id, populate_existing=True).facts == facts
    claim = session.scalars(select(CreditClaim)).one()
    assert (claim.learner_id, str(claim.amount)) == (whole.account.id, "0.25")


def test_attempts_stay_for_statistics_and_can_be_recomputed(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    results = session.execute(select(Attempt.id, Attempt.score, Attempt.passed)).all()
    delete(whole.account, now)
    assert session.execute(select(Attempt.id, Attempt.score, Attempt.passed)).all() == results
    attempts = session.scalars(select(Attempt).where(Attempt.state == "submitted")).all()
    assert [rebuild_cache(attempt) for attempt in attempts] == [False]
    assert session.scalars(select(AttemptDraft)).all() == []
    assert session.scalars(select(ExtraTime)).all() == []


def test_account_is_a_pseudonym_and_its_address_is_free(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    mark, number = whole.account.fs_uniquifier, whole.account.id
    delete(whole.account, now)
    assert (whole.account.name, whole.account.active, whole.account.deleted_at) == (
        f"Former member {number}",
        False,
        now,
    )
    assert whole.account.roles == []
    assert whole.account.fs_uniquifier != mark
    anew, _ = create_account("adamark@example.org", "Ada Lovelace", "physician", ["learner"], now)
    assert anew.id != number
    with pytest.raises(AccountRefused, match="not an e-mail address"):
        create_account(whole.account.email, "Eve", "nurse", ["learner"], now)


@pytest.mark.parametrize("act", ["open", "rename"])
def test_deleted_account_is_never_filled_again(session: Db, now: datetime, act: str) -> None:
    account = make_account()
    delete(account, now)
    with pytest.raises(AccountRefused, match="was deleted"):
        set_active(account, True, account.id, now) if act == "open" else change_profile(account, "Ada", "nurse", now)
    assert account.name.startswith("Former member")


def test_profession_stays_told_while_credit_is_reported_and_no_longer(session: Db, now: datetime) -> None:
    claimant, visitor = make_claim().learner, make_account()
    delete(claimant, now)
    delete(visitor, now)
    assert (claimant.profession, visitor.profession) == ("physician", "other")


def test_certificates_are_erased_when_six_years_are_over_and_the_log_stays_whole(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    pdf = render(whole, now)
    revoke(whole, now)
    delete(whole.account, now)
    assert erase_old(now.replace(year=2036)) == 0, "the day itself still counts"
    assert sound(session)
    later = now.replace(year=2036) + timedelta(days=1)
    assert [erase_old(later), erase_old(later)] == [1, 0]
    session.commit()
    text = everything_in_the_database()
    assert [word for word in ("Ada Lovelace", "adamark", repr(pdf)) if word in text] == []
    facts = session.get_one(Certificate, whole.certificate.id).facts
    assert {facts[name] for name in ("recipient", "profession", "wording")} == {"Erased"}
    file = session.get_one(CertificateFile, whole.certificate.id)
    assert (file.content, len(file.sha256)) == (b"", 64)
    assert sound(session)


def test_what_is_older_than_six_years_is_erased_with_the_account(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now, now - LONG_AGO)
    render(whole, now)
    delete(whole.account, now)
    session.commit()
    assert "Ada Lovelace" not in everything_in_the_database()
    assert whole.account.profession == "other"
    assert sound(session)


def test_certificates_of_people_who_stay_are_never_erased(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now, now - LONG_AGO)
    assert erase_old(now) == 0
    assert whole.certificate.name == "Ada Lovelace"


def test_erasure_that_the_log_does_not_tell_of_is_found(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    whole.certificate.erased_at = now
    session.commit()
    found = [words for kept, leaves in kept_certificates() for words in certificate_problems(kept, leaves)]
    assert any("whether it was erased" in words for words in found)


def test_claim_without_a_certificate_is_certified_before_the_name_is_gone(session: Db, now: datetime) -> None:
    claim = make_claim()
    delete(claim.learner, now)
    certificate = session.scalars(select(Certificate)).one()
    assert (certificate.claim_id, certificate.name) == (claim.id, "Ada Lovelace")


def test_deletion_waits_for_a_claim_that_cannot_be_certified(session: Db, now: datetime, app: Flask) -> None:
    claim = make_claim()
    ask_deletion(claim.learner, claim.learner_id, now)
    session.commit()
    app.config["PROVIDER_NAME"] = ""
    with pytest.raises(DeletionRefused, match="The accredited provider is missing"):
        delete_account(claim.learner, now)
    session.rollback()
    assert session.get_one(Account, claim.learner_id).name == "Ada Lovelace"


def test_nothing_is_certified_for_a_deleted_account(session: Db, now: datetime) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    delete(whole.account, now)
    administrator = make_account("administrator")
    session.commit()
    with pytest.raises(IssueRefused, match="account was deleted"):
        reissue_certificate(whole.certificate, "typo", administrator.id, now)
    session.rollback()
    assert issue_certificate(whole.certificate.claim, now).id == whole.certificate.id


def test_other_people_are_untouched(session: Db, now: datetime) -> None:
    whole, other = make_whole("Ada Lovelace", "adamark", now), make_whole("Zelda Other", "zeldamark", now)
    session.commit()
    before = [row for row in everything_in_the_database().splitlines() if "zelda" in row]
    delete(whole.account, now)
    session.commit()
    after = everything_in_the_database().splitlines()
    assert [row for row in before if row not in after] == []
    assert other.account.active


def test_request_is_carried_out_once(session: Db, now: datetime) -> None:
    account = make_account()
    ask_deletion(account, account.id, now)
    assert ask_deletion(account, account.id, now).asked_at == now
    assert [delete_account(account, now), delete_account(account, now)] == [True, False]
    lines = session.scalars(select(AuditEntry.action).where(AuditEntry.action == "account.deleted")).all()
    assert len(lines) == 1


def test_request_taken_back_deletes_nothing(session: Db, now: datetime) -> None:
    account = make_account()
    ask_deletion(account, account.id, now)
    assert [take_back(account.id, now), take_back(account.id, now)] == [True, False]
    assert not delete_account(account, now + LATER)
    ask_deletion(account, account.id, now)
    states = session.scalars(select(AccountDeletion.state).order_by(AccountDeletion.id)).all()
    assert states == [TAKEN_BACK, ASKED]


def test_request_asked_anew_is_not_carried_out_for_the_one_taken_back(session: Db, now: datetime) -> None:
    account = make_account()
    first = ask_deletion(account, account.id, now).id
    take_back(account.id, now)
    second = ask_deletion(account, account.id, now + LATER).id
    assert [delete_account(account, now + LATER, number) for number in (first, second)] == [False, True]


def test_administrator_deletes_at_once_with_a_reason_that_stays(session: Db, now: datetime) -> None:
    account, administrator = make_account(), make_account("administrator")
    make_account("administrator")
    with pytest.raises(DeletionRefused, match="Give the reason"):
        order_deletion(account, administrator.id, "  ", now)
    order_deletion(account, administrator.id, "written request of 2 May", now)
    request = session.scalars(select(AccountDeletion)).one()
    assert (request.state, request.reason, request.asked_by_id) == (DONE, "written request of 2 May", administrator.id)
    line = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.deleted")).one()
    assert (line.actor_id, line.told) == (administrator.id, {"reason": "written request of 2 May"})
    assert sound(session)


def test_administrator_may_hurry_a_request(session: Db, now: datetime) -> None:
    account, administrator = make_account(), make_account("administrator")
    ask_deletion(account, account.id, now)
    order_deletion(account, administrator.id, "the person is in a hurry", now)
    assert session.scalars(select(AccountDeletion.state)).all() == [DONE]


def test_last_administrator_cannot_go(session: Db, now: datetime) -> None:
    last = make_account("administrator")
    with pytest.raises(DeletionRefused, match="Nobody else administers"):
        ask_deletion(last, last.id, now)


def test_paid_plan_is_ended_first_and_a_granted_one_ends_by_itself(session: Db, now: datetime) -> None:
    account = make_account()
    granted = make_subscription(account)
    ask_deletion(account, account.id, now)
    paid = Subscription(account_id=account.id, origin="stripe", reference="sub_1", created_at=now)
    paid.standing = granted.standing
    session.add(paid)
    session.commit()
    with pytest.raises(DeletionRefused, match="Cancel it first"):
        delete_account(account, now)
    session.rollback()
    session.delete(paid)
    session.commit()
    assert delete_account(account, now)
    assert session.scalars(select(Subscription.state)).all() == ["canceled"]


def test_failure_in_the_middle_leaves_everything_as_it_was(
    session: Db, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make_whole("Ada Lovelace", "adamark", now)
    ask_deletion(whole.account, whole.account.id, now)
    session.commit()
    before = everything_in_the_database()
    with monkeypatch.context() as broken:
        broken.setattr(operations, "erase_old", lambda _now: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            delete_account(whole.account, now)
    assert everything_in_the_database() == before
    assert delete_account(session.get_one(Account, whole.account.id), now)


def test_attempt_of_a_deleted_person_is_told_apart_from_others(session: Db, now: datetime) -> None:
    first, second = make_attempt(), make_attempt()
    delete(first.learner, now)
    delete(second.learner, now)
    assert first.learner.name != second.learner.name
