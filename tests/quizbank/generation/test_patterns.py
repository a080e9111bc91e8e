"""Every pattern has a name of its own and says what it proves."""

from quizbank.generation.makers import MAKERS
from quizbank.generation.patterns import PATTERNS


def test_names_are_unique() -> None:
    assert len({pattern.name for pattern in PATTERNS}) == len(PATTERNS)


def test_every_pattern_says_in_a_sentence_what_it_proves() -> None:
    assert all(pattern.proves.endswith(".") for pattern in PATTERNS)


def test_every_pattern_is_some_makers_and_every_makers_is_listed() -> None:
    assert {maker.pattern for maker in MAKERS} == set(PATTERNS)
