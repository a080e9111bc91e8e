"""Packing: pieces packed apart are one stream for every reader."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing.packing import passing_piece, piece, put_together

TEXTS = st.lists(st.binary(max_size=2_000), max_size=6)


@given(kept=TEXTS, passing=TEXTS)
def test_any_pieces_come_out_as_they_went_in(kept: list[bytes], passing: list[bytes]) -> None:
    stream = put_together([*map(piece, kept), *map(passing_piece, passing)])
    assert zlib.decompress(stream) == b"".join([*kept, *passing])


def test_pieces_do_not_remember_each_other() -> None:
    name, letters = passing_piece(b"Alexandra " * 300), piece(b"Alexandra " * 300)
    assert zlib.decompress(put_together([letters])) == zlib.decompress(put_together([name]))
    assert zlib.decompress(put_together([name, letters, name])) == b"Alexandra " * 900


def test_changed_piece_is_noticed() -> None:
    stream = bytearray(put_together([piece(b"one"), piece(b"two")]))
    stream[-1] ^= 1
    with pytest.raises(zlib.error, match="incorrect data check"):
        zlib.decompress(bytes(stream))
