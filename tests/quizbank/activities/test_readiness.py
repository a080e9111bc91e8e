"""Readiness: a complete plan may be published; each rule names what is missing and where it comes from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from quizbank.activities.formats import credit_type
from quizbank.activities.readiness import ACCME, AMA, STANDARDS, Disclosure, Person, Plan, shortcomings

TODAY = date(2030, 5, 6)
ADA = Person("Ada Lovelace", "MD", "Author", asked=True)
MITIGATED = Disclosure("Acme", "Consultant", "Review by someone without relationships", date(2030, 1, 1))
READY = Plan(
    title="Heart failure",
    instructions="Read, answer, claim.",
    pass_mark=70,
    minutes=30,
    credit_type=credit_type("ama_pra_1"),
    maximum_credit=Decimal("0.50"),
    released_on=TODAY,
    reviewed_on=TODAY,
    expires_on=date(2032, 5, 6),
    references=("Smith J. Heart failure. 2029.",),
    faculty=(ADA,),
    asked_items=(("Recognise heart failure", 3, 5), ("Treat heart failure", 1, 1)),
)


def missing_fields(**changes: Any) -> list[str]:
    return [found.field for found in shortcomings(replace(READY, **changes), TODAY)]


def test_complete_plan_is_ready() -> None:
    assert shortcomings(READY, TODAY) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"instructions": "\n"}, "instructions"),
        ({"asked_items": ()}, "objectives"),
        ({"asked_items": (("Treat", 0, 5),)}, "objectives"),
        ({"asked_items": (("Treat", 3, 2),)}, "objectives"),
        ({"pass_mark": 0}, "pass_mark"),
        ({"pass_mark": 101}, "pass_mark"),
        ({"maximum_credit": Decimal(0)}, "maximum_credit"),
        ({"maximum_credit": Decimal("-0.25")}, "maximum_credit"),
        ({"maximum_credit": Decimal("0.3")}, "maximum_credit"),
        ({"maximum_credit": Decimal("0.75")}, "maximum_credit"),
        ({"references": ()}, "references"),
        ({"references": (" ", "")}, "references"),
        ({"released_on": None}, "released_on"),
        ({"reviewed_on": None}, "released_on"),
        ({"expires_on": None}, "released_on"),
        ({"released_on": date(2030, 5, 7)}, "reviewed_on"),
        ({"reviewed_on": date(2032, 5, 7)}, "reviewed_on"),
        ({"expires_on": date(2033, 5, 7)}, "expires_on"),
        ({"faculty": ()}, "faculty"),
        ({"faculty": (replace(ADA, asked=False),)}, "faculty"),
        ({"faculty": (replace(ADA, disclosures=(replace(MITIGATED, mitigated_on=None),)),)}, "faculty"),
        ({"faculty": (replace(ADA, disclosures=(replace(MITIGATED, mitigation=" "),)),)}, "faculty"),
    ],
    ids=str,
)
def test_missing_part_is_named_with_its_field(change: dict[str, Any], field: str) -> None:
    assert missing_fields(**change) == [field]


@pytest.mark.parametrize(
    "change",
    [
        {"pass_mark": 1},
        {"pass_mark": 100},
        {"maximum_credit": Decimal("0.25")},
        {"asked_items": (("Treat", 1, 1),)},
        {"expires_on": TODAY},
        {"expires_on": date(2033, 5, 6)},
        {"faculty": (replace(ADA, asked=False, disclosures=(MITIGATED,)),)},
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
    plan = replace(READY, credit_type=credit_type("cpd"), minutes=minutes, maximum_credit=Decimal(credit))
    (found,) = shortcomings(plan, TODAY)
    assert (found.field, found.words, found.source) == (
        "maximum_credit",
        words,
        "CPD rules of the UK Royal Colleges",
    )


def test_whole_point_an_hour_is_ready() -> None:
    assert missing_fields(credit_type=credit_type("cpd"), minutes=120, maximum_credit=Decimal("2.00")) == []


def test_everything_missing_is_told_at_once_with_its_source() -> None:
    found = shortcomings(replace(READY, title="", references=(), faculty=(), expires_on=None), TODAY)
    assert [shortcoming.source for shortcoming in found] == [AMA, AMA, ACCME, ACCME]


def test_undisclosed_relationship_cites_the_standards() -> None:
    (found,) = shortcomings(replace(READY, faculty=(replace(ADA, asked=False),)), TODAY)
    assert found.source == STANDARDS
