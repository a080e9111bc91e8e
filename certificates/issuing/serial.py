"""Serial numbers: random bytes go in, a serial people can read aloud comes out; and back from however it was typed.

Crockford's base 32 (no I, L, O, U), 27 random symbols (135 bits) and a check symbol, in groups of four.
"""

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS = 27
SYMBOLS = RANDOM_SYMBOLS + 1
GROUP = 4
MAX_TYPED = 100
READ_AS = {"O": "0", "I": "1", "L": "1"}
FIELD_POLYNOMIAL = 0b100101
"""x^5 + x^2 + 1, primitive over GF(2): its powers of 2 are all different for the first 31 places."""


def new_serial(random_bytes: Callable[[int], bytes]) -> str:
    """Return a serial from a source of randomness such as ``secrets.token_bytes``."""
    number = int.from_bytes(random_bytes(17), "big")
    values = [number >> 5 * place & 31 for place in range(RANDOM_SYMBOLS)]
    return grouped("".join(ALPHABET[value] for value in [*values, check_value(values)]))


def normalise_serial(text: str) -> str | None:
    """Return the serial as issued for one typed in any case, with or without hyphens, O for 0, I or L for 1.

    None for anything else: too long, wrong length, other characters (also those that only look alike), wrong check.
    """
    if len(text) > MAX_TYPED:
        return None
    bare = "".join(text.split()).replace("-", "")
    if not bare.isascii() or len(bare) != SYMBOLS:
        return None
    symbols = [READ_AS.get(symbol, symbol) for symbol in bare.upper()]
    if any(symbol not in ALPHABET for symbol in symbols):
        return None
    *values, check = (ALPHABET.index(symbol) for symbol in symbols)
    return grouped("".join(symbols)) if check == check_value(values) else None


def check_value(values: list[int]) -> int:
    """Return the check symbol's value: finds every single wrong symbol and every two that changed places.

    A sum over GF(32) in which each place has a weight of its own (Horner's scheme with the field's generator).
    """
    total = 0
    for value in values:
        total = doubled(total ^ value)
    return total


def doubled(value: int) -> int:
    """Return twice the value in GF(32)."""
    return value << 1 ^ (FIELD_POLYNOMIAL if value & 16 else 0)


def grouped(symbols: str) -> str:
    """Return the symbols in groups of four with hyphens between."""
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))
