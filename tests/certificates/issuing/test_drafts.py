"""Drafts: what is known of a kind of certificate is what its page would have told, for every name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.issuing.designs import REVIEWED, read_design
from certificates.issuing.drafts import NAME, NUMBER, drafted
from certificates.issuing.facts import CertificateFacts
from certificates.issuing.filling import RenderingRefused, filled_page, refuse_unprintable
from certificates.issuing.rendering import render_certificate, unsigned_certificate, unsigned_layout
from certificates.issuing.varying import parted
from tests.certificates.issuing.samples import BARE, CASES, ORDINARY, PARTICIPATION, SEAL, make_facts

LETTERS = st.characters(categories=("L", "N", "P", "S", "M"), max_codepoint=0x52F)
WORDS = st.text(LETTERS, min_size=1, max_size=14)
FULL_NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize("design", REVIEWED)
@given(name=FULL_NAMES, number=st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ-", min_size=1, max_size=40))
@settings(max_examples=60)
def test_draft_tells_what_the_page_tells(design: str, name: str, number: str) -> None:
    layout = read_design(design)
    facts = make_facts(recipient=name, serial=number, verify_url=f"https://cme.example.org/v/{number}", design=design)
    draft = drafted(facts, layout)
    if draft is not None and all(letter < "\u0590" for letter in name):
        assert (draft.pattern, draft.texts) == parted(filled_page(facts, layout))


@pytest.mark.parametrize("design", REVIEWED)
@pytest.mark.parametrize("facts", [ORDINARY, PARTICIPATION, BARE, CASES["cyrillic"]])
def test_certificate_is_the_same_whether_its_kind_was_known_or_not(design: str, facts: CertificateFacts) -> None:
    layout = read_design(design)
    facts = replace(facts, design=design, sheet=layout.sheet.name)
    known = unsigned_certificate(facts, design, SEAL.room, {}, None)
    assert known == unsigned_layout(facts, layout, SEAL.room)


def test_stand_ins_are_in_no_draft_that_is_handed_out() -> None:
    draft = drafted(ORDINARY, read_design("classic"))
    assert draft
    assert not {NAME, NUMBER} & set("".join([draft.pattern.page, *draft.texts]))


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": ""},
        {"recipient": "A" * 5_000},
        {"recipient": "two  blanks"},
        {"recipient": " before"},
        {"serial": ""},
        {"title": "Spine \U0001f9b4\U000f0000"},
        {"provider": ""},
        {"heading": "H" * 61},
    ],
)
def test_what_only_the_page_can_judge_has_no_draft(changes: dict[str, str]) -> None:
    assert drafted(make_facts(**changes), read_design("classic")) is None


@pytest.mark.parametrize("changes", [{"recipient": ""}, {"title": "Spine \U000f0000"}, {"recipient": f"A {NAME}"}])
def test_what_must_be_refused_is_refused_in_the_same_words(changes: dict[str, str]) -> None:
    facts = make_facts(**changes)
    with pytest.raises(RenderingRefused) as expected:
        refuse_unprintable(facts)
    with pytest.raises(RenderingRefused) as found:
        render_certificate(facts, "classic", SEAL)
    assert str(found.value) == str(expected.value)


def test_other_facts_are_another_kind() -> None:
    texts = {drafted(make_facts(completed_on=date(2026, 11, day)), read_design("classic")) for day in (1, 2, 3)}
    assert len(texts) == 3
