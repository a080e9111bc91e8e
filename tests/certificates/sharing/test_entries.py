"""The one word for a certificate that stands is as bad as the worst of its checks."""

import pytest

from certificates.sharing.entries import Check, verdict_of


@pytest.mark.parametrize(
    ("tones", "word"),
    [
        (("good", "good", "good"), "Verified"),
        (("good", "caution", "good"), "Partly verified"),
        (("bad", "caution", "good"), "Does not verify"),
        (("good", "good", "bad"), "Does not verify"),
    ],
)
def test_word_is_as_bad_as_the_worst_check(tones: tuple[str, ...], word: str) -> None:
    assert verdict_of(tuple(Check(tone, "") for tone in tones))[0] == word
