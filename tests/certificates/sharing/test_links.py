"""Rules of share links: tokens that nobody guesses, and how a link stands."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.sharing.links import (
    CLOSED,
    EXPIRED,
    LIVE,
    LOCKED,
    MAX_WRONG_TRIES,
    OUTCOMES,
    REVOKED,
    STANDINGS,
    USED_UP,
    hashed,
    may_go_on,
    pick_of,
    plain_passcode,
    standing,
    token_for,
)
from tests.clock import FIXED_NOW

LATER, EARLIER = FIXED_NOW + timedelta(days=1), FIXED_NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("revoked", "expires", "views", "tries", "active", "expected"),
    [
        (None, LATER, (0, 1), 0, True, LIVE),
        (None, LATER, (1, 1), 0, True, USED_UP),
        (None, LATER, (0, 1), MAX_WRONG_TRIES - 1, True, LIVE),
        (None, LATER, (0, 1), MAX_WRONG_TRIES, True, LOCKED),
        (None, FIXED_NOW, (0, 1), 0, True, EXPIRED),
        (None, FIXED_NOW + timedelta(microseconds=1), (0, 1), 0, True, LIVE),
        (None, LATER, (0, 1), 0, False, CLOSED),
        (EARLIER, LATER, (0, 1), 0, True, REVOKED),
        (EARLIER, EARLIER, (1, 1), MAX_WRONG_TRIES, False, REVOKED),
        (None, EARLIER, (1, 1), MAX_WRONG_TRIES, True, EXPIRED),
    ],
)
def test_link_stands_as_what_closed_it_says(
    revoked: datetime | None, expires: datetime, views: tuple[int, int], tries: int, active: bool, expected: str
) -> None:
    assert standing(revoked, expires, views, tries, active, FIXED_NOW) == expected


def test_views_opened_earlier_go_on_until_the_link_ends() -> None:
    assert [one for one in STANDINGS if may_go_on(one)] == [LIVE, LOCKED, USED_UP]


def test_every_state_that_refuses_has_its_words_in_the_log() -> None:
    assert set(STANDINGS) - {LIVE} <= set(OUTCOMES)


@given(st.text(min_size=1, max_size=50), st.integers(1), st.text(max_size=100))
def test_token_has_256_bits_and_fits_into_an_address(secret: str, account_id: int, form_key: str) -> None:
    token = token_for(secret, account_id, form_key)
    assert len(token) == 43
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_same_form_gives_the_same_token_and_any_other_another() -> None:
    first = token_for("secret", 1, "form")
    assert token_for("secret", 1, "form") == first
    others = [token_for("secre", 1, "form"), token_for("secret", 2, "form"), token_for("secret", 1, "form2")]
    assert len({first, *others}) == 4


def test_token_is_not_in_what_is_stored() -> None:
    token = token_for("secret", 1, "form")
    assert token not in hashed(token)
    assert hashed(token) != hashed(token[:-1])


def test_picks_are_read_as_forms_name_them() -> None:
    assert pick_of("license:12") == ("license", 12)
    with pytest.raises(ValueError):
        pick_of("license")


@pytest.mark.parametrize(
    ("typed", "compared"),
    [(" heart-valve\n", "heart-valve"), ("cafe\u0301", "café"), ("      ", ""), (None, ""), ("Ab", "Ab")],
)
def test_passcode_is_the_same_on_another_keyboard(typed: str | None, compared: str) -> None:
    assert plain_passcode(typed) == compared
