"""Evidence: frozen, read back as it was, and the address only as a salted hash."""

import hashlib

import pytest

from certificates.issuing.evidence import evidence_from_json, evidence_to_json, hashed_identity
from certificates.issuing.facts import FactsUnreadable
from tests.certificates.issuing.keys import EVIDENCE


def test_evidence_comes_back_as_it_was() -> None:
    assert evidence_from_json(evidence_to_json(EVIDENCE)) == EVIDENCE


def test_identity_is_the_hash_of_address_and_salt() -> None:
    assert hashed_identity("a@b.org", "pepper") == "sha256$" + hashlib.sha256(b"a@b.orgpepper").hexdigest()
    assert hashed_identity("a@b.org", "salt") != hashed_identity("a@b.org", "pepper")


@pytest.mark.parametrize("stored", [{}, {"schema": 99}, {"schema": 1}, {"schema": 1, "designated": "x"}])
def test_evidence_of_another_shape_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(FactsUnreadable):
        evidence_from_json(stored)
