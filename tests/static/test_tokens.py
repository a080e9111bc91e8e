"""The token sheet keeps its promises: readable contrast in light and dark, colours in one place, names defined."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
SHEETS = {path.name: path.read_text() for path in sorted(CSS.glob("*.css"))}

GROUNDS = ("paper", "wash", "accent-wash", "good-wash", "caution-wash", "bad-wash", "cited")
PANELS = ("paper", "wash")
TEXT_PAIRS = [
    *product(("ink",), GROUNDS),
    *product(("ink-soft",), ("paper", "wash", "accent-wash", "good-wash", "caution-wash", "bad-wash")),
    *product(("accent", "accent-strong"), ("paper", "wash", "accent-wash", "good-wash", "caution-wash", "bad-wash")),
    *product(("good",), (*PANELS, "good-wash")),
    *product(("caution",), (*PANELS, "caution-wash")),
    *product(("bad",), (*PANELS, "bad-wash")),
    *product(("on-accent",), ("accent", "accent-strong")),
    ("on-bad", "bad"),
    ("paper", "good"),
    ("paper", "bad"),
]
LINE_PAIRS = [*product(("line-strong", "focus", "good", "caution", "bad"), PANELS), ("focus", "accent-wash")]
SCHEMES = ("light", "dark")
MIN_TEXT = 4.5
"""WCAG 2.2, 1.4.3 Contrast (Minimum)."""
MIN_LINE = 3.0
"""WCAG 2.2, 1.4.11 Non-text Contrast: borders of controls, focus marks, shapes that carry meaning."""


def colours(sheet: str) -> dict[str, str]:
    """Return the colour tokens of a block of CSS."""
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", sheet))


def scheme(name: str) -> dict[str, str]:
    """Return the colours of the light or the dark scheme; dark overrides light."""
    light, _, rest = TOKENS.partition("@media (prefers-color-scheme: dark)")
    return colours(light) if name == "light" else {**colours(light), **colours(rest.partition("@media print")[0])}


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(name: str, text: str, ground: str) -> None:
    assert contrast(scheme(name)[text], scheme(name)[ground]) >= MIN_TEXT


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize(("line", "ground"), LINE_PAIRS)
def test_lines_that_carry_meaning_can_be_seen(name: str, line: str, ground: str) -> None:
    assert contrast(scheme(name)[line], scheme(name)[ground]) >= MIN_LINE


def test_dark_overrides_every_colour_that_light_has() -> None:
    light, dark = scheme("light"), scheme("dark")
    assert {name for name in light if light[name] == dark[name]} == {"sheet"}


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"tokens.css"}))
def test_only_the_token_sheet_names_colours(name: str) -> None:
    assert re.findall(r"(?<!%)#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl\(", SHEETS[name]) == []


def test_every_token_that_is_used_is_defined() -> None:
    everything = "\n".join(SHEETS.values())
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", everything))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", everything)) <= defined
