"""How claims stand, decided by the database: the same as the rules in Python say, on rows of every kind."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session, scoped_session

from certificates.issuing.operations import reissue_certificate, revoke_certificate
from certificates.reporting.checks import problems_of
from certificates.reporting.destinations import CE_BROKER, DESTINATIONS, EVERYBODY, PARS, Destination
from certificates.reporting.queries import (
    Narrowing,
    claims_standing,
    participation_of,
    reportable,
    row_of,
    sittings,
    standing_counts,
    years_of_claims,
)
from certificates.reporting.standing import HELD, NEW, STANDINGS
from quizbank.activities.models import Activity
from quizbank.db import db
from tests.certificates.reporting.samples import (
    NPI,
    certify,
    claim_by,
    consent,
    make_license,
    make_physician,
    make_wallet,
)
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_activity, make_attempt, make_claim

Db = scoped_session[Session]
ALL = Narrowing()
NAMES = ("Zoë", "", "  ", "=1+1", "@x", "-", "O'Neil")
NPIS = ("", NPI, "1234567890", "123456789X", "1245319599", "０123456789", "-123456789")
BIRTHDAYS = ("", "02-29", "02-30", "04-31", "12-31", "13-01", "00-10", "1-001", "02/29", "aa-bb", "01-00", "01-32")
BODIES = ("Texas", "tx", " Ohio ", "Bavaria", "", "West Virginia")
NUMBERS = ("K1", "", " ")


@pytest.fixture
def activity(session: Db) -> Activity:
    return make_activity(title="Heart failure", minutes=60, maximum_credit=Decimal("1.00"))


def rows(destination: Destination, narrowing: Narrowing = ALL) -> list[object]:
    return list(db.session.execute(claims_standing(destination, narrowing)).all())


def standings(destination: Destination = PARS, narrowing: Narrowing = ALL) -> list[str]:
    """Return how claims stand, in the order they were made."""
    query = claims_standing(destination, narrowing)
    return [row.standing for row in db.session.execute(query.order_by(query.selected_columns["claim_id"]))]


def everybody(activity: Activity) -> None:
    """Let people claim credit who are right in most things, and wrong in every way in some."""
    draw = Random(20261128)

    def one_of(kinds: tuple[Any, ...], right: Any) -> Any:
        return right if draw.random() < 0.6 else draw.choice(kinds)

    for _ in range(60):
        account = make_account()
        make_wallet(
            account,
            one_of((True, False, None), True),
            given_name=one_of(NAMES, "Zoë"),
            family_name=one_of(NAMES, "Núñez"),
            npi=draw.choice(NPIS),
            birthday=one_of(BIRTHDAYS, "12-31"),
        )
        make_license(account, one_of(BODIES, "Texas"), one_of(NUMBERS, "K1"))
        claim_by(account, activity)


@pytest.mark.parametrize("destination", DESTINATIONS.values(), ids=DESTINATIONS)
def test_database_holds_back_exactly_what_the_checks_hold_back(activity: Activity, destination: Destination) -> None:
    everybody(activity)
    found = rows(destination)
    assert len(found) == 60
    for row in found:
        problems = problems_of(participation_of(row), destination)
        assert (row.standing == HELD) is bool(problems), (row, problems)  # type: ignore[attr-defined]
    assert {row.standing for row in found} == {NEW, HELD}  # type: ignore[attr-defined]


def test_database_knows_the_days_of_the_year(activity: Activity) -> None:
    for month, day in product((1, 2, 4, 12), (1, 28, 29, 30, 31, 32)):
        claim_by(make_physician(birthday=f"{month:02d}-{day:02d}")[0], activity)
    for row in rows(PARS):
        assert (row.standing == HELD) is bool(problems_of(participation_of(row), PARS))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("amount", "maximum", "standing"), [("0.25", "1.00", NEW), ("0.30", "1.00", HELD), ("0.25", "0.10", HELD)]
)
def test_credit_off_its_steps_is_held(
    session: Db, activity: Activity, amount: str, maximum: str, standing: str
) -> None:
    account, _ = make_physician()
    claim_by(account, activity).amount = Decimal(amount)
    activity.credits[0].maximum = Decimal(maximum)
    session.flush()
    assert standings() == [standing]


def test_person_without_a_wallet_is_held_with_everything_that_is_missing(activity: Activity) -> None:
    claim_by(make_account(), activity)
    (row,) = rows(PARS)
    assert {problem.check for problem in row_of(row, PARS).problems} == {
        "names", "consent", "license_or_npi", "birthday",
    }  # fmt: skip


def test_latest_word_about_consent_counts(activity: Activity) -> None:
    account, identity = make_physician()
    claim_by(account, activity)
    assert standings() == [NEW]
    consent(identity, False)
    assert standings() == [HELD]
    consent(identity, True)
    assert standings() == [NEW]


def test_newest_license_that_can_be_reported_is_the_one(activity: Activity) -> None:
    account, _ = make_physician()
    make_license(account, "Maine", "M0", "board")
    for body, number in (("Ohio", "O1"), ("Texas", "T2"), ("Bavaria", "B3")):
        make_license(account, body, number)
    claim_by(account, activity)
    (row,) = rows(PARS)
    assert (row.license_state, row.license_number) == ("TX", "T2")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("profession", "pars", "ce_broker"), [("physician", 1, 1), ("nurse", 0, 1), ("student", 0, 0)])
def test_destination_sees_only_whom_it_is_for(activity: Activity, profession: str, pars: int, ce_broker: int) -> None:
    claim_by(make_account(profession=profession), activity)
    assert [len(rows(one)) for one in (PARS, CE_BROKER, EVERYBODY)] == [pars, ce_broker, 1]


def test_revoked_certificate_is_nothing_to_report_and_a_replaced_one_still_is(activity: Activity) -> None:
    revoked, replaced = (certify(make_physician()[0], activity) for _ in range(2))
    revoke_certificate(revoked, "A mistake.", revoked.learner_id, FIXED_NOW)
    reissue_certificate(replaced, "A new name.", replaced.learner_id, FIXED_NOW, "Ada King")
    assert standings() == [NEW]


def test_claims_are_narrowed_by_year_activity_and_words(session: Db) -> None:
    first, second = (
        make_activity(now=datetime(2029, 1, 1, tzinfo=UTC)),
        make_activity(now=datetime(2029, 1, 1, tzinfo=UTC)),
    )
    ada, _ = make_physician("Ada Lovelace")
    zoe, _ = make_physician("Zoë Núñez")
    claim_by(ada, first, FIXED_NOW)
    claim_by(zoe, second, FIXED_NOW - timedelta(days=366))
    year = FIXED_NOW.year
    assert [len(standings(PARS, Narrowing(one))) for one in (year, year - 1, year - 2)] == [1, 1, 0]
    assert len(standings(PARS, Narrowing(activity_id=first.id))) == 1
    assert len(standings(PARS, Narrowing(words="núñez"))) == 1
    assert len(standings(PARS, Narrowing(words="%"))) == 0
    assert years_of_claims() == [year, year - 1]


def test_year_begins_where_people_are(auckland: ZoneInfo, session: Db) -> None:
    activity = make_activity(now=datetime(2029, 1, 1, tzinfo=UTC))
    account, _ = make_physician()
    claim_by(
        account, activity, datetime(2029, 12, 31, 11, 30, tzinfo=UTC)
    )  # half past midnight on New Year's Day there
    assert [len(standings(PARS, Narrowing(year))) for year in (2029, 2030)] == [0, 1]
    assert str(row_of(rows(PARS)[0], PARS).participation.completed_on) == "2030-01-01"


def test_counts_are_those_of_the_rows(activity: Activity) -> None:
    claim_by(make_physician()[0], activity)
    claim_by(make_account(), activity)
    assert standing_counts(PARS, ALL) == {**dict.fromkeys(STANDINGS, 0), NEW: 1, HELD: 1}
    assert standing_counts(PARS, Narrowing(1999)) == dict.fromkeys(STANDINGS, 0)


def test_what_can_be_reported_and_what_is_held_are_told_apart(activity: Activity) -> None:
    claim_by(make_physician()[0], activity)
    claim_by(make_account(name="Without Wallet"), activity)
    told, held = reportable(PARS, ALL)
    assert [one.learner.given_name for one in told] == ["Zoë"]
    assert [row.name for row in held] == ["Without Wallet"]


def test_every_submitted_attempt_is_a_sitting_and_the_claim_belongs_to_its_own(activity: Activity) -> None:
    learner = make_account()
    make_attempt(activity, learner, right=0)
    passed = make_attempt(activity, learner, right=3, now=FIXED_NOW + timedelta(hours=1))
    claim = make_claim(passed)
    make_attempt(activity, make_account())
    found = list(sittings(ALL))
    assert [(one.is_passed, one.claim_id) for one in found] == [(False, None), (True, claim.id)]
    assert found[1].claimed_at == claim.claimed_at
