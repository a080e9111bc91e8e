"""States of the USA, however they are written."""

import pytest

from certificates.reporting.jurisdictions import STATES, state_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("TX", "TX"),
        ("tx", "TX"),
        (" Texas ", "TX"),
        ("west virginia", "WV"),
        ("Virginia", "VA"),
        ("Washington, D.C.", "DC"),
        ("Puerto Rico", "PR"),
        ("Bavaria", ""),
        ("Texas Medical Board", ""),
        ("T X", ""),
        ("", ""),
    ],
)
def test_state_is_known_by_its_name_or_letters_and_nothing_else(written: str, code: str) -> None:
    assert state_code(written) == code


def test_every_state_is_known_by_both() -> None:
    assert len(STATES) == 50 + len({"DC", "AS", "GU", "MP", "PR", "VI"})
    assert all(state_code(code) == code == state_code(name) for code, name in STATES.items())
