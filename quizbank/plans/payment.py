"""What a payment provider has to offer, whoever it is: a place to pay, and messages about subscriptions."""

from dataclasses import dataclass
from typing import Protocol

from quizbank.plans.catalogue import Plan
from quizbank.plans.subscription import Event


class MessageRefused(ValueError):
    """A message is not from the provider, or cannot be read."""


class ProviderUnreachable(RuntimeError):
    """The provider did not answer, or did not do what it was asked; the message is for people."""


@dataclass(frozen=True)
class Message:
    """A provider's word on one subscription: how it stands from ``event.at`` on.

    ``event.plan`` is the provider's own id of the price; ``reference`` is its id of the subscription.
    """

    id: str
    account_id: int
    reference: str
    event: Event


class PaymentProvider(Protocol):
    """A payment provider. Times are UTC; every call to it may raise ProviderUnreachable."""

    @property
    def name(self) -> str:
        """Return its short name, as rows keep it."""

    def checkout(self, plan: Plan, account_id: int, email: str, back: str, purchase: str) -> str:
        """Return the address of a page where a person subscribes to a plan; ``back`` is where it leads afterwards.

        ``purchase`` names what is bought (at most 255 characters): asked for again it is the same page, paid for once.
        """

    def read(self, body: bytes, signature: str) -> Message | None:
        """Return what a signed message says, None when it is of no concern; raises MessageRefused."""

    def set_cancel_at_end(self, reference: str, cancels: bool) -> None:
        """Have a subscription end with its paid time, or go on after all."""

    def cancel(self, reference: str) -> None:
        """End a subscription at once."""
