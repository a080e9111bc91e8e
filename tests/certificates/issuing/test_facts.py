"""Facts of a certificate: stored and read back unchanged, and refused when something is missing or too long."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing.facts import LIMITS, FactsUnreadable, Signatory, from_json, missing, to_json, too_long
from tests.certificates.issuing.samples import BARE, ORDINARY, PARTICIPATION, make_facts


@pytest.mark.parametrize("facts", [ORDINARY, BARE, PARTICIPATION])
def test_facts_are_read_back_as_stored(facts: object) -> None:
    assert from_json(json.loads(json.dumps(to_json(facts)))) == facts  # type: ignore[arg-type]


@given(
    st.decimals("0.25", "9999", places=2),
    st.dates(date(1970, 1, 1)),
    st.text(max_size=30),
)
def test_no_digit_or_day_is_lost(amount: Decimal, day: date, name: str) -> None:
    facts = make_facts(credits=amount, completed_on=day, recipient=name)
    assert from_json(json.loads(json.dumps(to_json(facts)))) == facts


def test_credits_are_stored_as_text_and_dates_in_iso_form() -> None:
    stored = to_json(ORDINARY)
    assert (stored["schema"], stored["credits"], stored["completed_on"]) == (2, "1.25", "2026-11-12")


def test_complete_facts_miss_nothing_with_or_without_the_optional_ones() -> None:
    assert missing(ORDINARY) == []
    assert missing(BARE) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"recipient": "  "}, "The learner's name is missing."),
        ({"provider": ""}, "The accredited provider is missing."),
        ({"title": ""}, "The activity's title is missing."),
        ({"format": ""}, "The learning format is missing."),
        ({"completed_on": None}, "The completion date is missing."),
        ({"credits": Decimal(0)}, "The credit claimed is missing."),
        ({"wording": ""}, "The sentence about credit is missing."),
    ],
)
def test_required_fact_is_missed_in_plain_words(change: dict[str, object], sentence: str) -> None:
    assert missing(make_facts(**change)) == [sentence]


@pytest.mark.parametrize("name", LIMITS)
def test_text_one_character_too_long_is_told(name: str) -> None:
    assert too_long(make_facts(**{name: "x" * LIMITS[name]})) == []
    assert f"has room for {LIMITS[name]}" in too_long(make_facts(**{name: "x" * (LIMITS[name] + 1)}))[0]


@pytest.mark.parametrize(
    "damage",
    [{"schema": 99}, {"schema": None}, {"credits": "much"}, {"completed_on": "yesterday"}, {"colour": "red"}],
)
def test_damaged_facts_are_refused(damage: dict[str, object]) -> None:
    with pytest.raises(FactsUnreadable):
        from_json({**to_json(ORDINARY), **damage})


def test_facts_without_a_field_are_refused() -> None:
    stored = to_json(ORDINARY)
    del stored["recipient"]
    with pytest.raises(FactsUnreadable, match="recipient"):
        from_json(stored)


def test_facts_of_schema_1_keep_their_signatory_and_their_sheet() -> None:
    stored = to_json(ORDINARY)
    for name in ("signatories", "sheet", "logo"):
        del stored[name]
    old = {**stored, "schema": 1, "signatory": "Helen R. Castellanos, MD, PhD", "signatory_title": "Director"}
    assert from_json(old).signatories == (Signatory("Helen R. Castellanos, MD, PhD", "Director"),)
    assert from_json(old).sheet == "a4-landscape"
    assert from_json({**old, "signatory": None, "signatory_title": None}).signatories == ()


def test_more_than_three_signatories_or_too_long_a_title_are_told() -> None:
    assert too_long(make_facts(signatories=(Signatory("Ann Lee"),) * 3)) == []
    assert too_long(make_facts(signatories=(Signatory("Ann Lee"),) * 4)) == [
        "A certificate has room for 3 signatories."
    ]
    assert "title has 121 characters" in too_long(make_facts(signatories=(Signatory("Ann", "x" * 121),)))[0]
