"""Plans on a real database: uses are counted once and at a frozen price, and every change leaves its trace."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account, AuditEntry
from quizbank.accounts.queries import check_trail
from quizbank.db import db
from quizbank.plans.catalogue import ACTIVITIES, CREDIT
from quizbank.plans.importing import PlanRow
from quizbank.plans.models import LedgerEntry, Subscription, SubscriptionEvent
from quizbank.plans.operations import (
    PlanRefused,
    UnknownPrice,
    change_subscription,
    grant_plan,
    import_plans,
    insert_use,
    rebuild_standing,
    take_message,
    use_benefit,
    use_earned,
)
from quizbank.plans.payment import Message
from quizbank.plans.queries import admission, subscription_in_force
from quizbank.plans.subscription import (
    ACTIVE,
    CANCELED,
    CANCELED_NOW,
    EXTENDED,
    OPENED,
    PAST_DUE,
    REPORTED,
    ChangeRefused,
    Event,
)
from tests.clock import FIXED_NOW
from tests.factories import make_account, make_subscription

Db = scoped_session[Session]
YEAR = FIXED_NOW + timedelta(days=365)
DAY = timedelta(days=1)


def ledger(session: Db) -> list[tuple[str, str, int, Decimal]]:
    rows = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))
    return [(row.benefit, row.subject, row.number, row.price) for row in rows]


def audited(session: Db) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.action.like("plan.%")).order_by(AuditEntry.id)
    return list(session.scalars(query))


def test_nobody_needs_a_plan_where_the_setting_is_off(session: Db, now: datetime) -> None:
    assert use_benefit(make_account().id, ACTIVITIES, "activity:1", now) is None
    assert ledger(session) == []


def test_use_without_a_plan_is_refused_with_what_to_do(plans_session: Db, now: datetime) -> None:
    with pytest.raises(PlanRefused, match="needs a plan: choose one under My plan"):
        use_benefit(make_account().id, ACTIVITIES, "activity:1", now)


def test_second_use_for_the_same_subject_returns_the_first_line(plans_session: Db, now: datetime) -> None:
    person = make_account()
    make_subscription(person, "small")
    first = use_benefit(person.id, ACTIVITIES, "activity:1", now)
    assert use_benefit(person.id, ACTIVITIES, "activity:1", now + 40 * DAY) is first
    assert ledger(plans_session) == [("activities", "activity:1", 1, Decimal("0.00"))]


def test_used_up_quota_refuses_new_subjects_until_the_next_month_but_none_used_before(
    plans_session: Db, now: datetime
) -> None:
    person = make_account()
    make_subscription(person, "small")
    for subject in ("activity:1", "activity:2"):
        use_benefit(person.id, ACTIVITIES, subject, now)
    with pytest.raises(PlanRefused, match=r"all 2 new activities.*open on 1 June 2030\. Great has no such limit"):
        use_benefit(person.id, ACTIVITIES, "activity:3", now)
    assert use_benefit(person.id, ACTIVITIES, "activity:2", now) is not None
    june = datetime(2030, 6, 1, tzinfo=UTC)
    with pytest.raises(PlanRefused):
        use_benefit(person.id, ACTIVITIES, "activity:3", june - timedelta(seconds=1))
    assert use_benefit(person.id, ACTIVITIES, "activity:3", june) is not None


def test_use_beyond_the_quota_costs_the_agreed_price_and_no_other(plans_session: Db, now: datetime) -> None:
    person = make_account()
    make_subscription(person, "metered")
    use_benefit(person.id, ACTIVITIES, "activity:1", now)
    assert admission(person.id, ACTIVITIES, "activity:2", now).cost == Decimal("2.50")
    for agreed in ("0.00", "2.49", "2.51"):
        with pytest.raises(PlanRefused, match=r"costs USD 2\.50"):
            use_benefit(person.id, ACTIVITIES, "activity:2", now, Decimal(agreed))
    use_benefit(person.id, ACTIVITIES, "activity:2", now, Decimal("2.50"))
    use_benefit(person.id, ACTIVITIES, "activity:2", now)  # again, for nothing
    assert ledger(plans_session)[1:] == [("activities", "activity:2", 2, Decimal("2.50"))]


def test_price_agreed_for_something_included_is_refused_too(plans_session: Db, now: datetime) -> None:
    person = make_account()
    make_subscription(person, "great")
    with pytest.raises(PlanRefused, match=r"costs USD 0\.00"):
        use_benefit(person.id, ACTIVITIES, "activity:1", now, Decimal("2.50"))


def test_prices_in_the_ledger_stay_when_the_plans_change(plans_app: Flask, plans_session: Db, now: datetime) -> None:
    person = make_account()
    make_subscription(person, "metered")
    use_benefit(person.id, ACTIVITIES, "activity:1", now)
    use_benefit(person.id, ACTIVITIES, "activity:2", now, Decimal("2.50"))
    plans_app.config["PLANS_FILE"] = ""
    plans_session.expire_all()
    assert [price for *_, price in ledger(plans_session)] == [Decimal("0.00"), Decimal("2.50")]


def test_plan_taken_off_the_file_includes_nothing_and_says_which_do(
    plans_app: Flask, plans_session: Db, now: datetime
) -> None:
    person = make_account()
    make_subscription(person, "small")
    plans_app.config["PLANS_FILE"] = ""
    with pytest.raises(PlanRefused, match=r"Your plan small does not include .*: Essential, Complete"):
        use_benefit(person.id, ACTIVITIES, "activity:1", now)


@pytest.mark.parametrize(("subject", "number"), [("activity:1", 2), ("activity:2", 1)])
def test_database_takes_no_two_lines_with_one_number_or_subject(
    plans_session: Db, now: datetime, subject: str, number: int
) -> None:
    person = make_account()
    held = make_subscription(person, "great")
    line = insert_use(person.id, held.id, "great", ACTIVITIES, ("activity:1", ""), Decimal("0.00"), now)
    second = {
        name: getattr(line, name) for name in ("account_id", "subscription_id", "benefit", "plan", "price", "used_at")
    }
    plans_session.add(LedgerEntry(subject=subject, number=number, title="", currency="USD", **second))
    with pytest.raises(IntegrityError):
        plans_session.flush()


def at_once(app: Flask, calls: list[tuple[int, str]], now: datetime) -> list[str]:
    """Use the plan for all (person, subject) at the same moment, each in a transaction of its own; return the outcomes."""
    barrier = threading.Barrier(len(calls))

    def one(account_id: int, subject: str) -> str:
        with app.app_context():
            barrier.wait(60)
            try:
                use_benefit(account_id, ACTIVITIES, subject, now)
                db.session.commit()
            except PlanRefused:
                db.session.rollback()
                return "refused"
            finally:
                db.session.remove()
            return "used"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(one, *zip(*calls, strict=True)))


def test_quota_holds_when_many_are_used_at_the_same_moment(plans_app: Flask, plans_session: Db, now: datetime) -> None:
    person = make_account()
    make_subscription(person, "small")
    calls = [(person.id, f"activity:{number}") for number in range(12)]
    plans_session.commit()
    assert at_once(plans_app, calls, now) == ["refused"] * 10 + ["used"] * 2
    assert [number for _, _, number, _ in ledger(plans_session)] == [1, 2]


def test_one_subject_counts_once_when_it_is_used_many_times_at_the_same_moment(
    trial_app: Flask, session: Db, now: datetime
) -> None:
    calls = [(make_account().id, "activity:1")] * 12
    session.commit()
    assert at_once(trial_app, calls, now) == ["used"] * 12
    assert len(ledger(session)) == 1
    assert audited(session) == ["plan.granted"]


def test_first_use_begins_the_trial_and_its_end_needs_a_plan(trial_app: Flask, session: Db, now: datetime) -> None:
    person = make_account()
    use_benefit(person.id, ACTIVITIES, "activity:1", now)
    held = subscription_in_force(person.id, now)
    assert held is not None
    assert (held.plan, held.state, held.ends_at) == ("great", "trialing", now + 30 * DAY)
    use_benefit(person.id, ACTIVITIES, "activity:2", now + 29 * DAY)
    with pytest.raises(PlanRefused, match="Your plan Great ended on 5 June 2030"):
        use_benefit(person.id, ACTIVITIES, "activity:3", now + 30 * DAY)
    assert audited(session) == ["plan.granted"]


def test_greatest_plan_counts_when_several_are_in_force(plans_session: Db, now: datetime) -> None:
    person = make_account()
    make_subscription(person, "small", YEAR)
    take_message("stripe", message(person, "price_great", now, YEAR - 300 * DAY))
    held = subscription_in_force(person.id, now)
    assert held is not None
    assert (held.plan, held.origin) == ("great", "stripe")
    later = subscription_in_force(person.id, now + 100 * DAY)
    assert later is not None
    assert (later.plan, later.origin) == ("small", "house")


def message(person: Account, price: str, at: datetime, until: datetime, **more: object) -> Message:
    """Return a payment service's word that a plan is paid until a moment."""
    given = {"id": "evt_1", "kind": REPORTED, "state": ACTIVE, "cancels": False, "reference": "sub_1", **more}
    event = Event(at, str(given["kind"]), price, str(given["state"]), until, bool(given["cancels"]))
    return Message(str(given["id"]), person.id, str(given["reference"]), event)


def test_message_counts_once_however_often_it_comes(plans_session: Db, now: datetime) -> None:
    person = make_account()
    for _ in range(3):
        take_message("stripe", message(person, "price_small", now, YEAR))
    assert plans_session.scalar(select(func.count(SubscriptionEvent.id))) == 1
    assert audited(plans_session) == ["plan.reported"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_messages_out_of_order_lead_to_the_same_subscription(
    plans_session: Db, now: datetime, order: tuple[int, int, int]
) -> None:
    person = make_account()
    sent = [
        message(person, "price_small", now, YEAR, id="a", kind=OPENED),
        message(person, "price_great", now + DAY, YEAR, id="b", state=PAST_DUE),
        message(person, "price_great", now + 2 * DAY, YEAR + DAY, id="c"),
    ]
    for place in order:
        take_message("stripe", sent[place])
    held = plans_session.scalars(select(Subscription)).one()
    assert (held.plan, held.state, held.until, held.past_due_since) == ("great", ACTIVE, YEAR + DAY, None)


def test_message_for_nobody_here_is_of_no_concern(plans_session: Db, now: datetime) -> None:
    person = make_account()
    for account_id in (person.id + 1, 2**31, 10**9):
        given = message(person, "price_small", now, YEAR)
        assert take_message("stripe", Message(given.id, account_id, given.reference, given.event)) is None
    assert plans_session.scalar(select(func.count(Subscription.id))) == 0


def test_price_no_plan_names_is_refused_so_that_the_service_sends_it_again(plans_session: Db, now: datetime) -> None:
    with pytest.raises(UnknownPrice, match="price_new"):
        take_message("stripe", message(make_account(), "price_new", now, YEAR))


def test_every_change_is_in_the_history_and_in_the_audit_trail(plans_session: Db, now: datetime) -> None:
    person, administrator = make_account(), make_account("administrator")
    held = grant_plan(person.id, "small", YEAR, "a gift", administrator.id, now)
    change_subscription(held, EXTENDED, administrator.id, now + DAY, YEAR + DAY)
    change_subscription(held, CANCELED_NOW, administrator.id, now + 2 * DAY, reason=" moved away ")
    again = grant_plan(person.id, "great", YEAR, "", administrator.id, now + 3 * DAY)
    assert again is held
    assert [(e.kind, e.plan, e.reason) for e in held.events] == [
        ("granted", "small", "a gift"), ("extended", "small", ""), ("canceled", "small", "moved away"),
        ("granted", "great", ""),
    ]  # fmt: skip
    assert audited(plans_session) == ["plan.granted", "plan.extended", "plan.canceled", "plan.granted"]
    assert check_trail()[1] is None


@pytest.mark.parametrize(
    ("plan", "until", "words"),
    [("gold", YEAR, "no plan 'gold'. Plans are: small, metered"), ("small", FIXED_NOW, "has not passed")],
)
def test_grant_of_what_makes_no_sense_is_refused(
    plans_session: Db, now: datetime, plan: str, until: datetime, words: str
) -> None:
    with pytest.raises(ChangeRefused, match=words):
        grant_plan(make_account().id, plan, until, "", None, now)


def test_cancellation_needs_a_reason_and_a_sold_plan_no_house_date(plans_session: Db, now: datetime) -> None:
    person = make_account()
    held = make_subscription(person, "small")
    with pytest.raises(ChangeRefused, match="Give the reason"):
        change_subscription(held, CANCELED_NOW, None, now, reason="  ")
    sold = take_message("stripe", message(person, "price_small", now, YEAR))
    assert sold is not None
    with pytest.raises(ChangeRefused, match="payment service"):
        change_subscription(sold, EXTENDED, None, now, YEAR + DAY)


def test_what_was_earned_in_force_is_claimed_after_the_end_and_what_was_earned_later_is_not(
    plans_session: Db, now: datetime
) -> None:
    person = make_account()
    make_subscription(person, "small", now + 10 * DAY)
    use_benefit(person.id, ACTIVITIES, "activity:1", now)
    use_benefit(person.id, ACTIVITIES, "activity:2", now)
    line = use_earned(person.id, CREDIT, "activity:1:cpd", "activity:1", now + 9 * DAY, now + 100 * DAY)
    assert line is not None
    assert (line.plan, line.price) == ("small", Decimal("0.00"))
    with pytest.raises(PlanRefused, match="Your plan Small ended on 16 May 2030"):
        use_earned(person.id, CREDIT, "activity:2:cpd", "activity:2", now + 10 * DAY, now + 100 * DAY)
    make_subscription(person, "great", YEAR)
    assert use_earned(person.id, CREDIT, "activity:2:cpd", "activity:2", now + 10 * DAY, now + 100 * DAY)


def test_what_was_begun_when_nobody_needed_a_plan_is_claimed_without_one(plans_session: Db, now: datetime) -> None:
    assert use_earned(make_account().id, CREDIT, "activity:1:cpd", "activity:1", now, now) is None


def test_import_grants_extends_and_replaces_in_one_go(plans_session: Db, now: datetime) -> None:
    ada, bob, administrator = make_account(), make_account(), make_account("administrator")
    held = make_subscription(ada, "small", now + DAY)
    rows = [PlanRow(2, ada.email, "great", YEAR), PlanRow(3, bob.email, "small", YEAR)]
    assert import_plans(rows, administrator.id, now) == []
    found = plans_session.scalars(select(Subscription).order_by(Subscription.id)).all()
    assert [(one.account_id, one.plan, one.ends_at) for one in found] == [
        (ada.id, "great", YEAR),
        (bob.id, "small", YEAR),
    ]
    assert found[0] is held
    assert audited(plans_session) == ["plan.granted"] * 3
    assert check_trail()[1] is None
    assert not any(rebuild_standing(one) for one in found)


def test_import_with_one_bad_line_changes_nothing_and_tells_every_bad_line(plans_session: Db, now: datetime) -> None:
    ada = make_account()
    rows = [
        PlanRow(2, ada.email, "great", YEAR),
        PlanRow(3, "nobody@example.org", "gold", YEAR),
        PlanRow(4, make_account().email, "small", now),
    ]
    found = import_plans(rows, ada.id, now)
    assert [problem.line for problem in found] == [3, 3, 4]
    assert plans_session.scalar(select(func.count(Subscription.id))) == 0


def test_rebuilding_brings_a_damaged_cache_back(plans_session: Db, now: datetime) -> None:
    held = make_subscription(make_account(), "small")
    change_subscription(held, CANCELED_NOW, None, now, reason="x")
    held.state, held.ends_at = ACTIVE, YEAR
    assert rebuild_standing(held)
    assert (held.state, held.ends_at) == (CANCELED, now)
    assert not rebuild_standing(held)
