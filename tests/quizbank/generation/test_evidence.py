"""What speaks for a pattern is told in words."""

from quizbank.generation.evidence import licence_words
from quizbank.generation.licences import Licence

NUMBERS = Licence("numbers", 2, 64, 21, 60, 0)


def test_licence_is_told_by_its_readings() -> None:
    assert licence_words("numbers", 2, (NUMBERS,)) == NUMBERS.words


def test_older_version_or_poor_readings_are_no_licence() -> None:
    assert licence_words("numbers", 3, (NUMBERS,)) == "no licence yet"
    assert licence_words("numbers", 2, (Licence("numbers", 2, 64, 21, 30, 0),)) == "no licence yet"
