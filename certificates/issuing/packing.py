"""Packing: pieces of a stream go in, each packed by itself and kept where it comes again; one stream comes out.

Blocks that were packed apart may follow one another in a deflate stream (RFC 1951) when each begins without a memory of
what was before it and ends with a whole byte.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

HEADER = b"\x78\x9c"
LAST_BLOCK = b"\x03\x00"
"""Empty, and marked as the last one."""
CHECK_BEGINS = 1
QUICK = 4
"""A third quicker than the usual level and hardly longer."""
KEPT_BITS, ONCE_BITS = zlib.MAX_WBITS, 12
KEPT_MEMORY, ONCE_MEMORY = 8, 5
"""What is kept is packed small, what is used once with 30 kB of memory: to clear 300 takes longer than to
pack a name."""


@dataclass(frozen=True)
class Piece:
    """Part of a stream: as it is, and packed."""

    plain: bytes
    packed: bytes


def piece(plain: bytes) -> Piece:
    """Return these bytes packed to be kept."""
    return packed_by(zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -KEPT_BITS, KEPT_MEMORY), plain)


def passing_piece(plain: bytes) -> Piece:
    """Return these bytes packed quickly."""
    return packed_by(zlib.compressobj(QUICK, zlib.DEFLATED, -ONCE_BITS, ONCE_MEMORY), plain)


def packed_by(packer: "zlib._Compress", plain: bytes) -> Piece:
    """Return these bytes packed by this one, which is used for nothing else."""
    return Piece(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def put_together(pieces: Iterable[Piece]) -> bytes:
    """Return the pieces as one compressed stream (RFC 1950)."""
    packed, check = [HEADER], CHECK_BEGINS
    for one in pieces:
        packed.append(one.packed)
        check = zlib.adler32(one.plain, check)
    return b"".join([*packed, LAST_BLOCK, check.to_bytes(4, "big")])
