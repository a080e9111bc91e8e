"""Status lists: an independent library reads the same bits, and a list that is not current or not ours is refused."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from certificates.issuing.addresses import Addresses
from certificates.issuing.status import (
    LIST_SIZE,
    SAMPLE_NUMBER,
    encoded,
    is_set,
    require_standing,
    status_entry,
    status_token,
)
from certificates.issuing.tokens import TokenRejected, read_token
from tests.certificates.issuing.keys import OURS
from tests.clock import FIXED_NOW

ADDRESSES = Addresses("https://cme.example")
ENTRY = status_entry(ADDRESSES.status_prefix, LIST_SIZE + 7)
CREDENTIAL = {"iss": ADDRESSES.issuer, "credentialStatus": ENTRY}


def published(*fallen: int, listed: int = 1) -> dict[str, object]:
    return read_token(status_token(ADDRESSES, listed, fallen, FIXED_NOW, OURS), [OURS.public_key])


@given(st.sets(st.integers(0, LIST_SIZE - 1), max_size=20))
def test_independent_library_reads_the_same_bits(places: set[int]) -> None:
    bits = decode_encoded_list(encoded(places))
    assert len(bits) * 8 == LIST_SIZE
    assert set_indices(bits) == places


def test_entry_names_list_and_place() -> None:
    assert ENTRY["statusListCredential"] == "https://cme.example/v/status/1"
    assert ENTRY["statusListIndex"] == "7"


def test_credential_stands_until_its_own_bit_is_set() -> None:
    require_standing(CREDENTIAL, published(LIST_SIZE + 6, LIST_SIZE + 8), FIXED_NOW)
    with pytest.raises(TokenRejected, match="revoked or replaced"):
        require_standing(CREDENTIAL, published(LIST_SIZE + 7), FIXED_NOW)


def test_old_list_is_refused() -> None:
    with pytest.raises(TokenRejected, match="out of date"):
        require_standing(CREDENTIAL, published(), FIXED_NOW + timedelta(days=3))


def test_another_list_is_refused() -> None:
    with pytest.raises(TokenRejected, match="not the status list"):
        require_standing(CREDENTIAL, published(listed=0), FIXED_NOW)


def test_list_is_the_same_all_day() -> None:
    tokens = {status_token(ADDRESSES, 0, [3], FIXED_NOW + timedelta(hours=hours), OURS) for hours in range(3)}
    assert len(tokens) == 1


@pytest.mark.parametrize("broken", ["", "x", "u", "uAAAA", "u!!!!"])
def test_list_that_cannot_be_unpacked_is_refused(broken: str) -> None:
    with pytest.raises(TokenRejected):
        is_set(broken, 0)


@pytest.mark.parametrize("place", [-1, LIST_SIZE])
def test_place_outside_the_list_is_refused(place: int) -> None:
    with pytest.raises(TokenRejected, match="no such place"):
        is_set(encoded([]), place)


def test_sample_never_stands() -> None:
    sample = {"iss": ADDRESSES.issuer, "credentialStatus": status_entry(ADDRESSES.status_prefix, SAMPLE_NUMBER)}
    with pytest.raises(TokenRejected, match="revoked or replaced"):
        require_standing(sample, published(listed=0), FIXED_NOW)
