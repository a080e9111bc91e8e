"""Reads of plans: what is on offer, what a person is subscribed to, what was used, and whether something may be used now."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import Select, and_, func, or_, select

from quizbank.accounts.models import Account
from quizbank.accounts.operations import AccountRefused, normalise_email
from quizbank.db import db
from quizbank.local_time import day_start, last_day, local_date
from quizbank.plans.allowance import (
    Admission,
    Allowance,
    allowance,
    cost_of_next,
    needs_a_plan,
    not_included,
    period_start,
    used_up,
)
from quizbank.plans.catalogue import ACTIVITIES, BENEFITS, Benefit, Catalogue, Plan, catalogue_at
from quizbank.plans.models import LedgerEntry, Subscription, SubscriptionEvent
from quizbank.plans.payment import PaymentProvider
from quizbank.plans.subscription import ACTIVE, CANCELED, ENDED, ENDING, PAST_DUE, TRIALING, was_in_force
from quizbank.time_words import long_day_words


def plans_are_needed() -> bool:
    """Return whether people need a plan here (the setting PLANS)."""
    return bool(current_app.config["PLANS"])


def catalogue() -> Catalogue:
    """Return the plans on offer here."""
    return catalogue_at(current_app.config["PLANS_FILE"])


def payment_provider() -> PaymentProvider | None:
    """Return the payment service, None when plans are not sold here."""
    provider: PaymentProvider | None = current_app.extensions.get("payment_provider")
    return provider


def trial_plan(account_id: int) -> Plan | None:
    """Return the plan that a person's first use would begin a trial of, None for whoever had a plan."""
    trial = catalogue().trial
    return catalogue().plan(trial.plan) if trial and not subscriptions_of(account_id) else None


def account_named(email: str) -> int:
    """Return the id of the account with an address; raises AccountRefused."""
    found = db.session.scalar(select(Account.id).where(Account.email == normalise_email(email)))
    if found is None:
        raise AccountRefused("Nobody here has this e-mail address. Add the person first, under People.")
    return found


def subscriptions_of(account_id: int) -> Sequence[Subscription]:
    """Return all of a person's subscriptions, the one that ends last first."""
    query = select(Subscription).where(Subscription.account_id == account_id)
    return db.session.scalars(query.order_by(Subscription.ends_at.desc(), Subscription.id)).all()


def subscription_in_force(account_id: int, now: datetime) -> Subscription | None:
    """Return the subscription that counts now: of those in force the greatest plan, of equal ones the longest."""
    query = select(Subscription).where(Subscription.account_id == account_id, Subscription.ends_at > now)
    found = db.session.scalars(query.order_by(Subscription.ends_at.desc(), Subscription.id)).all()
    offered = catalogue()
    return max(found, key=lambda one: offered.rank(one.plan), default=None)


def subscription_back_then(account_id: int, moment: datetime) -> Subscription | None:
    """Return a subscription that was in force at an earlier moment."""
    for found in subscriptions_of(account_id):
        if was_in_force([row.event for row in found.events], moment):
            return found
    return None


def ledger_entry(account_id: int, benefit: Benefit, subject: str) -> LedgerEntry | None:
    """Return the use of a benefit for a subject, if there was one."""
    query = select(LedgerEntry).where(
        LedgerEntry.account_id == account_id, LedgerEntry.benefit == benefit.name, LedgerEntry.subject == subject
    )
    return db.session.scalar(query)


def used_since(account_id: int, benefit: Benefit, moment: datetime) -> int:
    """Return how many uses of a benefit a person had from a moment on."""
    query = select(func.count(LedgerEntry.id)).where(
        LedgerEntry.account_id == account_id, LedgerEntry.benefit == benefit.name, LedgerEntry.used_at >= moment
    )
    return db.session.scalar(query) or 0


def used_in_period(account_id: int, benefit: Benefit, per: str, now: datetime) -> int:
    """Return how many uses of a benefit a person had in the present month or year of the place."""
    return used_since(account_id, benefit, day_start(period_start(local_date(now), per)))


def admission(
    account_id: int, benefit: Benefit, subject: str, now: datetime, earned_at: datetime | None = None
) -> Admission:
    """Return whether a person may use a benefit for a subject now, and what it costs; changes nothing.

    With ``earned_at`` a plan that was in force then will do, though it has ended since.
    """
    if not plans_are_needed():
        return Admission()
    subscription = subscription_in_force(account_id, now)
    if subscription is None and earned_at is not None:
        subscription = subscription_back_then(account_id, earned_at)
    if subscription is None:
        return without_subscription(account_id, benefit, now)
    if ledger_entry(account_id, benefit, subject):
        return Admission(is_counted=True, plan=subscription.plan, subscription_id=subscription.id)
    return admitted_by(catalogue().plan(subscription.plan), account_id, benefit, now, subscription.id)


def earned_admission(
    account_id: int, benefit: Benefit, subject: str, begun: str, earned_at: datetime, now: datetime
) -> Admission:
    """Return whether a person may have a benefit for what was earned before, such as credit for a pass.

    A plan that was in force when it was earned will do. What was begun (``begun`` is its subject among the activities)
    while no plan was needed here stays free of plans.
    """
    if ledger_entry(account_id, ACTIVITIES, begun) is None:
        return Admission()
    return admission(account_id, benefit, subject, now, earned_at)


def without_subscription(account_id: int, benefit: Benefit, now: datetime) -> Admission:
    """Return what holds for a person without a plan in force: the trial, when this would be the first plan ever."""
    if trial := trial_plan(account_id):
        return admitted_by(trial, account_id, benefit, now, None)
    last = next(iter(subscriptions_of(account_id)), None)
    return Admission(needs_a_plan(benefit, ended_words(last)))


def ended_words(subscription: Subscription | None) -> str:
    """Return what became of a plan that is not in force any more."""
    if subscription is None:
        return ""
    title = catalogue().plan(subscription.plan).title
    if subscription.state == PAST_DUE:
        return f"The payment for your plan {title} is overdue."
    return f"Your plan {title} ended on {long_day_words(last_day(subscription.ends_at))}."


def admitted_by(plan: Plan, account_id: int, benefit: Benefit, now: datetime, subscription_id: int | None) -> Admission:
    """Return what a plan says to one more use of a benefit."""
    entitlement = plan.includes.get(benefit.name)
    if entitlement is None:
        return Admission(not_included(benefit, plan, catalogue()))
    cost = cost_of_next(entitlement, used_in_period(account_id, benefit, entitlement.per, now))
    if cost is None:
        return Admission(used_up(benefit, entitlement, plan, catalogue(), local_date(now)))
    return Admission(cost=cost, plan=plan.name, subscription_id=subscription_id)


def allowances(account_id: int, plan: Plan, now: datetime) -> list[Allowance]:
    """Return what is left of everything a plan includes."""
    found = [(benefit, plan.includes.get(benefit.name)) for benefit in BENEFITS]
    return [
        allowance(benefit, one, used_in_period(account_id, benefit, one.per, now), local_date(now))
        for benefit, one in found
        if one is not None
    ]


def last_uses(account_id: int, most: int = 50) -> Sequence[LedgerEntry]:
    """Return a person's latest lines of the ledger."""
    query = select(LedgerEntry).where(LedgerEntry.account_id == account_id)
    return db.session.scalars(query.order_by(LedgerEntry.used_at.desc(), LedgerEntry.id.desc()).limit(most)).all()


def standing_filter(query: Select[Subscription, Account], word: str, now: datetime) -> Select[Subscription, Account]:
    """Return the query for subscriptions that people call by this word; an unknown word changes nothing."""
    in_force = and_(Subscription.ends_at > now, Subscription.state != CANCELED)
    plain = and_(in_force, or_(Subscription.cancels_at_end.is_(False), Subscription.state == PAST_DUE))
    ended = and_(Subscription.ends_at <= now, Subscription.state != CANCELED)
    conditions = {
        "in_force": in_force,
        TRIALING: and_(plain, Subscription.state == TRIALING),
        ACTIVE: and_(plain, Subscription.state == ACTIVE),
        PAST_DUE: and_(plain, Subscription.state == PAST_DUE),
        ENDING: and_(in_force, Subscription.cancels_at_end.is_(True), Subscription.state != PAST_DUE),
        ENDED: and_(ended, Subscription.cancels_at_end.is_(False)),
        CANCELED: or_(Subscription.state == CANCELED, and_(ended, Subscription.cancels_at_end.is_(True))),
    }
    return query.where(conditions[word]) if word in conditions else query


def message_is_known(message_id: str) -> bool:
    """Return whether a payment provider's message has been taken already."""
    query = select(SubscriptionEvent.id).where(SubscriptionEvent.message_id == message_id)
    return db.session.scalar(query) is not None
