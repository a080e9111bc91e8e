"""Lines of text as they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.wallet.lines import plain_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Grand\t rounds\n", "Grand rounds"),
        ("Cardio\u202elogy\u2066", "Cardiology"),
        ("Cafe\u0301", "Café"),
        ("\u200b\ufeff", ""),
        (None, ""),
        ("می\u200cشود", "می\u200cشود"),
    ],
)
def test_line_is_kept_without_what_nobody_sees(typed: str | None, kept: str) -> None:
    assert plain_line(typed) == kept


@given(st.text())
def test_what_is_kept_is_kept_the_same_again(typed: str) -> None:
    assert plain_line(plain_line(typed)) == plain_line(typed)
