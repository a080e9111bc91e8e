"""Checking one certificate: whatever was changed, cut, signed by others or not proved is told, and only that."""

from dataclasses import replace
from datetime import date

import pytest

from certificates.issuing.auditing import KeptCertificate
from certificates.issuing.inspection import Finding
from certificates.issuing.log import leaf_of
from certificates.issuing.merkle import completing_leaf, inclusion_proof
from certificates.sharing.checking import LogProof, certificate_checks, log_check, signature_check, state_check
from tests.certificates.issuing.keys import OURS, THEIRS
from tests.certificates.issuing.samples import SERIAL
from tests.certificates.issuing.test_auditing import log_of
from tests.clock import FIXED_NOW

STATED, FILE = "a" * 64, "b" * 64
KEPT = KeptCertificate((SERIAL, SERIAL), ("A", "A"), "valid", STATED, (FILE, FILE), None, None)
OWN = [leaf_of("issued", SERIAL, FIXED_NOW, stated=STATED), leaf_of("rendered", SERIAL, FIXED_NOW, file=FILE)]
LEAVES = ['{"number":0}', OWN[0], '{"number":2}', OWN[1], '{"number":4}']
KEYS = [OURS.public_key]
GENUINE = Finding("genuine", "Signed.")


def proof_of(leaves: list[str], signer: object = OURS) -> LogProof:
    """Return what a log of these leaves proves about the second and the fourth."""
    rows = log_of(leaves, signer)

    def node(level: int, place: int) -> bytes:
        return bytes.fromhex(rows[completing_leaf(level, place)].hashes[64 * level :][:64])

    entries = [
        {
            "number": number,
            "leaf": leaves[number],
            "inclusion": [step.hex() for step in inclusion_proof(number, len(leaves), node)],
        }
        for number in (1, 3)
    ]
    return LogProof(rows[-1].checkpoint, entries, [leaves[1], leaves[3]])


PROOF = proof_of(LEAVES)


def test_certificate_in_order_passes_every_check() -> None:
    checks = certificate_checks(KEPT, None, GENUINE, PROOF, KEYS)
    assert [check.tone for check in checks] == ["good", "good", "good"]
    assert "log of 5 entries" in checks[2].words


@pytest.mark.parametrize(
    ("proof", "tone", "words"),
    [
        (LogProof(PROOF.checkpoint, [], []), "bad", "does not know"),
        (replace(PROOF, checkpoint=None), "caution", "not signed yet"),
        (replace(PROOF, entries=PROOF.entries[:1]), "caution", "not signed yet"),
        (proof_of(LEAVES, THEIRS), "bad", "not signed by this provider"),
        (replace(PROOF, checkpoint="nonsense"), "bad", "not a checkpoint"),
        (replace(PROOF, leaves=PROOF.leaves[:1]), "bad", "tells something else"),
        (replace(PROOF, entries=proof_of([*LEAVES[:4], "{}"]).entries), "bad", "does not fit"),
        (replace(PROOF, entries=[{**PROOF.entries[0], "number": 2}, PROOF.entries[1]]), "bad", "does not fit"),
        (replace(PROOF, entries=[{**PROOF.entries[0], "leaf": "{}"}, PROOF.entries[1]]), "bad", "does not fit"),
    ],
)
def test_log_is_believed_only_when_all_of_it_is_proved(proof: LogProof, tone: str, words: str) -> None:
    check = log_check(KEPT, proof, KEYS)
    assert (check.tone, words in check.words) == (tone, True)


@pytest.mark.parametrize(
    "kept",
    [
        replace(KEPT, stated="c" * 64),
        replace(KEPT, file=("c" * 64, FILE)),
        replace(KEPT, state="revoked"),
        replace(KEPT, names=("B", "A")),
    ],
)
def test_row_that_was_changed_behind_the_log_is_told(kept: KeptCertificate) -> None:
    assert log_check(kept, PROOF, KEYS).tone == "bad"


@pytest.mark.parametrize(
    ("state", "tone", "words"),
    [
        ("valid", "good", "neither revoked nor replaced"),
        ("revoked", "bad", "revoked on 6 May 2030"),
        ("superseded", "caution", "replaced by a newer certificate on 6 May 2030"),
    ],
)
def test_state_is_told_with_its_day(state: str, tone: str, words: str) -> None:
    check = state_check(state, None if state == "valid" else date(2030, 5, 6))
    assert (check.tone, words in check.words) == (tone, True)


@pytest.mark.parametrize(
    ("finding", "tone"),
    [
        (GENUINE, "good"),
        (None, "caution"),
        (Finding("altered", "Altered."), "bad"),
        (Finding("foreign", "Foreign."), "bad"),
        (Finding("unsigned", "Unsigned."), "bad"),
    ],
)
def test_only_a_genuine_signature_is_good(finding: Finding | None, tone: str) -> None:
    assert signature_check(finding).tone == tone
