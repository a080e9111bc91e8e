"""Messages as Stripe sends them, signed by its own package."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import stripe

from tests.clock import FIXED_NOW

SECRET = "whsec_0123456789abcdef"


def stripe_message(
    account: int | None = 1,
    status: str = "active",
    at: datetime = FIXED_NOW,
    until: datetime = FIXED_NOW + timedelta(days=30),
    cancels: bool = False,
    id: str = "evt_1",
    reference: str = "sub_1",
    price: str = "price_small",
    type: str = "customer.subscription.updated",
) -> dict[str, Any]:
    """Return a message about a subscription."""
    item = {"id": "si_1", "price": {"id": price}, "current_period_end": int(until.timestamp())}
    subscription = {
        "id": reference,
        "object": "subscription",
        "status": status,
        "cancel_at_period_end": cancels,
        "cancel_at": None,
        "items": {"object": "list", "data": [item]},
        "metadata": {} if account is None else {"account": str(account)},
    }
    created = int(at.timestamp())
    return {"id": id, "object": "event", "type": type, "created": created, "data": {"object": subscription}}


def signed(message: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return a message's bytes and the signature Stripe sends with them now."""
    body = json.dumps(message)
    return body.encode(), stripe.WebhookSignature.generate_signature_header(body, SECRET)
