"""Fonts: every script we promise is covered, widths are the fonts' own, and nothing of the system's is known."""

import os

import pytest

from certificates.issuing.fonts import (
    FAMILIES,
    environment,
    font_configuration,
    fontconfig_settings,
    width_of,
    without_font,
)
from tests.certificates.issuing.samples import NAMES


@pytest.mark.parametrize(
    "text",
    [
        *NAMES.values(),
        "™ ° ½ µ α β ≥ ≤ ± → – — … “” ’ €",
        "龍鳳 體 邊",
        "ş ğ ł ő ț ʻ",
        "🙂 ❤\ufe0f",
        "ஆனந்த் সৌরভ გიორგი Արամ",
    ],
)
def test_every_character_can_be_printed(text: str) -> None:
    assert without_font(text) == []


def test_characters_without_a_font_are_named() -> None:
    assert without_font("Ann \U00010300 \u13a0") == ["\u13a0", "\U00010300"]


def test_joiners_need_no_glyph() -> None:
    assert without_font("مهدی\u200cزاده क्\u200dष") == []


def test_heavier_letters_are_wider() -> None:
    light, heavy = (width_of("m", "Cormorant Garamond", weight) for weight in (400, 600))
    assert light is not None
    assert heavy is not None
    assert light < heavy < 1.1


def test_letter_missing_in_a_family_is_measured_in_the_next() -> None:
    assert width_of("王", "Cormorant Garamond", 600) == 1.0
    assert width_of("\u13a0", "Cormorant Garamond", 600) is None


def test_configuration_is_made_once_and_leaves_the_environment_alone() -> None:
    before = dict(os.environ)
    assert font_configuration() is font_configuration()
    assert dict(os.environ) == before


def test_only_folders_of_installed_packages_are_searched() -> None:
    settings = fontconfig_settings(FAMILIES["Amiri"].parent)
    assert "/usr/share" not in settings
    assert settings.count("<dir>") <= len(FAMILIES)


def test_environment_is_put_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/before")
    monkeypatch.delenv("QUIZBANK_NOTHING", raising=False)
    with environment(FONTCONFIG_FILE="/within", QUIZBANK_NOTHING="x"):
        assert (os.environ["FONTCONFIG_FILE"], os.environ["QUIZBANK_NOTHING"]) == ("/within", "x")
    assert os.environ["FONTCONFIG_FILE"] == "/before"
    assert "QUIZBANK_NOTHING" not in os.environ
