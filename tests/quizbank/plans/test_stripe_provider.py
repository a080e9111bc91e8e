"""Stripe without a network: its own package signs and verifies messages, and sends what a fake connection takes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stripe

from quizbank.plans.catalogue import Plan
from quizbank.plans.payment import Message, MessageRefused, ProviderUnreachable
from quizbank.plans.stripe_provider import StripeProvider
from quizbank.plans.subscription import ACTIVE, CANCELED, OPENED, PAST_DUE, REPORTED, TRIALING
from tests.quizbank.plans.messages import SECRET, signed, stripe_message

PLAN = Plan("small", "Small", payment_price="price_small")
AT = datetime(2030, 5, 6, 7, 8, 9, tzinfo=UTC)
END = AT + timedelta(days=30)


class Connection(stripe.HTTPClient):
    """Takes what would be sent to Stripe and answers as it was told to."""

    name = "fake"

    def __init__(self, answer: Mapping[str, Any], status: int = 200) -> None:
        super().__init__()
        self.answer, self.status = answer, status
        self.sent: list[tuple[str, str, str]] = []
        self.keys: list[str | None] = []

    def request(self, method: str, url: str, headers: Any, post_data: Any = None, **_more: Any) -> Any:
        self.sent.append((method, url, str(post_data)))
        self.keys.append(headers.get("Idempotency-Key"))
        return json.dumps(self.answer), self.status, {}

    def close(self) -> None:
        self.sent.clear()


def provider(connection: Connection | None = None) -> StripeProvider:
    return StripeProvider("sk_test_0123456789", SECRET, connection or Connection({}))


def read(message: Mapping[str, Any]) -> Message | None:
    return provider().read(*signed(message))


def test_message_says_how_a_subscription_stands() -> None:
    found = read(stripe_message(account=7, at=AT, until=END, cancels=True))
    assert found is not None
    assert (found.account_id, found.reference, found.id) == (7, "sub_1", "evt_1")
    event = found.event
    assert (event.at, event.kind, event.plan, event.state) == (AT, REPORTED, "price_small", ACTIVE)
    assert (event.until, event.cancels_at_end) == (END, True)


@pytest.mark.parametrize(
    ("status", "state", "until"),
    [
        ("trialing", TRIALING, END),
        ("active", ACTIVE, END),
        ("past_due", PAST_DUE, END),
        ("canceled", CANCELED, END),
        ("incomplete_expired", CANCELED, END),
        ("unpaid", ACTIVE, AT),
        ("paused", ACTIVE, AT),
    ],
)
def test_every_status_has_its_state(status: str, state: str, until: datetime) -> None:
    found = read(stripe_message(status=status, at=AT, until=END))
    assert found is not None
    assert (found.event.state, found.event.until) == (state, until)


def test_opening_is_told_from_later_reports() -> None:
    found = read(stripe_message(type="customer.subscription.created", at=AT, until=END))
    assert found is not None
    assert found.event.kind == OPENED


def test_messages_of_older_api_versions_are_read_too() -> None:
    message = stripe_message(at=AT, until=END)
    item = message["data"]["object"]["items"]["data"][0]
    message["data"]["object"]["current_period_end"] = item.pop("current_period_end")
    found = read(message)
    assert found is not None
    assert found.event.until == END


def test_day_set_for_a_cancellation_ends_the_time() -> None:
    message = stripe_message(at=AT, until=END)
    message["data"]["object"]["cancel_at"] = int((AT + timedelta(days=3)).timestamp())
    found = read(message)
    assert found is not None
    assert (found.event.until, found.event.cancels_at_end) == (AT + timedelta(days=3), True)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "invoice.paid"},
        {"type": "customer.created"},
        {"status": "incomplete"},
        {"account": None},
        {"account": 7 * 10**10},
    ],
)
def test_messages_of_no_concern_say_nothing(changes: dict[str, Any]) -> None:
    assert read(stripe_message(**changes)) is None


def test_message_is_refused_unless_stripe_signed_exactly_these_bytes_now_with_our_secret() -> None:
    body, signature = signed(stripe_message())
    old = stripe.WebhookSignature.generate_signature_header(body.decode(), SECRET, timestamp=1_000_000_000)
    other = stripe.WebhookSignature.generate_signature_header(body.decode(), "whsec_other_secret_0123")
    refused = [
        (body, ""),
        (body, "t=1,v1=00"),
        (body, "nonsense"),
        (body, old),
        (body, other),
        (body, signature[:-1]),
        (body + b" ", signature),
        (body.replace(b"sub_1", b"sub_2"), signature),
        (b"\xff\xfe", signature),
    ]
    for given, header in refused:
        with pytest.raises(MessageRefused, match="not signed"):
            provider().read(given, header)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"3", b"null", b"{}", b'{"type": []}', b'{"type": "customer.subscription.updated"}',
     b'{"type": "customer.subscription.updated", "data": {"object": []}}', b"[" * 5_000],
)  # fmt: skip
def test_signed_nonsense_is_refused_and_breaks_nothing(body: bytes) -> None:
    header = stripe.WebhookSignature.generate_signature_header(body.decode(), SECRET)
    with pytest.raises(MessageRefused, match="cannot be read"):
        provider().read(body, header)


@pytest.mark.parametrize("seconds", ["soon", -(10**30), 10**30, None, [], {}])
def test_signed_message_with_odd_times_is_refused(seconds: object) -> None:
    message = stripe_message()
    message["created"] = seconds
    with pytest.raises(MessageRefused, match="cannot be read"):
        read(message)


def test_status_stripe_invents_later_is_refused_so_that_somebody_looks() -> None:
    with pytest.raises(MessageRefused, match="cannot be read"):
        read(stripe_message(status="hibernating"))


def test_checkout_page_names_the_price_and_carries_the_account() -> None:
    connection = Connection({"id": "cs_1", "object": "checkout.session", "url": "https://checkout.stripe.com/c/pay/1"})
    address = provider(connection).checkout(PLAN, 7, "ada@example.org", "https://cme.example.org/plans/", "first")
    assert address == "https://checkout.stripe.com/c/pay/1"
    method, url, sent = connection.sent[0]
    assert (method, url) == ("post", "https://api.stripe.com/v1/checkout/sessions")
    assert connection.keys == ["first"]
    for part in ("price_small", "mode=subscription", "subscription_data[metadata][account]=7", "client_reference_id=7"):
        assert part in sent


def test_cancellation_is_told_to_stripe() -> None:
    connection = Connection({"id": "sub_1", "object": "subscription"})
    stripe_now = provider(connection)
    stripe_now.set_cancel_at_end("sub_1", True)
    stripe_now.set_cancel_at_end("sub_1", False)
    stripe_now.cancel("sub_1")
    assert [(method, url.rsplit("/v1/")[1]) for method, url, _ in connection.sent] == [
        ("post", "subscriptions/sub_1"), ("post", "subscriptions/sub_1"), ("delete", "subscriptions/sub_1"),
    ]  # fmt: skip
    assert ["true" in sent for _, _, sent in connection.sent] == [True, False, False]


def test_refusal_by_stripe_is_told_in_plain_words() -> None:
    connection = Connection({"error": {"message": "No such price", "type": "invalid_request_error"}}, 400)
    with pytest.raises(ProviderUnreachable, match="Nothing was changed"):
        provider(connection).checkout(PLAN, 7, "ada@example.org", "https://cme.example.org/plans/", "first")


@pytest.mark.parametrize("odd", ["", "\x00", "\ud800", "a" * 300, 7, None])
def test_ids_that_cannot_be_kept_are_refused(odd: object) -> None:
    about, named, priced = stripe_message(), stripe_message(), stripe_message()
    about["data"]["object"]["id"] = named["id"] = priced["data"]["object"]["items"]["data"][0]["price"]["id"] = odd
    for message in (about, named, priced):
        with pytest.raises(MessageRefused, match="cannot be read"):
            read(message)


@pytest.mark.parametrize("odd", [-1, 2**63 - 1, 253402300799, 1e308, float("nan"), "1"])
def test_times_that_no_page_could_tell_are_refused(odd: object) -> None:
    made, ending = stripe_message(), stripe_message()
    made["created"] = ending["data"]["object"]["cancel_at"] = odd
    for message in (made, ending):
        with pytest.raises(MessageRefused, match="cannot be read"):
            read(message)
