"""Evaluation and claim on a real database: after a pass, once, in the steps of the credit type, never backwards."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from certificates.credits.models import CreditClaim
from certificates.credits.operations import (
    ATTESTATION,
    ClaimRefused,
    claim_credit,
    claimable_amounts,
    insert_claim,
)
from certificates.credits.queries import claims_of, open_credits
from certificates.surveys.operations import keep_evaluation
from quizbank.accounts.models import AuditEntry
from quizbank.activities.models import ActivityCredit
from quizbank.activities.operations import close_activity
from quizbank.attempts.models import Attempt
from tests.factories import EVALUATION, make_activity, make_attempt, make_claim

Db = scoped_session[Session]
HALF = Decimal("0.50")


@pytest.fixture
def passed(session: Db) -> Attempt:
    """Return a passed attempt at an activity that gives up to one credit."""
    return make_attempt(make_activity(minutes=60, maximum_credit=Decimal("1.00")), right=3)


@pytest.fixture
def evaluated(passed: Attempt, now: datetime) -> Attempt:
    keep_evaluation(passed, EVALUATION, now)
    return passed


@pytest.mark.parametrize("amount", ["0.25", "0.50", "0.75", "1.00", "1"])
def test_any_quarter_up_to_the_maximum_can_be_claimed(evaluated: Attempt, now: datetime, amount: str) -> None:
    claim = claim_credit(evaluated, Decimal(amount), now)
    assert (claim.amount, claim.credit_type, claim.attested) == (Decimal(amount), "ama_pra_1", ATTESTATION)


@pytest.mark.parametrize("amount", ["0", "-0.25", "0.1", "0.26", "1.25", "100", "NaN", "Infinity", "1e308"])
def test_amount_off_the_steps_is_refused(session: Db, evaluated: Attempt, now: datetime, amount: str) -> None:
    with pytest.raises(ClaimRefused, match="in steps of"):
        claim_credit(evaluated, Decimal(amount), now)
    assert session.scalar(select(func.count(CreditClaim.id))) == 0


def test_second_claim_returns_the_first_unchanged(session: Db, evaluated: Attempt, now: datetime) -> None:
    first = claim_credit(evaluated, HALF, now)
    assert claim_credit(evaluated, Decimal("1.00"), now + timedelta(days=1)) is first
    assert (first.amount, first.claimed_at) == (HALF, now)
    assert session.scalar(select(func.count(CreditClaim.id))) == 1


def test_database_itself_refuses_a_second_claim(evaluated: Attempt, now: datetime) -> None:
    claim_credit(evaluated, HALF, now)
    with pytest.raises(IntegrityError):
        insert_claim(evaluated, evaluated.activity.credits[0], HALF, now)


def test_credit_is_not_claimed_before_a_pass(session: Db, now: datetime) -> None:
    for attempt in (make_attempt(), make_attempt(right=0)):
        with pytest.raises(ClaimRefused, match="once the activity is passed"):
            claim_credit(attempt, Decimal("0.25"), now)


def test_credit_is_not_claimed_before_the_evaluation(passed: Attempt, now: datetime) -> None:
    with pytest.raises(ClaimRefused, match="complete the evaluation first"):
        claim_credit(passed, HALF, now)


def test_credit_designated_after_the_attempt_began_is_refused(session: Db, evaluated: Attempt, now: datetime) -> None:
    evaluated.activity.credits[0].designated_at = now + timedelta(seconds=1)
    session.flush()
    with pytest.raises(ClaimRefused, match="designated after"):
        claim_credit(evaluated, HALF, now + timedelta(days=1))


@pytest.fixture
def points(session: Db, now: datetime) -> Attempt:
    """Return a passed and evaluated attempt at an activity that gives up to two CPD points."""
    activity = make_activity(minutes=120, credit_type="cpd", maximum_credit=Decimal("2.00"))
    attempt = make_attempt(activity, right=3)
    keep_evaluation(attempt, EVALUATION, now)
    return attempt


@pytest.mark.parametrize("amount", ["0.25", "0.5", "0.50", "1.25", "1.5", "3"])
def test_part_of_a_point_is_never_claimed(points: Attempt, now: datetime, amount: str) -> None:
    with pytest.raises(ClaimRefused, match=re.escape("Claim between 1 and 2 in whole numbers.")):
        claim_credit(points, Decimal(amount), now)


def test_whole_point_is_claimed(points: Attempt, now: datetime) -> None:
    assert claim_credit(points, Decimal(1), now).amount == 1
    assert claimable_amounts(points.activity.credits[0]) == [1, 2]


def test_points_designated_before_they_had_to_be_whole_are_claimed_whole(points: Attempt, now: datetime) -> None:
    (credit,) = points.activity.credits
    credit.maximum = Decimal("1.75")
    assert claimable_amounts(credit) == [1]
    credit.maximum = Decimal("0.75")
    with pytest.raises(ClaimRefused, match="gives less than one"):
        claim_credit(points, Decimal("0.75"), now)


@pytest.fixture
def several(session: Db, now: datetime) -> Attempt:
    """Return a physician's passed and evaluated attempt at an activity that offers three types."""
    credits = {"ama_pra_1": "1", "acpe": "1", "participation": "0.5"}
    attempt = make_attempt(make_activity(minutes=60, credits=credits), right=3)
    keep_evaluation(attempt, EVALUATION, now)
    return attempt


def test_pass_is_claimed_in_each_type_once(session: Db, several: Attempt, now: datetime) -> None:
    first = claim_credit(several, Decimal("0.75"), now, "ama_pra_1")
    other = claim_credit(several, Decimal("0.25"), now, "participation")
    assert claim_credit(several, Decimal("0.5"), now, "participation") is other
    assert claims_of(several) == {"ama_pra_1": first, "participation": other}
    assert session.scalar(select(func.count(CreditClaim.id))) == 2


def test_type_that_is_not_named_is_the_first_offered(several: Attempt, now: datetime) -> None:
    assert claim_credit(several, HALF, now).credit_type == "ama_pra_1"


def test_type_for_another_profession_is_refused_until_the_profile_says_so(several: Attempt, now: datetime) -> None:
    with pytest.raises(ClaimRefused, match="can be claimed by Pharmacist"):
        claim_credit(several, HALF, now, "acpe")
    several.learner.profession = "pharmacist"
    assert claim_credit(several, HALF, now, "acpe").amount == HALF


@pytest.mark.parametrize("name", ["cpd", "nothing", "AMA_PRA_1"])
def test_type_that_is_not_offered_is_refused(several: Attempt, now: datetime, name: str) -> None:
    with pytest.raises(ClaimRefused, match="does not offer this type"):
        claim_credit(several, HALF, now, name)


def test_each_type_has_its_own_maximum_and_moment_of_designation(session: Db, several: Attempt, now: datetime) -> None:
    with pytest.raises(ClaimRefused, match=re.escape("Claim between 0.25 and 0.5")):
        claim_credit(several, Decimal("0.75"), now, "participation")
    several.activity.credits[2].designated_at = now + timedelta(seconds=1)
    session.flush()
    with pytest.raises(ClaimRefused, match="designated after"):
        claim_credit(several, HALF, now, "participation")
    assert claim_credit(several, HALF, now, "ama_pra_1").amount == HALF


def test_database_itself_refuses_a_claim_of_a_type_that_is_not_offered(
    session: Db, evaluated: Attempt, now: datetime
) -> None:
    with pytest.raises(IntegrityError):
        insert_claim(evaluated, ActivityCredit(credit_type="cpd"), HALF, now)


def test_claim_is_made_by_the_terms_that_were_designated(session: Db, several: Attempt, now: datetime) -> None:
    credit = several.activity.credits[0]
    credit.terms = {**(credit.terms or {}), "step": "0.5", "minimum": "0.5"}
    session.flush()
    with pytest.raises(ClaimRefused, match=r"in steps of 0\.5"):
        claim_credit(several, Decimal("0.25"), now, "ama_pra_1")


def test_what_is_open_to_a_learner_shrinks_with_every_claim(several: Attempt, now: datetime) -> None:
    def names(profession: str) -> list[str]:
        return [credit.credit_type for credit in open_credits(several, profession)]

    assert (names("physician"), names("pharmacist")) == (
        ["ama_pra_1", "participation"],
        ["ama_pra_1", "acpe", "participation"],
    )
    claim_credit(several, HALF, now, "ama_pra_1")
    assert names("physician") == ["participation"]


def test_last_day_is_early_enough_and_the_day_after_is_not(evaluated: Attempt, now: datetime) -> None:
    last = evaluated.activity.expires_on
    assert last is not None
    late = now + (last - now.date()) + timedelta(days=1)
    with pytest.raises(ClaimRefused, match="has expired"):
        claim_credit(evaluated, HALF, late)
    assert claim_credit(evaluated, HALF, late - timedelta(days=1)).amount == HALF


def test_last_day_ends_at_midnight_here(evaluated: Attempt, auckland: ZoneInfo) -> None:
    last = evaluated.activity.expires_on
    assert last is not None
    midnight = datetime.combine(last + timedelta(days=1), time.min, auckland)
    with pytest.raises(ClaimRefused, match="has expired"):
        claim_credit(evaluated, HALF, midnight)
    assert claim_credit(evaluated, HALF, midnight - timedelta(seconds=1)).amount == HALF


def test_claim_made_in_time_is_still_there_after_expiry(evaluated: Attempt, now: datetime) -> None:
    claim = claim_credit(evaluated, HALF, now)
    assert claim_credit(evaluated, HALF, now + timedelta(days=4_000)) is claim


def test_credit_earned_before_closing_can_still_be_claimed(evaluated: Attempt, now: datetime) -> None:
    close_activity(evaluated.activity, evaluated.learner_id, now)
    assert claim_credit(evaluated, HALF, now).amount == HALF


def test_claim_is_in_the_audit_trail(session: Db) -> None:
    claim = make_claim()
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "credit.claimed")).one()
    assert (entry.subject, entry.facts) == (
        f"attempt:{claim.attempt_id}",
        {"amount": "0.25", "credit_type": "ama_pra_1"},
    )
