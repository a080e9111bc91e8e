"""The public page: what it tells of valid, revoked and superseded certificates, and what it keeps to itself."""

import hashlib
from dataclasses import fields
from datetime import date

from certificates.issuing.verification import PublicFacts, compare_pdf, verdict
from tests.certificates.issuing.samples import ORDINARY, PARTICIPATION

DAY = date(2027, 1, 2)


def test_valid_certificate_tells_who_what_how_much_when_and_from_whom() -> None:
    told = verdict("valid", ORDINARY)
    assert told.facts == PublicFacts(
        "Alexandra M. Whitfield",
        "Revision Spine Surgery: Indications, Planning and Avoiding Complications",
        "awarded 1.25 AMA PRA Category 1 Credits™",
        date(2026, 11, 12),
        "Northgate Academy of Continuing Medical Education",
    )
    assert told.since is None


def test_nurse_is_never_said_to_be_awarded_ama_credit() -> None:
    told = verdict("valid", PARTICIPATION)
    assert told.facts is not None
    assert "awarded" not in told.facts.credit


def test_public_facts_have_no_place_for_anything_private() -> None:
    assert {field.name for field in fields(PublicFacts)} == {"recipient", "title", "credit", "completed_on", "provider"}


def test_revoked_certificate_tells_only_that_and_since_when() -> None:
    told = verdict("revoked", ORDINARY, DAY)
    assert (told.facts, told.since, told.replaced_by) == (None, DAY, None)
    assert "revoked" in told.words


def test_superseded_certificate_names_its_successor_and_nothing_else() -> None:
    told = verdict("superseded", ORDINARY, DAY, "NEW-SERIAL")
    assert (told.facts, told.since, told.replaced_by) == (None, DAY, "NEW-SERIAL")


def test_one_changed_byte_is_noticed() -> None:
    stored = hashlib.sha256(b"%PDF certificate").hexdigest()
    assert compare_pdf(b"%PDF certificate", stored)
    assert not compare_pdf(b"%PDF certificatE", stored)
