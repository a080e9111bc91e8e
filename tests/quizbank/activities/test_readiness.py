"""Readiness: a complete plan may be published; each rule names what is missing and where it comes from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from quizbank.activities.credit_types import BOOKS as ADOPTABLE
from quizbank.activities.credit_types import CreditType, Offer, credit_types_at
from quizbank.activities.formats import FORMATS
from quizbank.activities.readiness import (
    ACCME,
    AI_USE,
    AMA,
    BOOKS,
    EXEMPT,
    RULES,
    STANDARDS,
    Disclosure,
    Person,
    Plan,
    checklist,
    shortcomings,
)

TODAY = date(2030, 5, 6)
TYPES = credit_types_at("")


def credit_type(name: str) -> CreditType:
    return TYPES.named(name)


def offering(**credits: str) -> tuple[Offer, ...]:
    """Return offers of so much of each type."""
    return tuple(Offer(credit_type(name), Decimal(maximum)) for name, maximum in credits.items())


ADA = Person("Ada Lovelace", "MD", "Author", asked=True)
MITIGATED = Disclosure("Acme", "Consultant", "Review by someone without relationships", date(2030, 1, 1))
TOLD = replace(ADA, asked=False, disclosures=(MITIGATED,))
REAL = "Smith J. Heart failure. 2029."
IN_BODY = "The WHO counted 64 million people with heart failure in 2019."
READY = Plan(
    title="Heart failure",
    instructions="Read, answer, claim.",
    pass_mark=70,
    minutes=30,
    credits=(Offer(credit_type("ama_pra_1"), Decimal("0.50")),),
    released_on=TODAY,
    reviewed_on=TODAY,
    expires_on=date(2032, 5, 6),
    references=(REAL,),
    faculty=(ADA,),
    asked_items=(("Recognise heart failure", 3, 5), ("Treat heart failure", 1, 1)),
    drafted_on=TODAY,
    words=24_000,
)


def missing_fields(**changes: Any) -> list[str]:
    return [found.field for found in shortcomings(replace(READY, **changes), TODAY)]


def test_complete_plan_is_ready() -> None:
    assert shortcomings(READY, TODAY) == []


FAILING = [
    ("title", "title", {"title": " "}),
    ("instructions", "instructions", {"instructions": "\n"}),
    ("objectives", "objectives", {"asked_items": ()}),
    ("assessment", "objectives", {"asked_items": (("Treat", 0, 5),)}),
    ("assessment", "objectives", {"asked_items": (("Treat", 3, 2),)}),
    ("review", "objectives", {"unsigned": ("What is the commonest sign?",)}),
    ("review", "objectives", {"unsourced": ("What is the commonest sign?",)}),
    ("pass_mark", "pass_mark", {"pass_mark": 0}),
    ("pass_mark", "pass_mark", {"pass_mark": 101}),
    ("time", "minutes", {"words": 200}),
    ("time", "minutes", {"minutes": 253}),
    ("credit", "credits", {"credits": ()}),
    ("credit", "credits", {"credits": offering(ama_pra_1="0")}),
    ("credit", "credits", {"credits": offering(ama_pra_1="-0.25")}),
    ("credit", "credits", {"credits": offering(ama_pra_1="0.3")}),
    ("credit", "credits", {"credits": offering(ama_pra_1="0.75")}),
    ("credit", "credits", {"credits": offering(ama_pra_1="0.5", participation="0.75")}),
    ("credit", "credits", {"credits": offering(ama_pra_1="0.5", given_up="0.5")}),
    ("references", "references", {"references": ()}),
    ("references", "references", {"references": (" ", "")}),
    ("references", "references", {"references": ("none",)}),
    ("references", "references", {"references": ("https://flaps.example.com/order",)}),
    ("references", "references", {"references": (REAL, "test")}),
    ("references", "references", {"references": ("Wounds heal badly under tension.",)}),
    ("references", "references", {"references": (IN_BODY,), "body": f"First. {IN_BODY} Last."}),
    ("dates", "released_on", {"released_on": None}),
    ("dates", "released_on", {"reviewed_on": None}),
    ("dates", "released_on", {"expires_on": None}),
    ("dates", "reviewed_on", {"released_on": date(2030, 5, 7)}),
    ("dates", "reviewed_on", {"reviewed_on": date(2032, 5, 7)}),
    ("term", "expires_on", {"expires_on": date(2033, 5, 7)}),
    ("faculty", "faculty", {"faculty": ()}),
    ("disclosure", "faculty", {"faculty": (replace(ADA, asked=False),)}),
    ("disclosure", "faculty", {"faculty": (replace(TOLD, disclosures=(replace(MITIGATED, nature=" "),)),)}),
    ("disclosure", "faculty", {"faculty": (replace(TOLD, disclosures=(replace(MITIGATED, company="Acme™"),)),)}),
    ("recency", "faculty", {"faculty": (replace(ADA, asked_on=date(2028, 5, 6)),)}),
    ("recency", "faculty", {"faculty": (replace(ADA, asked_on=date(2030, 5, 7)),)}),
    ("recency", "faculty", {"drafted_on": date(2028, 5, 6)}),
    ("mitigation", "faculty", {"faculty": (replace(TOLD, disclosures=(replace(MITIGATED, mitigated_on=None),)),)}),
    ("mitigation", "faculty", {"faculty": (replace(TOLD, disclosures=(replace(MITIGATED, mitigation=" "),)),)}),
    ("mitigation", "faculty", {"faculty": (replace(TOLD, disclosures=(replace(MITIGATED, mitigated_on=date(2030, 5, 7)),)),)}),
    ("mitigation", "faculty", {"faculty": (replace(TOLD, began_on=date(2029, 12, 31)),)}),
    ("support", "commercial_support", {"commercial_support": "Acme gave something"}),
    ("support", "commercial_support", {"commercial_support": "Acme: in kind"}),
    ("support", "commercial_support", {"commercial_support": "Acme FlapFix®: money"}),
    ("support", "commercial_support", {"commercial_support": "Acme (www.acme.example): money"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field", "change"), FAILING, ids=str)
def test_each_rule_fails_alone_and_names_the_field_to_mend(name: str, field: str, change: dict[str, Any]) -> None:
    unmet = [line for line in checklist(replace(READY, **change), TODAY) if line.missing]
    assert [(line.name, {found.field for found in line.missing}) for line in unmet] == [(name, {field})]


def test_every_rule_can_fail_but_the_one_that_publishing_itself_fulfils() -> None:
    assert {rule.name for rule in RULES} - {name for name, _, _ in FAILING} == {"designation"}


def test_checklist_of_a_complete_plan_shows_every_rule_as_met() -> None:
    lines = checklist(READY, TODAY)
    assert [line.name for line in lines] == [rule.name for rule in RULES]
    assert all(line.asks and line.source and not line.missing for line in lines)


@pytest.mark.parametrize(("format", "asked"), [("enduring", True), ("journal", True), ("internet_live", False)])
def test_reading_time_is_asked_only_of_what_is_read(format: str, asked: bool) -> None:
    names = {line.name for line in checklist(replace(READY, format=format), TODAY)}
    assert ("time" in names) is asked
    assert names >= {rule.name for rule in RULES} - {"time"}


@pytest.mark.parametrize(
    ("kind", "of_objectives", "of_disclosures"),
    [
        ("ama_pra_1", AMA, STANDARDS),
        ("cpd", "CPD rules of the UK Royal Colleges", "CPD rules of the UK Royal Colleges"),
        ("contact_hours", "ANCC criteria", STANDARDS),
    ],
)
def test_each_credit_type_is_held_to_its_own_source(kind: str, of_objectives: str, of_disclosures: str) -> None:
    sources = {line.name: line.source for line in checklist(replace(READY, credits=offering(**{kind: "1"})), TODAY)}
    assert (sources["objectives"], sources["disclosure"]) == (of_objectives, of_disclosures)


def test_exempt_and_adopted_name_only_what_there_is() -> None:
    names, kinds = {rule.name for rule in RULES}, {kind.name for kind in TYPES.types}
    assert all(rule in names and where in kinds | set(FORMATS) for rule, where in EXEMPT)
    assert set(BOOKS.values()) == set(ADOPTABLE)


def test_several_credit_types_are_each_held_to_their_source() -> None:
    plan = replace(READY, minutes=60, credits=offering(ama_pra_1="1", cpd="1", contact_hours="1"))
    sources = {line.name: line.source for line in checklist(plan, TODAY)}
    assert sources["objectives"] == f"{AMA}; CPD rules of the UK Royal Colleges; ANCC criteria"
    assert sources["disclosure"] == f"{STANDARDS}; CPD rules of the UK Royal Colleges"
    assert sources["review"] == AI_USE
    assert shortcomings(plan, TODAY) == []


def test_type_that_counts_other_minutes_is_held_to_them() -> None:
    kind = replace(credit_type("contact_hours"), minutes=50, minimum=Decimal("0.5"))
    plan = replace(READY, minutes=50)
    assert shortcomings(replace(plan, credits=(Offer(kind, Decimal(1)),)), TODAY) == []
    (most,) = shortcomings(replace(plan, credits=(Offer(kind, Decimal("1.25")),)), TODAY)
    assert most.words == "50 minutes carry at most 1 contact hour(s) (50 minutes = 1)."
    (least,) = shortcomings(replace(plan, credits=(Offer(kind, Decimal("0.25")),)), TODAY)
    assert least.words == "Designate at least 0.5 contact hours."


def test_time_far_above_tells_how_it_was_estimated() -> None:
    (found,) = shortcomings(replace(READY, words=1_000), TODAY)
    assert found.words == (
        "30 minutes are far above what it takes: 1000 words at 200 a minute and 4 questions at 1.5 minutes are about "
        "11 minutes. State at most 22, and the credit that fits."
    )


@pytest.mark.parametrize(
    "change",
    [
        {"pass_mark": 1},
        {"pass_mark": 100},
        {"credits": offering(ama_pra_1="0.25")},
        {"credits": offering(ama_pra_1="0.25", participation="0.5", acpe="0.5")},
        {"asked_items": (("Treat", 1, 1),)},
        {"expires_on": TODAY},
        {"expires_on": date(2033, 5, 6)},
        {"faculty": (TOLD,)},
        {"faculty": (replace(TOLD, began_on=date(2030, 1, 1)),)},
        {"faculty": (replace(ADA, asked_on=date(2028, 5, 7)),)},
        {"drafted_on": date(2028, 5, 6), "faculty": (replace(ADA, asked_on=TODAY),)},
        {"words": 1_800},
        {"references": (REAL, "A chapter we liked"), "body": "It says: A chapter."},
        {"commercial_support": "None known."},
        {"commercial_support": "Acme Ltd: money\nBeta Inc.: in kind, ultrasound machines"},
    ],
    ids=str,
)
def test_limits_themselves_are_allowed(change: dict[str, Any]) -> None:
    assert missing_fields(**change) == []


def test_expired_activity_cannot_be_published() -> None:
    found = shortcomings(replace(READY, expires_on=TODAY), date(2030, 5, 7))
    assert [shortcoming.words for shortcoming in found] == ["The expiry date has passed."]


def test_three_years_from_a_leap_day_end_with_february() -> None:
    leap_day = date(2032, 2, 29)
    plan = replace(READY, released_on=leap_day, reviewed_on=leap_day)
    assert shortcomings(replace(plan, expires_on=date(2035, 2, 28)), leap_day) == []
    assert shortcomings(replace(plan, expires_on=date(2035, 3, 1)), leap_day)


def test_dates_at_the_end_of_the_calendar_are_judged_too() -> None:
    last = date(9999, 12, 31)
    assert missing_fields(released_on=last, reviewed_on=last, expires_on=last) == []


def test_later_review_starts_the_three_years_anew() -> None:
    assert missing_fields(released_on=date(2028, 5, 6), expires_on=date(2033, 5, 6)) == []


def test_too_few_published_items_are_counted_for_the_author() -> None:
    (found,) = shortcomings(replace(READY, asked_items=(("Treat", 3, 2),)), TODAY)
    assert "“Treat” asks for 3 items, but 2 are published." in found.words


def test_person_whose_relationships_are_missing_is_named() -> None:
    (found,) = shortcomings(replace(READY, faculty=(ADA, Person("Bob Roe", "MD", "Planner", asked=False))), TODAY)
    assert "Bob Roe" in found.words


@pytest.mark.parametrize(
    ("minutes", "credit", "words"),
    [
        (60, "0.50", "Designate CPD points in whole numbers, more than 0."),
        (60, "1.25", "Designate CPD points in whole numbers, more than 0."),
        (60, "2", "60 minutes carry at most 1 point(s) (60 minutes = 1)."),
        (20, "1", "20 minutes carry at most 0 point(s) (60 minutes = 1)."),
    ],
)
def test_points_that_are_not_whole_or_too_many_for_the_time_are_refused(minutes: int, credit: str, words: str) -> None:
    plan = replace(READY, credits=offering(cpd=credit), minutes=minutes)
    (found,) = shortcomings(plan, TODAY)
    assert (found.field, found.words, found.source) == (
        "credits",
        words,
        "CPD rules of the UK Royal Colleges",
    )


def test_whole_point_an_hour_is_ready() -> None:
    assert missing_fields(credits=offering(cpd="2.00"), minutes=120) == []


def test_everything_missing_is_told_at_once_with_its_source() -> None:
    found = shortcomings(replace(READY, title="", references=(), faculty=(), expires_on=None), TODAY)
    assert [shortcoming.source for shortcoming in found] == [AMA, AMA, ACCME, ACCME]


def test_undisclosed_relationship_cites_the_standards() -> None:
    (found,) = shortcomings(replace(READY, faculty=(replace(ADA, asked=False),)), TODAY)
    assert found.source == STANDARDS
