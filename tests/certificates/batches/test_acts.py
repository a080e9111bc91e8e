"""Acts and orders: what a job's arguments hold comes back as it was asked for."""

import json

import pytest

from certificates.batches.acts import ACTS, Act, Order


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_order_comes_back_from_a_jobs_arguments(act: Act) -> None:
    order = Order(act, (3, 1, 2), "Because.")
    assert Order.of(json.loads(json.dumps(order.to_args()))) == order


def test_only_issuing_needs_no_reason() -> None:
    assert [name for name, act in ACTS.items() if not act.needs_reason] == ["issue"]
