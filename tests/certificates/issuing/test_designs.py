"""Designs: found by name only, declared completely, and a fingerprint that follows every change."""

import pytest

from certificates.issuing.designs import DESIGNS, DesignUnusable, design_fingerprint, parsed_design, read_design

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
