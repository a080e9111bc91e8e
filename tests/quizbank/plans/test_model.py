"""Subscriptions, entitlements and the ledger against a model that knows nothing of events: any sequence, same answers."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from quizbank.accounts.models import Account
from quizbank.db import db
from quizbank.plans.catalogue import ACTIVITIES, CREDIT
from quizbank.plans.models import HOUSE, LedgerEntry, Subscription
from quizbank.plans.operations import (
    PlanRefused,
    change_subscription,
    grant_plan,
    rebuild_standing,
    take_message,
    use_benefit,
    use_earned,
)
from quizbank.plans.payment import Message
from quizbank.plans.queries import admission, subscription_in_force
from quizbank.plans.subscription import (
    ACTIVE,
    CANCEL_ASKED,
    CANCELED,
    CANCELED_NOW,
    EXTENDED,
    PAST_DUE,
    REPORTED,
    RESUMED,
    ChangeRefused,
    Event,
)
from tests.clock import FIXED_NOW
from tests.factories import make_account

QUOTAS = {"small": 2, "metered": 1, "reading": None, "great": 10**6}
PER_YEAR = {"metered"}
RANK = ["small", "metered", "reading", "great"]
PRICE = Decimal("2.50")
SUBJECTS = st.sampled_from([f"activity:{number}" for number in range(3)])
PLANS = st.sampled_from(RANK)
DAYS = st.integers(1, 70)


@dataclass
class Term:
    """A stretch of time in which one plan is in force; the model keeps nothing but such stretches."""

    plan: str
    begins: datetime
    ends: datetime


@dataclass
class Model:
    """What a person has: stretches that were granted, the state of the one granted now, and the words of the service."""

    now: datetime = FIXED_NOW
    granted: list[Term] = field(default_factory=list)
    canceled: bool = False
    told: list[tuple[datetime, str, str, datetime]] = field(default_factory=list)
    used: list[tuple[str, str, datetime, Decimal]] = field(default_factory=list)

    def sold(self) -> list[Term]:
        """Return the stretches the service's words lead to, whatever order they came in."""
        terms, since = [], None
        words = sorted(self.told)
        for place, (at, state, plan, until) in enumerate(words):
            since = (since or at) if state == PAST_DUE else None
            ends = at if state == CANCELED else since + timedelta(days=14) if since else until
            following = words[place + 1][0] if place + 1 < len(words) else datetime.max.replace(tzinfo=at.tzinfo)
            terms.append(Term(plan, at, min(ends, following)))
            if state == CANCELED:
                break
        return terms

    def plans_at(self, moment: datetime) -> list[str]:
        """Return the plans in force at a moment, the smallest first."""
        found = {term.plan for term in [*self.granted, *self.sold()] if term.begins <= moment < term.ends}
        return sorted(found, key=RANK.index)

    def is_running(self) -> bool:
        """Return whether what was granted last is still in force."""
        return bool(self.granted) and not self.canceled and self.now < self.granted[-1].ends

    def cost(self, plan: str) -> Decimal | None:
        """Return what the next start costs under a plan, None when it cannot be had."""
        quota = QUOTAS[plan]
        if quota is None:
            return None
        period = (lambda day: day.year) if plan in PER_YEAR else (lambda day: (day.year, day.month))
        used = [at for benefit, _, at, _ in self.used if benefit == "activities" and period(at) == period(self.now)]
        if len(used) < quota:
            return Decimal("0.00")
        return PRICE if plan == "metered" else None


class Plans(RuleBasedStateMachine):
    """Does the same to the program and to the model, and compares what both say."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.sent = 0

    @initialize()
    def arrive(self) -> None:
        self.person: Account = make_account()

    def teardown(self) -> None:
        db.session.rollback()

    def house(self) -> Subscription:
        query = select(Subscription).where(Subscription.account_id == self.person.id, Subscription.origin == HOUSE)
        return db.session.scalars(query).one()

    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        self.model.now += timedelta(days=days)

    @rule(plan=PLANS, days=DAYS)
    def grant(self, plan: str, days: int) -> None:
        self.wait(1)
        until = self.model.now + timedelta(days=days)
        grant_plan(self.person.id, plan, until, "", None, self.model.now)
        self.end_last(self.model.now)
        self.model.granted.append(Term(plan, self.model.now, until))
        self.model.canceled = False

    def end_last(self, moment: datetime) -> None:
        """End what was granted before, if it lasts longer than that."""
        if self.model.granted:
            self.model.granted[-1].ends = min(self.model.granted[-1].ends, moment)

    @precondition(lambda self: self.model.granted)
    @rule(days=DAYS)
    def extend(self, days: int) -> None:
        until = self.model.now + timedelta(days=days)
        if self.model.canceled:
            with pytest.raises(ChangeRefused):
                change_subscription(self.house(), EXTENDED, None, self.model.now, until)
            return
        change_subscription(self.house(), EXTENDED, None, self.model.now, until)
        last = self.model.granted[-1]
        if last.ends > self.model.now:
            last.ends = until
        else:
            self.model.granted.append(Term(last.plan, self.model.now, until))

    @precondition(lambda self: self.model.granted)
    @rule(kind=st.sampled_from([CANCEL_ASKED, RESUMED, CANCELED_NOW]))
    def change(self, kind: str) -> None:
        if not self.model.is_running():
            with pytest.raises(ChangeRefused):
                change_subscription(self.house(), kind, None, self.model.now, reason="x")
            return
        change_subscription(self.house(), kind, None, self.model.now, reason="x")
        if kind == CANCELED_NOW:
            self.end_last(self.model.now)
            self.model.canceled = True

    @rule(
        state=st.sampled_from([ACTIVE, ACTIVE, PAST_DUE, CANCELED]),
        plan=st.sampled_from(["small", "great"]),
        days=DAYS,
        late=st.integers(0, 60),
        again=st.booleans(),
    )
    def hear_from_the_service(self, state: str, plan: str, days: int, late: int, again: bool) -> None:
        self.sent += 1
        at = self.model.now - timedelta(days=late) + timedelta(seconds=self.sent)
        self.model.now = max(self.model.now, at)
        event = Event(at, REPORTED, f"price_{plan}", state, at + timedelta(days=days))
        message = Message(f"evt_{self.person.id}_{self.sent}", self.person.id, f"sub_{self.person.id}", event)
        for _ in range(1 + again):
            take_message("stripe", message)
        self.model.told.append((at, state, plan, event.until))

    @rule(subject=SUBJECTS, agreed=st.sampled_from([Decimal("0.00"), PRICE]))
    def start(self, subject: str, agreed: Decimal) -> None:
        plans = self.model.plans_at(self.model.now)
        known = any(used[:2] == ("activities", subject) for used in self.model.used)
        cost = self.model.cost(plans[-1]) if plans else None
        if plans and (known or cost == agreed):
            assert use_benefit(self.person.id, ACTIVITIES, subject, self.model.now, agreed) is not None
            if not known:
                self.model.used.append(("activities", subject, self.model.now, agreed))
            return
        with pytest.raises(PlanRefused):
            use_benefit(self.person.id, ACTIVITIES, subject, self.model.now, agreed)

    @rule(subject=SUBJECTS, ago=st.integers(0, 100))
    def claim(self, subject: str, ago: int) -> None:
        earned = self.model.now - timedelta(days=ago)
        call = (self.person.id, CREDIT, f"{subject}:cpd", subject, earned, self.model.now)
        if not any(used[:2] == ("activities", subject) for used in self.model.used):
            assert use_earned(*call) is None
        elif self.model.plans_at(self.model.now) or self.model.plans_at(earned):
            assert use_earned(*call) is not None
            if not any(used[1] == f"{subject}:cpd" for used in self.model.used):
                self.model.used.append(("credit", f"{subject}:cpd", self.model.now, Decimal("0.00")))
        else:
            with pytest.raises(PlanRefused):
                use_earned(*call)

    @invariant()
    def same_plan_is_in_force(self) -> None:
        if not hasattr(self, "person"):
            return
        held = subscription_in_force(self.person.id, self.model.now)
        plans = self.model.plans_at(self.model.now)
        assert (held.plan if held else None) == (plans[-1] if plans else None)
        assert bool(admission(self.person.id, CREDIT, "x", self.model.now).refusal) == (not plans)

    @invariant()
    def ledger_says_the_same(self) -> None:
        if not hasattr(self, "person"):
            return
        query = select(LedgerEntry).where(LedgerEntry.account_id == self.person.id).order_by(LedgerEntry.id)
        rows = [(row.benefit, row.subject, row.used_at, row.price) for row in db.session.scalars(query)]
        assert rows == self.model.used

    @invariant()
    def what_is_stored_is_what_the_events_say(self) -> None:
        if hasattr(self, "person"):
            held = db.session.scalars(select(Subscription).where(Subscription.account_id == self.person.id))
            assert not any(rebuild_standing(one) for one in held.all())


def test_program_and_model_agree_about_every_sequence(plans_app: Flask, plans_session: scoped_session[Session]) -> None:
    run_state_machine_as_test(
        Plans,
        settings=settings(
            max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_model_itself_is_no_copy_of_the_program() -> None:
    model = Model(granted=[Term("small", FIXED_NOW, FIXED_NOW + timedelta(days=2))])
    assert model.plans_at(FIXED_NOW) == ["small"]
    assert replace(model, now=FIXED_NOW + timedelta(days=2)).plans_at(FIXED_NOW + timedelta(days=2)) == []
