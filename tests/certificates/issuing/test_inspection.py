"""Inspection: one changed byte anywhere is noticed, and only the provider's own signature counts."""

import pytest

from certificates.issuing.inspection import LARGEST_FILE, inspect_signature
from certificates.issuing.signing import RANGE, Seal, place_for_contents, sealed
from tests.certificates.issuing.keys import OURS, THEIRS

BEFORE = b"%PDF-1.7\n1 0 obj << /Type /Sig /ByteRange " + RANGE + b" /Contents "
AFTER = b" >> endobj\nxref\ntrailer << >>\n%%EOF\n"


def signed_file(signer: object = OURS) -> bytes:
    """Return a small file with a signature in the form of our certificates."""
    seal = Seal(signer)  # type: ignore[arg-type]
    return sealed(BEFORE + place_for_contents(seal.room) + AFTER, seal)


FILE = signed_file()
ISSUERS = [THEIRS.chain[0], OURS.chain[0]]


def state(pdf: bytes, issuers: list[object] = ISSUERS) -> str:  # type: ignore[assignment]
    return inspect_signature(pdf, issuers).state  # type: ignore[arg-type]


def test_file_as_it_was_signed_is_genuine_and_names_who_signed() -> None:
    found = inspect_signature(FILE, ISSUERS)
    assert (found.state, found.certificate) == ("genuine", OURS.chain[0])
    assert "Northgate Academy" in found.words


def test_bare_key_of_the_provider_is_enough() -> None:
    assert state(FILE, [OURS.public_key]) == "genuine"
    assert state(FILE, [THEIRS.public_key]) == "foreign"


def test_one_changed_byte_anywhere_is_noticed() -> None:
    for place in range(0, len(FILE), 5):
        changed = bytearray(FILE)
        changed[place] ^= (0x01, 0x20, 0x80)[place % 3]
        issuers = [OURS.chain[0]] if place % 2 else [OURS.public_key]
        assert state(bytes(changed), issuers) != "genuine", place  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        FILE + b"\n",
        FILE + b"1 0 obj << /V (another name) >> endobj\n%%EOF\n",
        FILE[:-1],
        FILE.replace(b"<<", b"<< ", 1),
        FILE + FILE,
        BEFORE.replace(RANGE, b"[0 0000000000 0000000000 0000000000]") + AFTER,
        BEFORE.replace(RANGE, b"[0 9999999999 9999999999 9999999999]") + AFTER,
    ],
)
def test_anything_added_cut_or_moved_is_noticed(changed: bytes) -> None:
    assert state(changed) == "altered"


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\n%%EOF", b"\0" * 1000, b"/ByteRange [0 " + b"9" * 100_000])
def test_file_without_a_signature_says_so(other: bytes) -> None:
    assert state(other) == "unsigned"


def test_file_of_another_signer_is_not_ours() -> None:
    found = inspect_signature(signed_file(THEIRS), [OURS.chain[0]])
    assert found.state == "foreign"
    assert "Somebody Else" in found.words


def test_signature_of_one_file_does_not_serve_another() -> None:
    assert state(FILE.replace(b"trailer", b"TRAILER")) == "altered"


def test_huge_file_is_not_looked_at() -> None:
    assert state(FILE.ljust(LARGEST_FILE + 1)) == "unsigned"


def test_rubbish_in_the_place_of_the_signature_is_noticed() -> None:
    start = FILE.index(b"<30") + 1
    for rubbish in (b"30" * 40, b"00" * 40, b"ff" * 40, b"3080" * 20):
        assert state(FILE[:start] + rubbish + FILE[start + len(rubbish) :]) == "altered"
