"""Stripe as the payment provider: a plan goes in, a checkout page comes out; a signed message goes in, its meaning comes out.

Nothing is sent anywhere unless a person presses a button, and messages are verified without asking Stripe.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import stripe

from quizbank.plans.catalogue import Plan
from quizbank.plans.payment import Message, MessageRefused, ProviderUnreachable
from quizbank.plans.subscription import ACTIVE, CANCELED, OPENED, PAST_DUE, REPORTED, TRIALING, Event

KINDS = {
    "customer.subscription.created": OPENED,
    "customer.subscription.updated": REPORTED,
    "customer.subscription.deleted": REPORTED,
    "customer.subscription.paused": REPORTED,
    "customer.subscription.resumed": REPORTED,
}
STATES = {"trialing": TRIALING, "active": ACTIVE, "past_due": PAST_DUE, "canceled": CANCELED}
STOPPED = ("unpaid", "paused")
"""Stripe keeps these subscriptions, but nobody pays for them: their time ends with the message."""
LATEST = 253_000_000_000
"""In 9987, so that every time zone has the moment."""
UNPAID_YET = "incomplete"
NEVER_PAID = "incomplete_expired"


class StripeProvider:
    """Stripe, with the secret key of its API and the secret that signs its messages."""

    name = "stripe"

    def __init__(self, key: str, webhook_secret: str, http_client: Any = None) -> None:
        self.client = stripe.StripeClient(key, http_client=http_client, max_network_retries=1)
        self.webhook_secret = webhook_secret

    def checkout(self, plan: Plan, account_id: int, email: str, back: str, purchase: str) -> str:
        """Return the address of a Checkout page; every later message carries the account in its metadata.

        Stripe answers a repeated ``Idempotency-Key`` with the same session for a day, so two tabs cannot pay twice.
        """
        params: Any = {
            "mode": "subscription",
            "line_items": [{"price": plan.payment_price, "quantity": 1}],
            "customer_email": email,
            "client_reference_id": str(account_id),
            "subscription_data": {"metadata": {"account": str(account_id)}},
            "success_url": back,
            "cancel_url": back,
        }
        once: Any = {"idempotency_key": purchase}
        return str(asked(lambda: self.client.v1.checkout.sessions.create(params, once)).url)

    def read(self, body: bytes, signature: str) -> Message | None:
        """Return what a message says about a subscription; the signature and its age are checked by Stripe's package."""
        try:
            stripe.WebhookSignature.verify_header(body, signature, self.webhook_secret, 300)
            return message_of(json.loads(body))
        except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
            raise MessageRefused("The message is not signed by Stripe with the secret set here.") from error
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError) as error:
            raise MessageRefused("The message cannot be read.") from error

    def set_cancel_at_end(self, reference: str, cancels: bool) -> None:
        """Have a subscription end with its paid time, or go on after all."""
        asked(lambda: self.client.v1.subscriptions.update(reference, {"cancel_at_period_end": cancels}))

    def cancel(self, reference: str) -> None:
        """End a subscription at once."""
        asked(lambda: self.client.v1.subscriptions.cancel(reference))


def asked(call: Callable[[], Any]) -> Any:
    """Return what Stripe answers; raises ProviderUnreachable."""
    try:
        return call()
    except stripe.StripeError as error:
        raise ProviderUnreachable(
            "The payment service did not answer as it should. Nothing was changed; try again in a few minutes."
        ) from error


def message_of(given: Mapping[str, Any]) -> Message | None:
    """Return the meaning of a verified message: a whole picture of one subscription, as it stood when it was sent."""
    kind = KINDS.get(given["type"])
    found = given["data"]["object"] if kind else {}
    account = str(found.get("metadata", {}).get("account", ""))
    if kind is None or found["status"] == UNPAID_YET or not re.fullmatch("[0-9]{1,10}", account):
        return None
    at = moment(given["created"])
    item = found["items"]["data"][0]
    until = moment(item.get("current_period_end") or found["current_period_end"])
    status = "canceled" if found["status"] == NEVER_PAID else found["status"]
    if status in STOPPED:
        status, until = "active", min(until, at)
    ends = bool(found.get("cancel_at_period_end") or found.get("cancel_at"))
    if found.get("cancel_at"):
        until = min(until, moment(found["cancel_at"]))
    event = Event(at, kind, name_in(item["price"], 100), STATES[status], until, ends)
    return Message(name_in(given, 255), int(account), name_in(found, 255), event)


def name_in(given: Mapping[str, Any], longest: int) -> str:
    """Return Stripe's id of a thing, in ASCII; raises ValueError for anything that can be none."""
    if not re.fullmatch(f"[!-~]{{1,{longest}}}", given["id"]):
        raise ValueError("There is no such id.")
    return str(given["id"])


def moment(seconds: int) -> datetime:
    """Return the moment Stripe means by a number of seconds; raises ValueError for one that no calendar here has."""
    if not 0 <= seconds <= LATEST:
        raise ValueError("There is no such time.")
    return datetime.fromtimestamp(seconds, UTC)
