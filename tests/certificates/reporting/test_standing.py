"""How a claim stands with a reporting system: every case, and what a report does about it."""

from itertools import product

import pytest

from certificates.reporting.standing import (
    ACTS,
    CHANGED,
    HELD,
    NEW,
    NOTHING,
    STANDINGS,
    SUBMITTED,
    WITHDRAWN,
    standing,
)


@pytest.mark.parametrize(
    ("is_on_record", "differs", "is_valid", "is_consenting", "is_complete", "expected"),
    [
        (False, False, True, True, True, NEW),
        (False, False, True, True, False, HELD),
        (False, False, True, False, False, HELD),
        (False, False, False, True, True, NOTHING),
        (True, False, True, True, True, SUBMITTED),
        (True, False, True, True, False, SUBMITTED),
        (True, True, True, True, True, CHANGED),
        (True, True, True, True, False, HELD),
        (True, False, False, True, True, WITHDRAWN),
        (True, True, False, True, True, WITHDRAWN),
        (True, False, True, False, False, WITHDRAWN),
        (True, True, True, False, False, WITHDRAWN),
    ],
)
def test_standing_follows_from_what_was_told_and_what_is_true(
    is_on_record: bool, differs: bool, is_valid: bool, is_consenting: bool, is_complete: bool, expected: str
) -> None:
    assert standing(is_on_record, differs, is_valid, is_consenting, is_complete) == expected


def test_nothing_is_told_of_a_revoked_claim_or_of_one_that_lacks_something() -> None:
    told = [facts for facts in product((True, False), repeat=5) if "submit" in ACTS.get(standing(*facts), ())]
    assert {(is_valid, is_complete) for _, _, is_valid, _, is_complete in told} == {(True, True)}


def test_record_of_somebody_without_consent_is_always_deleted() -> None:
    found = {standing(True, *facts, False, is_complete=False) for facts in product((True, False), repeat=2)}
    assert found == {WITHDRAWN}


def test_whatever_was_told_wrongly_is_deleted_before_it_is_told_anew() -> None:
    assert ACTS == {NEW: ("submit",), CHANGED: ("delete", "submit"), WITHDRAWN: ("delete",)}


def test_every_standing_but_nothing_has_its_words() -> None:
    assert set(STANDINGS) == {NEW, CHANGED, WITHDRAWN, HELD, SUBMITTED}
