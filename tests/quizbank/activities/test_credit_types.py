"""Files of credit types: what is shipped, what a provider may add, what each mistake is told as, and what is frozen."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quizbank.accounts.roles import PROFESSIONS
from quizbank.activities.credit_types import (
    CreditType,
    DamagedCreditTypes,
    Offer,
    credit_types_at,
    read_types,
    type_from_json,
    type_to_json,
)

SHIPPED = credit_types_at("")
OWN = """
[[type]]
name = "moc"
label = "MOC points"
one = "MOC point"
many = "MOC points"
step = "0.5"
source = "the board's rules"
[[type.claimants]]
professions = ["physician"]
wording = "and has earned {claimed}"
"""


def own(text: str) -> tuple[CreditType, ...]:
    """Return the types that a provider's file adds to those shipped."""
    return read_types(text, SHIPPED).types[len(SHIPPED.types) :]


def test_shipped_types_are_named_and_the_usual_one_comes_first() -> None:
    assert [kind.name for kind in SHIPPED.types] == ["ama_pra_1", "cpd", "contact_hours", "acpe", "participation"]
    assert SHIPPED.to_offer() == SHIPPED.types


def test_step_is_told_in_words() -> None:
    assert {kind.name: kind.step_words for kind in SHIPPED.types} == {
        "ama_pra_1": "steps of 0.25",
        "cpd": "whole numbers",
        "contact_hours": "steps of 0.25",
        "acpe": "steps of 0.25",
        "participation": "steps of 0.25",
    }


@pytest.mark.parametrize(
    ("kind", "entitled"),
    [
        ("ama_pra_1", set(PROFESSIONS)),
        ("cpd", set(PROFESSIONS)),
        ("contact_hours", set(PROFESSIONS)),
        ("acpe", {"pharmacist"}),
        ("participation", set(PROFESSIONS)),
    ],
)
def test_who_may_claim_is_said_by_the_type(kind: str, entitled: set[str]) -> None:
    assert {name for name in PROFESSIONS if SHIPPED.named(kind).claimants_of(name)} == entitled


def test_who_may_claim_is_told_in_words() -> None:
    assert SHIPPED.named("acpe").who_may_claim() == "Pharmacist"
    assert SHIPPED.named("ama_pra_1").who_may_claim() == "everybody"
    assert SHIPPED.named("given_up").who_may_claim() == "nobody any more"


@pytest.mark.parametrize(
    ("kind", "amount", "phrase"),
    [
        ("ama_pra_1", "0.25", "0.25 AMA PRA Category 1 Credits™"),
        ("ama_pra_1", "0.50", "0.5 AMA PRA Category 1 Credits™"),
        ("ama_pra_1", "1.00", "1 AMA PRA Category 1 Credit™"),
        ("ama_pra_1", "10", "10 AMA PRA Category 1 Credits™"),
        ("cpd", "1", "1 CPD point"),
        ("cpd", "2", "2 CPD points"),
        ("contact_hours", "1.0", "1 contact hour"),
        ("contact_hours", "1.5", "1.5 contact hours"),
        ("acpe", "1", "1 ACPE contact hour"),
        ("participation", "0.75", "0.75 hours of participation"),
    ],
)
def test_amount_is_written_in_one_or_many(kind: str, amount: str, phrase: str) -> None:
    assert SHIPPED.named(kind).phrase(Decimal(amount)) == phrase
    assert Offer(SHIPPED.named(kind), Decimal(amount)).words == phrase


def test_amounts_begin_at_the_minimum() -> None:
    kind = replace(SHIPPED.named("contact_hours"), minimum=Decimal("0.5"))
    assert kind.amounts(Decimal("1")) == [Decimal("0.5"), Decimal("0.75"), Decimal("1")]
    assert kind.amounts(Decimal("0.25")) == []


def test_type_known_no_more_has_its_name_and_nobody_may_claim_it() -> None:
    gone = SHIPPED.named("given_up")
    assert (SHIPPED.find("given_up"), gone.label) == (None, "given_up")
    assert not any(map(gone.claimants_of, PROFESSIONS))


def test_own_types_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    types = credit_types_at(str(path))
    assert [kind.name for kind in types.types] == [*(kind.name for kind in SHIPPED.types), "moc"]
    moc = types.named("moc")
    assert (moc.step, moc.minimum, moc.minutes, moc.unit) == (Decimal("0.5"), Decimal("0.5"), 60, "MOC points")
    assert moc.claimants_of("nurse") is None


def test_own_file_says_which_types_new_activities_may_offer() -> None:
    types = read_types(f'offered = ["moc", "ama_pra_1"]\n{OWN}', SHIPPED)
    assert [kind.name for kind in types.to_offer()] == ["ama_pra_1", "moc"]
    assert types.find("cpd") is not None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('name = "moc"', 'name = "MOC!"'), "small letters"),
        (('name = "moc"', 'name = "cpd"'), "same name"),
        (('step = "0.5"', "step = 0.5"), "in quotes"),
        (('step = "0.5"', 'step = "0"'), "in quotes"),
        (('step = "0.5"', 'step = "NaN"'), "in quotes"),
        (('step = "0.5"', 'step = "0.125"'), "two decimals"),
        (('step = "0.5"', 'step = "0.5"\nminimum = "0.75"'), "multiple of its step"),
        (('step = "0.5"', 'step = "0.5"\nminutes = 0'), "1 to 600"),
        (('step = "0.5"', 'step = "0.5"\nminutes = true'), "1 to 600"),
        (('label = "MOC points"', 'label = " "'), "label of moc"),
        (('label = "MOC points"', f'label = "{"x" * 81}"'), "label of moc"),
        (('label = "MOC points"', 'label = "AMA PRA points"'), "prescribed"),
        (("{claimed}", "{claimed} ama  pra credit"), "prescribed"),
        (("{claimed}", "{claimed.__class__}"), "not known"),
        (("{claimed}", "{claimed!r}"), "not known"),
        (("{claimed}", "{claimed:>9}"), "not known"),
        (("{claimed}", "{}"), "not known"),
        (("{claimed}", "{0}"), "not known"),
        (("{claimed}", "{provider}"), "not known"),
        (("{claimed}", "{claimed"), "braces"),
        (("and has earned", "earned"), 'begins with "and "'),
        (('["physician"]', '["wizard"]'), "professions of moc"),
        (('["physician"]', '"physician"'), "professions of moc"),
        (("professions", "profession"), "not known here"),
        (('source = "the board\'s rules"', ""), "source of moc"),
        (('step = "0.5"', 'step = "0.5"\nadopts = ["ancc"]'), "adopts of moc"),
        (('step = "0.5"', 'step = "0.5"\ndesignation = "{claimed}"'), "designation of moc"),
        (('wording = "', 'awarded = "no"\nwording = "'), "true or false"),
        (("[[type.claimants]]", "[type.claimants]"), "nobody who may claim"),
        (("[[type]]", 'offered = ["moc", "mine"]\n[[type]]'), "offered takes"),
        (("[[type]]", "kinds = 1\n[[type]]"), "not known here"),
        (("[[type]]", "[[type"), "not written as TOML"),
    ],
    ids=str,
)
def test_each_mistake_is_told_with_its_place(change: tuple[str, str], words: str) -> None:
    with pytest.raises(DamagedCreditTypes, match=words):
        own(OWN.replace(*change))


def test_file_that_is_not_there_is_told() -> None:
    with pytest.raises(DamagedCreditTypes, match="cannot be read"):
        credit_types_at("/nowhere/types.toml")


@pytest.mark.parametrize("kind", [*SHIPPED.types, *own(OWN)], ids=lambda kind: kind.name)
def test_frozen_type_is_read_back_as_it_was(kind: CreditType) -> None:
    assert type_from_json(json.loads(json.dumps(type_to_json(kind)))) == kind


def test_type_frozen_by_a_newer_program_is_not_guessed_at() -> None:
    with pytest.raises(DamagedCreditTypes, match="newer program"):
        type_from_json({**type_to_json(SHIPPED.types[0]), "schema": 2})


def test_file_in_the_documentation_can_be_used() -> None:
    page = (Path(__file__).parents[3] / "docs" / "credits.md").read_text(encoding="utf-8")
    types = read_types(page.split("```toml")[1].split("```")[0], SHIPPED)
    moc = types.named("moc_points")
    assert [kind.name for kind in types.to_offer()] == ["ama_pra_1", "moc_points"]
    assert (moc.minimum, moc.unit) == (Decimal("0.5"), "point(s)")
    assert [moc.claimants_of(name).awarded for name in ("physician", "nurse")] == [True, False]  # type: ignore[union-attr]
