"""Merkle trees: the same as an independent library's and as the known answers of Certificate Transparency."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from certificates.issuing.merkle import (
    EMPTY_ROOT,
    Node,
    ProofUnusable,
    completed,
    completing_leaf,
    consistency_proof,
    frontier,
    includes,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    root,
)

KNOWN_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
KNOWN_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""Leaves and roots of Certificate Transparency's own test data."""
LEAVES = [f"leaf {number}".encode() for number in range(70)]


def log_of(leaves: list[bytes]) -> Node:
    """Return the nodes of a log that these leaves were appended to, one by one."""
    kept: list[list[bytes]] = []

    def node(level: int, place: int) -> bytes:
        return kept[completing_leaf(level, place)][level]

    for number, leaf in enumerate(leaves):
        kept.append(completed(number, leaf_hash(leaf), node))
    return node


NODE = log_of(LEAVES)
sizes = st.integers(1, len(LEAVES))


@pytest.mark.parametrize("size", KNOWN_ROOTS)
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    node = log_of([bytes.fromhex(leaf) for leaf in KNOWN_LEAVES])
    assert root(size, node).hex() == KNOWN_ROOTS[size]


def test_empty_log_has_the_hash_of_nothing() -> None:
    assert root(0, NODE) == EMPTY_ROOT == InmemoryTree().get_root()


@given(sizes, st.data())
def test_independent_library_makes_the_same_root_and_proofs(size: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, size - 1))
    theirs = InmemoryTree.init_from_entries(LEAVES[:size])
    assert root(size, NODE) == theirs.get_root()
    assert inclusion_proof(number, size, NODE) == theirs.prove_inclusion(number + 1).path[1:]


@given(sizes)
def test_frontier_is_all_that_the_root_and_the_next_leaf_need(size: int) -> None:
    known = {place: NODE(*place) for place in frontier(size)}
    assert root(size, lambda *place: known[place]) == root(size, NODE)
    assert completed(size, leaf_hash(b"next"), lambda *place: known[place])[0] == leaf_hash(b"next")


@given(sizes, st.data())
def test_proof_of_inclusion_holds_for_its_own_leaf_place_and_root_only(size: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(number, size, NODE), root(size, NODE)
    leaf = leaf_hash(LEAVES[number])
    assert includes(number, size, leaf, proof, top)
    assert not includes(number, size, leaf_hash(b"another"), proof, top)
    assert not includes(number, size, leaf, proof, leaf_hash(b"another"))
    assert not includes(number, size, leaf, [*proof, top], top)
    assert not any(includes(other, size, leaf, proof, top) for other in range(size) if other != number)
    if proof:
        assert not includes(number, size, leaf, proof[:-1], top)


@given(sizes, st.data())
def test_proof_of_consistency_holds_for_its_own_two_roots_only(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, size))
    proof, before, after = consistency_proof(old, size, NODE), root(old, NODE), root(size, NODE)
    assert is_consistent(old, size, before, after, proof)
    assert not is_consistent(old, size, leaf_hash(b"another"), after, proof)
    if 0 < old < size:
        assert not is_consistent(old, size, before, leaf_hash(b"another"), proof)
        assert not is_consistent(old, size, before, after, proof[:-1])
        assert not is_consistent(old, size, before, after, [*proof, after])
        assert not is_consistent(old + 1, size, before, after, proof)


@given(st.integers(1, 69), st.integers(0, 68))
def test_changing_any_leaf_of_the_past_breaks_the_proof(size: int, changed: int) -> None:
    old = size
    forged = log_of([b"forged" if number == changed else leaf for number, leaf in enumerate(LEAVES)])
    proof = consistency_proof(old, 70, forged)
    is_past = changed < old
    assert is_consistent(old, 70, root(old, NODE), root(70, forged), proof) is not is_past


def test_every_step_of_a_growing_log_is_consistent() -> None:
    assert all(
        is_consistent(old, size, root(old, NODE), root(size, NODE), consistency_proof(old, size, NODE))
        for old, size in pairwise(range(71))
    )


@pytest.mark.parametrize(("number", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_entry_that_is_not_there_has_no_proof(number: int, size: int) -> None:
    with pytest.raises(ProofUnusable, match="has no entry"):
        inclusion_proof(number, size, NODE)


def test_size_the_log_never_had_has_no_proof() -> None:
    with pytest.raises(ProofUnusable, match="never had 4"):
        consistency_proof(4, 3, NODE)
