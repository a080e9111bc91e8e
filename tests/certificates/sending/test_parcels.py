"""Parcels, orders and how far a sending is."""

import json

import pytest

from certificates.sending.parcels import Order, Parcel, Standing, parcels_of


def test_everybody_gets_one_parcel_with_all_their_certificates() -> None:
    rows = [(2, 9), (1, 5), (2, 7), (1, 5)]
    assert parcels_of(rows) == (Parcel(1, (5,)), Parcel(2, (7, 9)))
    assert parcels_of([]) == ()


def test_order_comes_back_from_a_jobs_arguments() -> None:
    order = Order((Parcel(1, (5,)), Parcel(2, (7, 9))), "Because.")
    assert Order.of(json.loads(json.dumps(order.to_args()))) == order


@pytest.mark.parametrize(
    ("standing", "done", "has_ended", "words"),
    [
        (Standing(9, False, 0, 0, 0), 0, False, "0 sent of 9"),
        (Standing(9, False, 3, 2, 0), 2, False, "2 sent, 3 on the way of 9"),
        (Standing(9, True, 3, 5, 1), 6, False, "5 sent, 3 on the way, 1 refused of 9"),
        (Standing(9, True, 0, 7, 1), 9, True, "7 sent, 1 refused, 1 left out of 9"),
        (Standing(1_200, True, 0, 1_200, 0), 1_200, True, "1,200 sent of 1,200"),
    ],
)
def test_how_far_a_sending_is(standing: Standing, done: int, has_ended: bool, words: str) -> None:
    assert (standing.done, standing.has_ended, standing.words) == (done, has_ended, words)
