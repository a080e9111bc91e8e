"""Examples for previews: complete, within every limit, and of nobody."""

import pytest

from certificates.issuing.examples import EXAMPLES
from certificates.issuing.facts import missing, too_long
from certificates.issuing.filling import unprintable


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_could_be_issued(name: str) -> None:
    words, facts = EXAMPLES[name]
    assert words
    assert missing(facts) + too_long(facts) + unprintable(facts) == []
    assert facts.verify_url.startswith("https://sample.invalid/")
