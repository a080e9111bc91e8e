"""Merkle trees of RFC 6962: leaf hashes go in; roots, proofs of inclusion and of consistency come out, and are checked.

A log keeps, with every leaf, the hashes of the whole subtrees that this leaf completes. Any root or proof is then made
of about log2(size) of them, and nothing stored is ever changed. Hashes are 32 bytes (SHA-256).
"""

import hashlib
from collections.abc import Callable, Iterator

Node = Callable[[int, int], bytes]
"""Gives the hash of a whole subtree by its level (0 = leaves) and its place from the left (from 0)."""
EMPTY_ROOT = hashlib.sha256().digest()


class ProofUnusable(ValueError):
    """A proof was asked for between sizes that do not exist."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def pair_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(number: int, leaf: bytes, node: Node) -> list[bytes]:
    """Return the hashes of the subtrees that leaf ``number`` (from 0) completes, from the leaf itself upwards."""
    hashes, level = [leaf], 0
    while number >> level & 1:
        hashes.append(pair_hash(node(level, (number >> level) - 1), hashes[-1]))
        level += 1
    return hashes


def completing_leaf(level: int, place: int) -> int:
    """Return the number of the leaf that completes a subtree: the one with which its hash is kept."""
    return (place + 1 << level) - 1


def root(size: int, node: Node) -> bytes:
    """Return the root of the tree of the first ``size`` leaves (RFC 6962, 2.1)."""
    return span(0, size, node) if size else EMPTY_ROOT


def frontier(size: int) -> list[tuple[int, int]]:
    """Return level and place of the largest whole subtrees, from the left: all that the root and the next leaf need."""
    levels = [level for level in range(size.bit_length()) if size >> level & 1]
    return [(level, (size >> level) - 1) for level in reversed(levels)]


def span(start: int, end: int, node: Node) -> bytes:
    """Return the hash over the leaves from ``start`` up to ``end``, a span that a tree of RFC 6962 has."""
    width = end - start
    if width & width - 1 == 0:
        level = width.bit_length() - 1
        return node(level, start >> level)
    middle = start + split(width)
    return pair_hash(span(start, middle, node), span(middle, end, node))


def split(width: int) -> int:
    """Return the largest power of two below ``width`` (at least 2)."""
    return 1 << (width - 1).bit_length() - 1


def inclusion_proof(number: int, size: int, node: Node) -> list[bytes]:
    """Return the audit path of a leaf in the tree of ``size`` leaves (RFC 6962, 2.1.1); raises ProofUnusable."""
    if not 0 <= number < size:
        raise ProofUnusable(f"A log of {size} entries has no entry {number}.")
    return list(reversed([span(*sibling, node) for sibling in siblings(number, 0, size)]))


def siblings(number: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans beside the way from the root down to a leaf."""
    while end - start > 1:
        middle = start + split(end - start)
        if number < middle:
            yield middle, end
            end = middle
        else:
            yield start, middle
            start = middle


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """Return the proof that the tree of ``old`` leaves is the beginning of the one of ``size`` (RFC 6962, 2.1.2)."""
    if not 0 <= old <= size:
        raise ProofUnusable(f"A log of {size} entries never had {old}.")
    return [] if old in (0, size) else subproof(old, 0, size, True, node)


def subproof(old: int, start: int, end: int, is_known: bool, node: Node) -> list[bytes]:
    """Return RFC 6962's SUBPROOF for the span; ``is_known``: the old root is this span's hash, so it is left out."""
    if old == end - start:
        return [] if is_known else [span(start, end, node)]
    middle = start + split(end - start)
    if old <= middle - start:
        return [*subproof(old, start, middle, is_known, node), span(middle, end, node)]
    return [*subproof(old - (middle - start), middle, end, False, node), span(start, middle, node)]


def includes(number: int, size: int, leaf: bytes, proof: list[bytes], expected_root: bytes) -> bool:
    """Return whether a proof shows that a leaf hash stands at ``number`` in the tree with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= number < size:
        return False
    place, last, found = number, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = pair_hash(step, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = pair_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == expected_root


def is_consistent(old: int, size: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """Return whether a proof shows that the old tree is the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if not old < size or not proof:
        return False
    path = [old_root, *proof] if old & old - 1 == 0 else list(proof)
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = pair_hash(step, first), pair_hash(step, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = pair_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
