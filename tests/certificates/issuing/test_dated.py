"""Time stamps: a whole token dates what it was asked for, and one changed byte anywhere in it is noticed."""

import hashlib

import pytest

from certificates.issuing.dated import is_dated
from certificates.issuing.inspection import UNREADABLE, inspect_signature
from certificates.issuing.signing import Seal, place_for_contents, sealed
from tests.certificates.issuing.keys import OURS
from tests.certificates.issuing.test_inspection import AFTER, BEFORE
from tests.certificates.issuing.test_signing import dating_stamp

DATED = hashlib.sha256(b"a signature").digest()
TOKEN = dating_stamp()(DATED)
changes_certificates = pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")


def test_token_dates_what_was_asked_and_nothing_else() -> None:
    assert is_dated(TOKEN, DATED)
    assert not is_dated(TOKEN, bytes(32))


@changes_certificates
def test_one_changed_byte_anywhere_in_a_token_is_noticed() -> None:
    missed = []
    for place in range(len(TOKEN)):
        changed = bytearray(TOKEN)
        changed[place] ^= (0x01, 0x20, 0x80)[place % 3]
        try:
            missed += [place] if is_dated(bytes(changed), DATED) else []
        except UNREADABLE:
            continue
    assert missed == []


@changes_certificates
def test_dated_file_is_genuine_until_a_byte_of_its_stamp_changes() -> None:
    seal = Seal(OURS, dating_stamp())
    pdf = sealed(BEFORE + place_for_contents(seal.room) + AFTER, seal)
    assert inspect_signature(pdf, [OURS.chain[0]]).state == "genuine"
    stamp = pdf.index(b"060b2a864886f70d0109100104")  # the content type of a time stamp
    for place in range(stamp, pdf.index(b"0000000000", stamp), 41):
        other = b"1" if pdf[place : place + 1] != b"1" else b"2"
        changed = pdf[:place] + other + pdf[place + 1 :]
        assert inspect_signature(changed, [OURS.chain[0]]).state == "altered", place
