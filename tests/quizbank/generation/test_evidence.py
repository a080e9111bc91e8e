"""What speaks for a pattern is told in words."""

import pytest

from quizbank.generation.evidence import Decisions, evidence_of, licence_words
from quizbank.generation.licences import Licence
from quizbank.generation.patterns import Pattern

NUMBERS = Licence("numbers", 2, 64, 21, 60, 0)


def test_licence_is_told_by_its_readings() -> None:
    assert licence_words("numbers", 2, (NUMBERS,)) == NUMBERS.words


def test_older_version_or_poor_readings_are_no_licence() -> None:
    assert licence_words("numbers", 3, (NUMBERS,)) == "no licence yet"
    assert licence_words("numbers", 2, (Licence("numbers", 2, 64, 21, 30, 0),)) == "no licence yet"


def test_present_patterns_come_first_and_older_versions_stay() -> None:
    decided = {("numbers", 1): Decisions(as_is=3, edited=1), ("gone", 4): Decisions(rejected=1)}
    found = evidence_of((Pattern("numbers", 2, "A number excludes others."),), (NUMBERS,), decided)
    assert [(one.pattern.name, one.pattern.version, one.is_present) for one in found] == [
        ("numbers", 2, True),
        ("gone", 4, False),
        ("numbers", 1, False),
    ]
    assert [one.decisions.count for one in found] == [0, 1, 4]
    assert [one.licence for one in found] == [NUMBERS.words, "no licence yet", "no licence yet"]


def test_share_is_of_all_that_was_decided() -> None:
    assert Decisions(as_is=3, edited=1, rejected=2).share == pytest.approx(50)
    assert Decisions().share == 0
