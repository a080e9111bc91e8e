"""Designs: found by name only, declared completely, and a fingerprint that follows every change."""

from pathlib import Path

import pytest

from certificates.issuing.designs import (
    DESIGNS,
    DesignUnusable,
    design_files,
    design_fingerprint,
    parsed_design,
    read_design,
    usable_designs,
)

FILES = read_design("classic").files


def test_classic_is_installed() -> None:
    assert "classic" in DESIGNS


@pytest.mark.parametrize("name", ["", "nothing", "../classic", "classic/../classic", "/etc", "classic\x00", "."])
def test_anything_but_an_installed_name_is_refused(name: str) -> None:
    with pytest.raises(DesignUnusable, match="There is no design"):
        read_design(name)


def test_fingerprint_follows_content_and_names() -> None:
    changed = parsed_design("x", {**FILES, "certificate.css": FILES["certificate.css"] + b" "})
    renamed = parsed_design("x", {**FILES, "other.svg": b""})
    assert len({design_fingerprint("classic"), changed.fingerprint, renamed.fingerprint}) == 3


@pytest.mark.parametrize(
    "declaration", [b"", b"title =", b"\xff", b'title = "x"\noptional = ["colour"]\n[boxes.title]\n']
)
def test_broken_declaration_is_refused(declaration: bytes) -> None:
    with pytest.raises(DesignUnusable, match="The de"):
        parsed_design("x", {**FILES, "design.toml": declaration})


def test_sheet_is_one_that_the_design_is_made_for() -> None:
    assert read_design("plain").sheet.name == "a4-portrait"
    assert read_design("classic", "letter-portrait").fingerprint != read_design("classic").fingerprint
    with pytest.raises(DesignUnusable, match="has no sheet 'a4-landscape'"):
        read_design("plain", "a4-landscape")


def test_logo_changes_places_and_only_with_one_there_is_a_place_for_it() -> None:
    without, with_logo = read_design("classic"), read_design("classic", None, True)
    assert "logo" not in without.places
    assert "logo" in with_logo.places
    assert with_logo.boxes["provider"].top > without.boxes["provider"].top


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("qr = [220.2, 142, 28, 28]", "qr = [220.2, 142, 19, 19]", "needs 20 mm"),
        ("provider = [27.2, 31, 225, 10]", "provider = [27.2, 31, 2250, 10]", "does not lie on"),
        ("provider = [27.2, 31, 225, 10]", '"x { } y" = [1, 1, 1, 1]', "no name for a place"),
        ('family = "EB Garamond"', 'family = "Comic Sans"', "there is no font"),
        ("[boxes.title]", "[boxes.titel]", "titel"),
        ('colour = "#41506a"', 'colour = "red; } body { x: url(http://x)"', "colour that does not exist"),
        ("frame_mm = 21", "frame_mm = 'wide'", "cannot be read"),
        ("seal = [", "seals = [", ""),
    ],
)
def test_declaration_says_what_is_wrong_with_it(old: str, new: str, words: str) -> None:
    declared = FILES["design.toml"].decode()
    assert old in declared
    files = {**FILES, "design.toml": declared.replace(old, new).encode()}
    if not words:
        assert "seals" in parsed_design("x", files).places
        return
    with pytest.raises(DesignUnusable, match=words):
        parsed_design("x", files)


def test_folder_with_too_much_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.svg").write_bytes(b" " * (1024**2 + 1))
    with pytest.raises(DesignUnusable, match="larger than"):
        design_files("large", tmp_path)


def test_design_s_folder_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "own.svg").write_text("<svg/>")
    (tmp_path / "other.svg").symlink_to("/etc/hostname")
    assert set(design_files("linked", tmp_path)) == {"own.svg"}


def test_installed_designs_are_usable() -> None:
    designs, problems = usable_designs()
    assert [design.name for design in designs] == list(DESIGNS)
    assert problems == []
