"""Checks before a report: for each rule a participation that passes, and one that fails for that rule alone."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.reporting.checks import PLACES, checks_for, is_birthday, is_npi, problems_of
from certificates.reporting.destinations import CE_BROKER, DESTINATIONS, PARS
from certificates.reporting.records import Participation
from tests.certificates.reporting.samples import NPI, PARTICIPATION, with_learner

FAILING = [
    (with_learner(given_name=""), "names", "The given name is missing."),
    (with_learner(family_name=" "), "names", "The family name is missing."),
    (with_learner(given_name="", family_name=""), "names", "The given name and the family name are missing."),
    (with_learner(given_name="=HYPERLINK(1)"), "names_plain", "formula"),
    (with_learner(family_name="@SUM"), "names_plain", "formula"),
    (with_learner(npi="1234567890"), "npi", "NPI"),
    (with_learner(npi="١٢٣٤٥٦٧٨٩٣"), "npi", "NPI"),
    (with_learner(npi="", license_number=""), "license_or_npi", "no medical license and no NPI"),
    (with_learner(npi="", license_state="Bavaria"), "license_or_npi", "“Bavaria” is not a state"),
    (with_learner(birthday=""), "birthday", "missing"),
    (with_learner(birthday="02-30"), "birthday", "no day of the year"),
    (with_learner(birthday="1980-02-01"), "birthday", "no day of the year"),
    (with_learner(is_consenting=False), "consent", "consent"),
    (replace(PARTICIPATION, reference=" "), "reference", "no id"),
    (replace(PARTICIPATION, amount=Decimal("0.30")), "credit", "steps of 0.25"),
    (replace(PARTICIPATION, amount=Decimal("1.25")), "credit", "between 0 and 1"),
    (replace(PARTICIPATION, amount=Decimal(0)), "credit", "between 0 and 1"),
    (replace(PARTICIPATION, step=None), "credit", "nobody knows"),
]
PASSING = [
    PARTICIPATION,
    with_learner(npi=""),
    with_learner(license_state="", license_number=""),
    with_learner(license_state="Bavaria"),
    with_learner(given_name="O'Brien-Smith", family_name="李"),
    replace(PARTICIPATION, amount=Decimal("1.00")),
    replace(PARTICIPATION, step=Decimal(1), amount=Decimal(1)),
]


@pytest.mark.parametrize("one", PASSING)
def test_participation_with_all_that_is_asked_for_may_be_reported(one: Participation) -> None:
    assert problems_of(one, PARS) == []


@pytest.mark.parametrize(("one", "check", "words"), FAILING)
def test_participation_that_lacks_one_thing_is_held_for_that_alone(one: Participation, check: str, words: str) -> None:
    problems = problems_of(one, PARS)
    assert [problem.check for problem in problems] == [check]
    assert words in problems[0].words


def test_every_check_of_every_destination_fails_in_a_test() -> None:
    tested = {check for _, check, _ in FAILING} | {"license"}
    assert {check.name for one in DESTINATIONS.values() for check in checks_for(one)} == tested


def test_every_check_says_where_it_is_put_right() -> None:
    assert all(check.place in PLACES for one in DESTINATIONS.values() for check in checks_for(one))


def test_ce_broker_takes_a_license_and_no_npi_in_its_place() -> None:
    assert problems_of(with_learner(birthday=""), CE_BROKER) == []
    assert [one.check for one in problems_of(with_learner(license_number=" "), CE_BROKER)] == ["license"]
    assert [one.check for one in problems_of(with_learner(license_state="Lagos"), CE_BROKER)] == ["license"]


def test_all_that_is_missing_is_told_at_once() -> None:
    bare = with_learner(given_name="", family_name="", birthday="", npi="", license_number="", is_consenting=False)
    assert {one.check for one in problems_of(bare, PARS)} == {"names", "birthday", "license_or_npi", "consent"}


@given(st.integers(0, 9), st.integers(0, 9))
def test_npi_with_one_digit_changed_is_none(place: int, digit: int) -> None:
    changed = NPI[:place] + str(digit) + NPI[place + 1 :]
    assert is_npi(changed) is (changed == NPI)


@pytest.mark.parametrize("number", ["1234567893", "1245319599", "1679576722"])
def test_npis_of_the_register_are_npis(number: str) -> None:
    assert is_npi(number)


@pytest.mark.parametrize("number", ["", "123456789", "12345678931", " 1234567893", "1234567893\n", "123456789X"])
def test_what_is_no_ten_digits_is_no_npi(number: str) -> None:
    assert not is_npi(number)


@given(st.dates())
def test_every_day_is_a_birthday_without_its_year(day: object) -> None:
    assert is_birthday(f"{day:%m-%d}")


@pytest.mark.parametrize("written", ["02-30", "00-10", "13-01", "04-31", "1-1", "0101", "02/29", "٠٢-٢٩", "02-29\n"])
def test_what_is_no_day_of_the_year_is_no_birthday(written: str) -> None:
    assert not is_birthday(written)
