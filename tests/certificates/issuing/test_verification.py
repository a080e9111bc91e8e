"""The public page: what it tells of valid, revoked and superseded certificates, and what it keeps to itself."""

from dataclasses import fields
from datetime import date

import pytest

from certificates.issuing.inspection import Finding
from certificates.issuing.verification import UNKNOWN, PublicFacts, answer, file_words, verdict
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


def test_answer_for_machines_always_has_the_same_names() -> None:
    answers = [
        answer(UNKNOWN, None, None),
        answer(verdict("valid", ORDINARY), "S", {}),
        answer(verdict("revoked", ORDINARY, DAY), "S", {}),
        answer(verdict("superseded", ORDINARY, DAY, "NEW"), "S", {}),
    ]
    assert {tuple(one) for one in answers} == {
        ("serial", "state", "words", "since", "replaced_by", "certificate", "log"),
    }
    assert [one["certificate"] is not None for one in answers] == [False, True, False, False]
    assert list(answers[1]["certificate"]) == ["name", "activity", "credit", "completed_on", "provider"]


GENUINE, ALTERED = Finding("genuine", "Signed by us."), Finding("altered", "Altered.")


@pytest.mark.parametrize(
    ("is_kept", "is_this", "finding", "tone", "words"),
    [
        (True, True, GENUINE, "good", "the one that was issued"),
        (True, True, ALTERED, "good", "the one that was issued"),
        (True, False, GENUINE, "caution", "not the one of this serial"),
        (False, True, GENUINE, "caution", "not kept here"),
        (False, True, ALTERED, "bad", "Altered."),
    ],
)
def test_words_about_a_file(is_kept: bool, is_this: bool, finding: Finding, tone: str, words: str) -> None:
    found = file_words(is_kept, is_this, finding)
    assert found[0] == tone
    assert words in found[1]
