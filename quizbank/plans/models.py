"""Rows of subscriptions, their insert-only events, and the insert-only ledger of what was used."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizbank.accounts.models import Account
from quizbank.db import Model, UtcDateTime, only_added
from quizbank.plans.subscription import Event, Standing

HOUSE = "house"
"""The origin of subscriptions that administrators grant; others are named after their payment provider."""


class Subscription(Model):
    """A person's subscription: one that administrators grant, and one for each that a payment provider sells.

    All from ``plan`` to ``ends_at`` is a cache of the events (``flask plans rebuild``); ``revision`` is the sequence of
    the last one.
    """

    __tablename__ = "subscription"
    __table_args__ = (
        UniqueConstraint("account_id", "origin", "reference"),
        CheckConstraint("state IN ('trialing', 'active', 'past_due', 'canceled')", name="state_known"),
        CheckConstraint("(origin = 'house') = (reference = '')", name="reference_of_provider"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    origin: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(255), default="")
    revision: Mapped[int] = mapped_column(default=0)
    plan: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    cancels_at_end: Mapped[bool]
    past_due_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    events: Mapped[list["SubscriptionEvent"]] = relationship(order_by="SubscriptionEvent.sequence")

    @property
    def standing(self) -> Standing:
        """Return how it stands, as the rules read it."""
        return Standing(self.plan, self.state, self.until, self.cancels_at_end, self.past_due_since, self.ends_at)

    @standing.setter
    def standing(self, standing: Standing) -> None:
        for name in ("plan", "state", "until", "cancels_at_end", "past_due_since", "ends_at"):
            setattr(self, name, getattr(standing, name))


class SubscriptionEvent(Model):
    """How a subscription stands from a moment on; insert-only. ``message_id`` is the payment provider's, once ever."""

    __tablename__ = "subscription_event"
    __table_args__ = (UniqueConstraint("subscription_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"))
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(20))
    plan: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    cancels_at_end: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    message_id: Mapped[str | None] = mapped_column(String(255), unique=True)

    actor: Mapped[Account | None] = relationship()

    @property
    def event(self) -> Event:
        """Return it as the rules read it."""
        return Event(self.at, self.kind, self.plan, self.state, self.until, self.cancels_at_end, self.reason)


class LedgerEntry(Model):
    """One use of a benefit, with its price at that moment; insert-only, once per person, benefit and subject.

    ``title`` is what the subject was called then. ``number`` counts a person's uses of a benefit from 1, so that two at
    the same moment cannot both be the last allowed.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("account_id", "benefit", "subject"),
        UniqueConstraint("account_id", "benefit", "number"),
        CheckConstraint("price >= 0", name="price_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), index=True)
    benefit: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(300))
    number: Mapped[int]
    plan: Mapped[str] = mapped_column(String(40))
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    currency: Mapped[str] = mapped_column(String(3))
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()


only_added(LedgerEntry)
