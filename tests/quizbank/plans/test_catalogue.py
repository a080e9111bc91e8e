"""Files of plans: what is read from them, and what each mistake is told as."""

from decimal import Decimal
from pathlib import Path

import pytest

from quizbank.plans.catalogue import BENEFITS, DamagedPlans, Entitlement, Trial, catalogue_at, read_catalogue

PLAN = 'currency = "USD"\n[[plan]]\nname = "a"\n'


def test_two_plans_are_shipped_and_both_give_credit_without_limit_at_no_extra_charge() -> None:
    plans = catalogue_at("").plans
    assert len(plans) == 2
    assert [plan.includes["credit"] for plan in plans] == [Entitlement(None, "month", None)] * 2


def test_what_else_the_shipped_plans_include_differs() -> None:
    small, great = catalogue_at("").plans
    assert small.includes["activities"] == Entitlement(20, "month", Decimal("2.50"))
    assert great.includes["activities"] == Entitlement()
    assert small.price is not None
    assert great.price is not None
    assert small.price < great.price


def test_shipped_trial_gives_a_plan_that_is_shipped() -> None:
    catalogue = catalogue_at("")
    assert catalogue.trial == Trial("complete", 30)
    assert catalogue.offers("complete")


def test_own_file_is_read_instead(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(PLAN + 'price = "0.00"\n[plan.includes.activities]\nquota = 3\nper = "year"\n')
    catalogue = catalogue_at(str(path))
    assert [plan.name for plan in catalogue.plans] == ["a"]
    assert catalogue.plan("a").title == "A"
    assert catalogue.plan("a").includes == {"activities": Entitlement(3, "year", None)}


def test_plan_offered_no_more_includes_nothing_and_stands_below_all_others() -> None:
    catalogue = catalogue_at("")
    assert catalogue.plan("gone").includes == {}
    assert catalogue.rank("gone") < catalogue.rank("essential") < catalogue.rank("complete")


def test_money_is_written_with_its_currency() -> None:
    assert catalogue_at("").money(Decimal("1234.5")) == "USD 1,234.50"


def test_benefits_have_a_name_each() -> None:
    assert len({benefit.name for benefit in BENEFITS}) == len(BENEFITS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no plan"),
        ('currency = "USD"', "no plan"),
        ("plan = 3", "no plan"),
        ("[[plan", "not written as TOML"),
        ('[[plan]]\nname = "a"', "three capital letters"),
        ('currency = "usd"\n[[plan]]\nname = "a"', "three capital letters"),
        (PLAN + '[[plan]]\nname = "a"', "same name"),
        ('currency = "USD"\n[[plan]]\ntitle = "A"', "name of plan 1"),
        ('currency = "USD"\n[[plan]]\nname = "A b"', "name of plan 1"),
        (PLAN + "colour = 1", "'colour' is not known"),
        (PLAN + "[plan.includes.simulations]", "'simulations' is not known"),
        (PLAN + "includes = 3", "name and a value"),
        (PLAN + "[plan.includes.activities]\nquota = -1", "quota of a, activities"),
        (PLAN + "[plan.includes.activities]\nquota = true", "quota of a, activities"),
        (PLAN + "[plan.includes.activities]\nquota = 0", "includes nothing"),
        (PLAN + '[plan.includes.activities]\nper = "week"', "month"),
        (PLAN + '[plan.includes.activities]\nprice = "x"', "price of a, activities"),
        (PLAN + "[plan.includes.credit]\nquota = 5", "included wholly"),
        (PLAN + '[plan.includes.credit]\nprice = "1.00"', "included wholly"),
        (PLAN + "price = 2.5", "amount in quotes"),
        (PLAN + 'price = "2.505"', "amount in quotes"),
        (PLAN + 'price = "-1"', "amount in quotes"),
        (PLAN + 'price = "NaN"', "amount in quotes"),
        (PLAN + 'price = "free"', "amount in quotes"),
        (PLAN + 'price = "1e99"', "amount in quotes"),
        (PLAN + f'title = "{"x" * 61}"', "title of a"),
        ('trial = 3\n' + PLAN, "name and a value"),
        (PLAN + '[trial]\nplan = "b"\ndays = 3', "trial takes"),
        (PLAN + '[trial]\nplan = "a"\ndays = 400', "trial takes"),
    ],
)  # fmt: skip
def test_mistake_in_a_file_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(DamagedPlans, match=words):
        read_catalogue(text)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "plans.toml"
    if content:
        path.write_bytes(content)
    with pytest.raises(DamagedPlans, match=r"plans\.toml cannot be read"):
        catalogue_at(str(path))
