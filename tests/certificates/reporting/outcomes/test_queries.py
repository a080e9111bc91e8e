"""What activities came to, counted by the database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.operations import revoke_certificate
from certificates.reporting.outcomes.queries import records_of, results_of, summary_of
from certificates.reporting.outcomes.results import Change, CreditTotal, Group
from certificates.reporting.records import Support
from quizbank.accounts.roles import PROFESSIONS
from quizbank.activities.models import Activity
from tests.certificates.reporting.samples import certify
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity, make_attempt, make_claim, make_followup

Db = scoped_session[Session]
YEAR = FIXED_NOW.year
PHYSICIAN, NURSE = PROFESSIONS["physician"], PROFESSIONS["nurse"]


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(title="Heart failure", minutes=60, maximum_credit=Decimal("1.00"), follow_up=True)


def test_learners_are_counted_once_by_profession_however_often_they_try(activity: Activity) -> None:
    ada, bob, eve = make_account(), make_account(profession="nurse"), make_account()
    make_attempt(activity, ada, right=0)
    make_claim(make_attempt(activity, ada, right=3, now=FIXED_NOW + timedelta(hours=1)))
    make_attempt(activity, bob, right=3)
    make_attempt(activity, eve)
    assert results_of(activity).groups == (Group(PHYSICIAN, 2, 1, 1), Group(NURSE, 1, 1, 0))


def test_revoked_claim_counts_no_more(activity: Activity) -> None:
    certificate = certify(make_account(), activity)
    kept = certify(make_account(), activity)
    revoke_certificate(certificate, "A mistake.", certificate.learner_id, FIXED_NOW)
    found = results_of(activity)
    assert found.groups == (Group(PHYSICIAN, 2, 2, 1),)
    assert found.credits == (CreditTotal("AMA PRA Category 1 Credit(s)™", 1, kept.claim.amount),)


def test_objectives_tell_first_attempts_and_changes_the_last(activity: Activity) -> None:
    ada = make_account()
    make_attempt(activity, ada, right=0)
    make_attempt(activity, ada, right=3, now=FIXED_NOW + timedelta(hours=1))
    make_attempt(activity, make_account(), right=3)
    found = results_of(activity)
    assert [(one.items, one.learners, one.mean) for one in found.objectives] == [(3, 2, 50.0)]
    (change,) = found.changes
    assert (change.learners, change.before, change.after) == (1, 0.0, 100.0)


def test_what_was_still_known_later_stands_beside_it(activity: Activity) -> None:
    attempt = make_attempt(activity, make_account(), right=3)
    make_followup(attempt, FIXED_NOW + timedelta(days=40), right=True)
    assert results_of(activity).changes == (Change("Answers still right 30 days later", 1, None, 100.0),)


def test_evaluation_is_counted_answer_by_answer(activity: Activity) -> None:
    for _ in range(2):
        make_claim(make_attempt(activity, make_account(), right=3))
    make_claim(make_attempt(make_activity(), make_account(), right=3))
    first, second, *_ = results_of(activity).evaluation
    assert first.choices == {"Strongly agree": 2, "Agree": 0, "Neutral": 0, "Disagree": 0, "Strongly disagree": 0}
    assert (second.choices["Agree"], second.total) == (2, 2)


def test_year_counts_activities_that_were_open_in_it_and_completions_of_its_days(session: Db) -> None:
    activity = make_activity(now=datetime(YEAR - 1, 6, 1, tzinfo=UTC))
    activity.commercial_support = "Acme: money\nBolt Ltd: in kind, a room"
    activity.expires_on = date(YEAR, 12, 31)
    make_activity(publish=False)
    session.flush()
    make_claim(make_attempt(activity, make_account(), right=3))
    make_attempt(activity, make_account(profession="nurse"), right=3, now=datetime(YEAR - 1, 12, 31, 23, tzinfo=UTC))
    make_attempt(activity, make_account(), right=0)
    (record,) = records_of(YEAR)
    assert (record.physicians, record.others) == (1, 0)
    assert record.support == (Support("Acme", "money"), Support("Bolt Ltd", "in kind, a room"))
    assert [(one.physicians, one.others) for one in records_of(YEAR - 1)] == [(0, 1)]
    assert records_of(YEAR + 1) == []


def test_summary_tells_credit_of_the_year_it_was_earned_in(activity: Activity) -> None:
    make_claim(make_attempt(activity, make_account(), right=3))
    assert summary_of(YEAR).credits == (CreditTotal("AMA PRA Category 1 Credit(s)™", 1, Decimal("0.25")),)
    assert summary_of(YEAR - 1).credits == ()


def test_activity_without_support_says_so(activity: Activity) -> None:
    activity.commercial_support = "None."
    assert records_of(YEAR)[0].support == ()
