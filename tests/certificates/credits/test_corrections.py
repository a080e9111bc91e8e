"""Corrections of claims: a new entry each, the last one counts, and the certificate follows; what was claimed stays."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from certificates.credits.models import ClaimCorrection, CreditClaim
from certificates.credits.operations import ClaimRefused, CorrectionRefused, claim_credit, correct_claim
from certificates.credits.queries import CREDITED, credited
from certificates.issuing.facts import from_json
from certificates.issuing.models import REVOKED, SUPERSEDED, VALID, Certificate
from certificates.issuing.operations import follow_correction, issue_certificate, revoke_certificate
from certificates.issuing.queries import credit_resting_on, standing_certificate
from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.roles import ADMINISTRATOR
from tests.factories import make_account, make_activity, make_attempt, make_certificate, make_claim

Db = scoped_session[Session]
REASON = "Half of the activity was attended."


@pytest.fixture
def administrator(session: Db) -> Account:
    return make_account(ADMINISTRATOR)


@pytest.fixture
def claim(session: Db) -> CreditClaim:
    """Return a claim of half a credit of at most one, with its certificate."""
    attempt = make_attempt(make_activity(minutes=60, maximum_credit=Decimal("1.00")), right=3)
    return make_certificate(make_claim(attempt, Decimal("0.50"))).claim


def correct(claim: CreditClaim, amount: str, actor: Account, now: datetime, seen: int | None = None) -> ClaimCorrection:
    seen = len(claim.corrections) if seen is None else seen
    return correct_claim(claim, Decimal(amount), REASON, seen, actor.id, now, [follow_correction])


def certificates_of(session: Db, claim: CreditClaim) -> list[Certificate]:
    query = select(Certificate).filter_by(claim_id=claim.id).order_by(Certificate.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


@pytest.mark.parametrize("amount", ["0.25", "0.75", "1.00"])
def test_correction_is_a_new_entry_and_its_amount_counts(
    session: Db, claim: CreditClaim, administrator: Account, now: datetime, amount: str
) -> None:
    correct(claim, amount, administrator, now)
    session.commit()
    session.expire_all()
    assert (claim.amount, claim.credited) == (Decimal("0.50"), Decimal(amount))
    (entry,) = claim.corrections
    assert (entry.sequence, entry.reason, entry.actor, entry.at) == (1, REASON, administrator, now)


def test_certificate_is_replaced_by_one_of_the_new_amount(
    session: Db, claim: CreditClaim, administrator: Account, now: datetime
) -> None:
    correct(claim, "0.25", administrator, now)
    old, new = certificates_of(session, claim)
    assert (old.state, old.reason, new.state, new.replaces_id) == (SUPERSEDED, REASON, VALID, old.id)
    assert [from_json(one.facts).credits for one in (old, new)] == [Decimal("0.50"), Decimal("0.25")]
    assert from_json(new.facts).wording == "and is awarded 0.25 AMA PRA Category 1 Credits™"


def test_withdrawn_claim_counts_nothing_and_its_certificate_is_revoked_for_good(
    session: Db, claim: CreditClaim, administrator: Account, now: datetime
) -> None:
    correct(claim, "0", administrator, now)
    (certificate,) = certificates_of(session, claim)
    assert (claim.credited, certificate.state, certificate.reason) == (0, REVOKED, REASON)
    assert credited(CreditClaim.id == claim.id) == []
    with pytest.raises(CorrectionRefused, match="A withdrawn claim stays so"):
        correct(claim, "0.25", administrator, now)
    assert claim_credit(claim.attempt, Decimal("0.25"), now) is claim
    assert issue_certificate(claim, now).state == REVOKED


def test_last_of_several_corrections_counts_and_all_stay(
    session: Db, claim: CreditClaim, administrator: Account, now: datetime
) -> None:
    for amount in ("0.25", "1.00", "0.75"):
        correct(claim, amount, administrator, now)
    session.commit()
    session.expire_all()
    assert [(entry.sequence, entry.amount) for entry in claim.corrections] == [
        (1, Decimal("0.25")),
        (2, Decimal("1.00")),
        (3, Decimal("0.75")),
    ]
    assert session.scalar(select(CREDITED).where(CreditClaim.id == claim.id)) == Decimal("0.75")
    (counted,) = credited(CreditClaim.learner_id == claim.learner_id)
    assert (counted.amount, counted.kind.name, counted.maximum) == (Decimal("0.75"), "ama_pra_1", Decimal("1.00"))
    assert [one.state for one in certificates_of(session, claim)] == [SUPERSEDED, SUPERSEDED, SUPERSEDED, VALID]


@pytest.mark.parametrize("amount", ["1.25", "0.30", "-0.25", "NaN"])
def test_amount_that_could_not_be_claimed_is_no_correction(
    claim: CreditClaim, administrator: Account, now: datetime, amount: str
) -> None:
    with pytest.raises(ClaimRefused, match=re.escape("Claim between 0.25 and 1 in steps of 0.25.")):
        correct(claim, amount, administrator, now)


def test_same_amount_and_missing_reason_are_refused(claim: CreditClaim, administrator: Account, now: datetime) -> None:
    with pytest.raises(CorrectionRefused, match="nothing to correct"):
        correct(claim, "0.5", administrator, now)
    with pytest.raises(CorrectionRefused, match="Say why"):
        correct_claim(claim, Decimal("0.25"), "  no ", 0, administrator.id, now)


def test_correction_of_what_somebody_else_corrected_meanwhile_is_refused(
    session: Db, claim: CreditClaim, administrator: Account, now: datetime
) -> None:
    correct(claim, "0.25", administrator, now)
    with pytest.raises(CorrectionRefused, match="Someone else corrected"):
        correct(claim, "0.75", administrator, now, seen=0)
    twin = ClaimCorrection(claim_id=claim.id, sequence=1, amount=0, reason=REASON, actor_id=administrator.id, at=now)
    session.add(twin)
    with pytest.raises(IntegrityError):
        session.flush()


def test_correction_after_expiry_is_possible(claim: CreditClaim, administrator: Account, now: datetime) -> None:
    assert correct(claim, "0.25", administrator, now + timedelta(days=4_000)).amount == Decimal("0.25")


def test_certificate_revoked_before_stays_revoked(
    session: Db, claim: CreditClaim, administrator: Account, now: datetime
) -> None:
    certificate = standing_certificate(claim.id)
    assert certificate is not None
    revoke_certificate(certificate, "It was printed wrongly.", administrator.id, now)
    correct(claim, "0.25", administrator, now)
    assert [(one.state, one.reason) for one in certificates_of(session, claim)] == [
        (REVOKED, "It was printed wrongly.")
    ]


def test_new_certificate_keeps_the_printed_name_and_the_profession_that_could_claim(
    session: Db, administrator: Account, now: datetime
) -> None:
    learner = make_account(name="Pat Pharmacist", profession="pharmacist")
    attempt = make_attempt(make_activity(minutes=60, credit_type="acpe", maximum_credit=Decimal(1)), learner, right=3)
    claim = make_certificate(make_claim(attempt, Decimal(1))).claim
    learner.name, learner.profession = "Somebody Else", "nurse"
    correct(claim, "0.5", administrator, now)
    facts = from_json(certificates_of(session, claim)[-1].facts)
    assert (facts.recipient, facts.profession) == ("Pat Pharmacist", "Pharmacist")
    assert facts.wording == "and is awarded 0.5 ACPE contact hours"


def test_every_correction_is_in_the_audit_trail(
    session: Db, claim: CreditClaim, administrator: Account, now: datetime
) -> None:
    correct(claim, "0", administrator, now)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "credit.corrected")).one()
    assert (entry.subject, entry.actor_id) == (f"claim:{claim.id}", administrator.id)
    assert entry.told == {"credit_type": "ama_pra_1", "before": "0.50", "amount": "0", "reason": REASON}


def test_what_rests_on_an_attempt_is_told_as_it_counts_now(
    claim: CreditClaim, administrator: Account, now: datetime
) -> None:
    correct(claim, "0.25", administrator, now)
    told = credit_resting_on([claim.attempt_id])[claim.attempt_id]
    assert told.startswith("0.25 AMA PRA Category 1 Credits™ claimed, certificate ")
    correct(claim, "0", administrator, now)
    assert credit_resting_on([claim.attempt_id])[claim.attempt_id].startswith("a withdrawn claim, certificate ")
