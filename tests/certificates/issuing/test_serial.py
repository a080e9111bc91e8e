"""Serials: enough randomness, forgiving to type, strict about everything else."""

import secrets
import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing.serial import ALPHABET, RANDOM_SYMBOLS, new_serial, normalise_serial

SERIAL = new_serial(lambda count: bytes(range(7, 7 + count)))


def test_serial_carries_more_than_128_random_bits() -> None:
    assert RANDOM_SYMBOLS * 5 >= 128
    assert new_serial(lambda count: b"\xff" * count).startswith("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZ")


def test_serial_is_seven_groups_of_four_without_look_alikes() -> None:
    groups = SERIAL.split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert not set("".join(groups)) & set("ILOU")


def test_serials_differ() -> None:
    assert len({new_serial(secrets.token_bytes) for _ in range(2_000)}) == 2_000


@given(st.binary(min_size=17, max_size=17))
def test_serial_is_found_as_issued(seed: bytes) -> None:
    serial = new_serial(lambda _: seed)
    assert normalise_serial(serial) == serial


@pytest.mark.parametrize(
    "typed",
    [
        SERIAL.lower(),
        SERIAL.replace("-", ""),
        SERIAL.replace("-", " "),
        f"  {SERIAL}\r\n",
        SERIAL.replace("0", "O").replace("1", "l"),
        SERIAL.replace("0", "o").replace("1", "I"),
    ],
)
def test_serial_is_found_however_it_is_typed(typed: str) -> None:
    assert normalise_serial(typed) == SERIAL


def test_every_single_wrong_symbol_is_noticed() -> None:
    bare = SERIAL.replace("-", "")
    changed = [bare[:i] + other + bare[i + 1 :] for i in range(28) for other in ALPHABET if other != bare[i]]
    assert not any(normalise_serial(serial) for serial in changed)


def test_any_two_symbols_that_changed_places_are_noticed() -> None:
    bare = SERIAL.replace("-", "")
    for first, second in combinations(range(28), 2):
        if bare[first] != bare[second]:
            swapped = list(bare)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert normalise_serial("".join(swapped)) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        SERIAL[:-1],
        SERIAL + "0",
        SERIAL.replace("-", "_"),
        SERIAL.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        "А" + SERIAL[1:],
        SERIAL.replace("-", "\u2010"),
        SERIAL + "\x00",
        SERIAL + "\ud800",
        "ı" * 28,
        "ß" * 14,
        "' OR 1=1 --",
    ],
)
def test_anything_else_is_no_serial(typed: str) -> None:
    assert normalise_serial(typed) is None


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    assert normalise_serial(text) is None


def test_megabyte_is_refused_at_once() -> None:
    started = time.perf_counter()
    assert normalise_serial("0" * 1_000_000) is None
    assert time.perf_counter() - started < 0.05
