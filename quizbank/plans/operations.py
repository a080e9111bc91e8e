"""The only writers of subscriptions and of the ledger; the database settles every race."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from quizbank.accounts.models import Account
from quizbank.accounts.operations import lock_person, record_audit, record_audits
from quizbank.db import LARGEST_ID, db
from quizbank.plans.allowance import FREE
from quizbank.plans.catalogue import ACTIVITIES, Benefit
from quizbank.plans.importing import PlanRow, Problem
from quizbank.plans.models import HOUSE, LedgerEntry, Subscription, SubscriptionEvent
from quizbank.plans.payment import Message
from quizbank.plans.queries import (
    admission,
    catalogue,
    ledger_entry,
    message_is_known,
    plans_are_needed,
)
from quizbank.plans.subscription import (
    ACTIVE,
    CANCELED_NOW,
    GRANTED,
    TRIALING,
    ChangeRefused,
    Event,
    advance,
    changed,
    latest,
)

BATCH = 1_000


class PlanRefused(ValueError):
    """A plan does not allow this use; the message says why and what to do."""


class UnknownPrice(ValueError):
    """A payment provider tells of a price that no plan of the file names."""


def use_benefit(
    account_id: int,
    benefit: Benefit,
    subject: str,
    now: datetime,
    agreed: Decimal = FREE,
    earned_at: datetime | None = None,
    title: str = "",
) -> LedgerEntry | None:
    """Write one use into the ledger and return it; None when no plan is needed here. Raises PlanRefused.

    ``subject`` names what it is used for ("activity:12"): a second use for the same one returns the first line and
    changes nothing; ``title`` is what people call it. ``agreed`` is the price the person has seen and accepted; another
    price is refused. With ``earned_at`` a plan that was in force then will do. The person's row stays locked until the
    commit, so parallel uses are counted one after the other.
    """
    if not plans_are_needed():
        return None
    lock_person(account_id)
    found = admission(account_id, benefit, subject, now, earned_at)
    if found.refusal:
        raise PlanRefused(found.refusal)
    if found.is_counted:
        return ledger_entry(account_id, benefit, subject)
    if found.cost != agreed:
        price = catalogue().money(found.cost)
        raise PlanRefused(f"This costs {price} beyond what your plan includes. Confirm the price to go on.")
    subscription_id = found.subscription_id or begin_trial(account_id, now).id
    return insert_use(account_id, subscription_id, found.plan, benefit, (subject, title), found.cost, now)


def use_earned(
    account_id: int, benefit: Benefit, subject: str, begun: str, earned_at: datetime, now: datetime, title: str = ""
) -> LedgerEntry | None:
    """Write the use of a benefit for what was earned before; like use_benefit otherwise. queries.earned_admission has the rule."""
    if not plans_are_needed() or ledger_entry(account_id, ACTIVITIES, begun) is None:
        return None
    return use_benefit(account_id, benefit, subject, now, earned_at=earned_at, title=title)


def insert_use(
    account_id: int,
    subscription_id: int,
    plan: str,
    benefit: Benefit,
    used_for: tuple[str, str],
    price: Decimal,
    now: datetime,
) -> LedgerEntry:
    """Insert the next line of a person's ledger; ``used_for`` is the subject and its title."""
    mine = (LedgerEntry.account_id == account_id, LedgerEntry.benefit == benefit.name)
    last = db.session.scalar(select(LedgerEntry.number).where(*mine).order_by(LedgerEntry.number.desc()).limit(1))
    entry = LedgerEntry(
        account_id=account_id,
        subscription_id=subscription_id,
        benefit=benefit.name,
        subject=used_for[0],
        title=used_for[1][:300],
        number=(last or 0) + 1,
        plan=plan,
        price=price,
        currency=catalogue().currency,
        used_at=now,
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def begin_trial(account_id: int, now: datetime) -> Subscription:
    """Give a person who never had a plan the trial of the file; the person's row is locked already."""
    trial = catalogue().trial
    if trial is None:
        raise PlanRefused("There is no trial any more. Choose a plan under My plan.")
    until = now + timedelta(days=trial.days)
    return open_house(account_id, Event(now, GRANTED, trial.plan, TRIALING, until, False, "trial"), account_id)


def grant_plan(
    account_id: int, plan: str, until: datetime, reason: str, actor_id: int | None, now: datetime
) -> Subscription:
    """Give a person a plan until a moment, in place of whatever was granted before; raises ChangeRefused."""
    require_offered(plan, until, now)
    lock_person(account_id)
    event = Event(now, GRANTED, plan, ACTIVE, until, False, reason)
    query = select(Subscription).where(Subscription.account_id == account_id, Subscription.origin == HOUSE)
    if subscription := db.session.scalar(query, execution_options={"populate_existing": True}):
        append_event(subscription, event, actor_id)
        return subscription
    return open_house(account_id, event, actor_id)


def require_offered(plan: str, until: datetime, now: datetime) -> None:
    """Raise ChangeRefused for a plan that is not on offer, or a day that has passed."""
    if not catalogue().offers(plan):
        names = ", ".join(offered.name for offered in catalogue().plans)
        raise ChangeRefused(f"There is no plan {plan!r}. Plans are: {names}.")
    if until <= now:
        raise ChangeRefused("Choose a day that has not passed.")


def open_house(account_id: int, event: Event, actor_id: int | None) -> Subscription:
    """Insert a person's granted subscription with its first event."""
    subscription = Subscription(account_id=account_id, origin=HOUSE, reference="", revision=0, created_at=event.at)
    subscription.standing = advance(None, event)
    db.session.add(subscription)
    db.session.flush()
    append_event(subscription, event, actor_id)
    return subscription


def change_subscription(
    subscription: Subscription,
    kind: str,
    actor_id: int | None,
    now: datetime,
    until: datetime | None = None,
    reason: str = "",
) -> None:
    """Extend, cancel, cancel at the end of its time, or resume (``kind`` of an event); raises ChangeRefused."""
    db.session.refresh(subscription, with_for_update=True)
    if subscription.origin != HOUSE and until is not None:
        raise ChangeRefused("Its time comes from the payment service. Grant the person a plan of your own instead.")
    if kind == CANCELED_NOW and not reason.strip():
        raise ChangeRefused("Give the reason: the person and the audit trail will show it.")
    append_event(subscription, changed(subscription.standing, kind, now, until, reason.strip()), actor_id)


def append_event(
    subscription: Subscription, event: Event, actor_id: int | None, message_id: str | None = None
) -> SubscriptionEvent:
    """Append an event of a locked subscription, bring its cache up to date and tell the audit trail."""
    row = add_event(subscription, event, actor_id, message_id)
    db.session.flush()
    rebuild_standing(subscription)
    record_audit(
        f"plan.{event.kind}".replace(" ", "_"),
        f"subscription:{subscription.id}",
        actor_id,
        event.at,
        **facts_of(subscription, event),
    )
    return row


def add_event(
    subscription: Subscription, event: Event, actor_id: int | None, message_id: str | None = None
) -> SubscriptionEvent:
    """Add the next event of a subscription to the session."""
    subscription.revision += 1
    row = SubscriptionEvent(
        subscription_id=subscription.id,
        sequence=subscription.revision,
        at=event.at,
        kind=event.kind,
        plan=event.plan,
        state=event.state,
        until=event.until,
        cancels_at_end=event.cancels_at_end,
        reason=event.reason,
        actor_id=actor_id,
        message_id=message_id,
    )
    db.session.add(row)
    return row


def facts_of(subscription: Subscription, event: Event) -> Mapping[str, object]:
    """Return what the audit trail keeps of a change."""
    facts = {
        "person": subscription.account_id,
        "plan": event.plan,
        "state": event.state,
        "until": event.until.isoformat(),
        "reason": event.reason,
    }
    return {name: value for name, value in facts.items() if value}


def rebuild_standing(subscription: Subscription) -> bool:
    """Set a subscription's cache from the replay of its events; return whether anything differed."""
    query = select(SubscriptionEvent).where(SubscriptionEvent.subscription_id == subscription.id)
    rows = db.session.scalars(query.order_by(SubscriptionEvent.sequence))
    before, standing = subscription.standing, latest(row.event for row in rows)
    subscription.standing = standing
    db.session.flush()
    return before != standing


def take_message(origin: str, message: Message) -> Subscription | None:
    """Take a payment provider's message, once however often it comes; None for a person who is not here.

    Raises UnknownPrice when no plan names the price. Messages may come in any order.
    """
    plan = next((plan.name for plan in catalogue().plans if plan.payment_price == message.event.plan), None)
    if plan is None:
        raise UnknownPrice(f"No plan has the payment_price {message.event.plan!r}; add it to the file of plans.")
    if message.account_id > LARGEST_ID or db.session.get(Account, message.account_id) is None:
        return None
    lock_person(message.account_id)
    event = replace(message.event, plan=plan)
    subscription = provider_subscription(origin, message, event)
    if not message_is_known(message.id):
        append_event(subscription, event, None, message.id)
    return subscription


def provider_subscription(origin: str, message: Message, event: Event) -> Subscription:
    """Return the row of a provider's subscription, made on its first message; the person's row is locked already."""
    query = select(Subscription).where(
        Subscription.account_id == message.account_id,
        Subscription.origin == origin,
        Subscription.reference == message.reference,
    )
    if found := db.session.scalar(query, execution_options={"populate_existing": True}):
        return found
    made = Subscription(
        account_id=message.account_id,
        origin=origin,
        reference=message.reference,
        revision=0,
        created_at=event.at,
    )
    made.standing = advance(None, event)
    db.session.add(made)
    db.session.flush()
    return made


def import_plans(rows: Sequence[PlanRow], actor_id: int, now: datetime) -> list[Problem]:
    """Grant the plans of an imported list, all or none; return what is wrong, line by line, and write nothing then."""
    people = accounts_by_email([row.email for row in rows])
    problems = [problem for row in rows for problem in problems_of(row, people, now)]
    if problems:
        return problems
    ids = [people[row.email] for row in rows]
    held = house_subscriptions(ids)
    events = [Event(now, GRANTED, row.plan, ACTIVE, row.until, False, "imported") for row in rows]
    made = []
    for account_id, event in zip(ids, events, strict=True):
        subscription = held.get(account_id)
        if subscription is None:
            subscription = Subscription(account_id=account_id, origin=HOUSE, reference="", revision=0, created_at=now)
            db.session.add(subscription)
        subscription.standing = advance(None, event)
        made.append(subscription)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise ChangeRefused(
            "Somebody granted a plan to one of these people just now. Import the list again."
        ) from error
    for subscription, event in zip(made, events, strict=True):
        add_event(subscription, event, actor_id)
    db.session.flush()
    lines = [(f"subscription:{s.id}", facts_of(s, event)) for s, event in zip(made, events, strict=True)]
    record_audits("plan.granted", lines, actor_id, now)
    return []


def problems_of(row: PlanRow, people: Mapping[str, int], now: datetime) -> list[Problem]:
    """Return what is wrong with one line beside its form: nobody here has the address, no such plan, a day that passed."""
    found = [] if row.email in people else [Problem(row.line, f"Nobody here has the e-mail address {row.email}.")]
    try:
        require_offered(row.plan, row.until, now)
    except ChangeRefused as error:
        found.append(Problem(row.line, str(error)))
    return found


def accounts_by_email(emails: Sequence[str]) -> dict[str, int]:
    """Return the ids of the accounts with these addresses: one pass over the table, as long as it may be."""
    wanted = set(emails)
    return {email: id for email, id in db.session.execute(select(Account.email, Account.id)) if email in wanted}


def house_subscriptions(account_ids: Sequence[int]) -> dict[int, Subscription]:
    """Return the granted subscriptions of these people, locked until the commit, by account."""
    found: dict[int, Subscription] = {}
    for start in range(0, len(account_ids), BATCH):
        query = select(Subscription).where(
            Subscription.origin == HOUSE, Subscription.account_id.in_(account_ids[start : start + BATCH])
        )
        rows = db.session.scalars(query.order_by(Subscription.id).with_for_update())
        found |= {row.account_id: row for row in rows}
    return found
