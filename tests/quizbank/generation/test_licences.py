"""A pattern is licensed by enough good readings of its present version, and by nothing else."""

from dataclasses import replace

import pytest

from quizbank.generation.licences import (
    AS_IF_LICENSED,
    DamagedLicences,
    Licence,
    held_licences,
    licence_of,
    licences_text,
    read_licences,
)
from quizbank.generation.patterns import NUMBERS, OPEN
from tests.quizbank.generation.sources import CHECKOUT

GOOD = Licence(NUMBERS.name, NUMBERS.version, read=50, documents=12, as_is=40, fatal=1)


def test_enough_good_readings_license() -> None:
    assert licence_of(NUMBERS, [GOOD]) == GOOD


@pytest.mark.parametrize("short", [{"read": 29, "as_is": 29}, {"documents": 9}, {"as_is": 39}, {"fatal": 2}], ids=str)
def test_readings_that_fall_short_license_nothing(short: dict[str, int]) -> None:
    assert licence_of(NUMBERS, [replace(GOOD, **short)]) is None


def test_changing_a_maker_voids_its_licence() -> None:
    assert licence_of(replace(NUMBERS, version=NUMBERS.version + 1), [GOOD]) is None


def test_licence_of_another_pattern_does_not_count() -> None:
    assert licence_of(OPEN, [GOOD]) is None


def test_written_licences_read_back() -> None:
    assert read_licences(licences_text([GOOD, replace(GOOD, version=2)])) == (GOOD, replace(GOOD, version=2))


@pytest.mark.parametrize("text", ["[[licence]", "[[licence]]\npattern = 'numbers'", "[[licence]]\nstranger = 1"])
def test_damaged_licences_are_refused_in_words(text: str) -> None:
    with pytest.raises(DamagedLicences, match="cannot be read"):
        held_licences(text)


def test_no_reading_could_license_open_questions() -> None:
    assert OPEN.name not in {one.pattern for one in AS_IF_LICENSED}
    assert all(one.holds for one in AS_IF_LICENSED)


def test_tests_see_every_pattern_as_if_licensed() -> None:
    assert read_licences((CHECKOUT / "tests" / "licences.toml").read_text(encoding="utf-8")) == AS_IF_LICENSED
