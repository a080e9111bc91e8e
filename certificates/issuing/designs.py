"""Designs of certificates: a folder with design.toml, a page, a style sheet and art goes in; what it declares comes out."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from certificates.issuing.facts import CertificateFacts
from certificates.issuing.fitting import Box

FOLDER = Path(__file__).parents[1] / "designs"
DESIGNS = tuple(sorted(path.parent.name for path in FOLDER.glob("*/design.toml")))
POINTS_PER_MM = 72 / 25.4
FACT_NAMES = frozenset(field.name for field in fields(CertificateFacts)) - {"design"}


class DesignUnusable(ValueError):
    """There is no such design, or its declaration is wrong."""


@dataclass(frozen=True, eq=False)
class Design:
    """What a design declares. Lengths are points; ``frame`` is the distance from the edge that stays free of text."""

    name: str
    title: str
    width: float
    height: float
    frame: float
    optional: frozenset[str]
    boxes: Mapping[str, Box]
    files: Mapping[str, bytes]
    fingerprint: str

    @property
    def page(self) -> str:
        """Return the HTML of the certificate, still with its fields to fill."""
        return self.files["certificate.html"].decode()

    @property
    def style(self) -> str:
        """Return the style sheet."""
        return self.files["certificate.css"].decode()


@cache
def read_design(name: str) -> Design:
    """Return a design by name; raises DesignUnusable. Only names in DESIGNS are looked for, never a path."""
    if name not in DESIGNS:
        raise DesignUnusable(f"There is no design {name!r}; there are: {', '.join(DESIGNS)}.")
    return parsed_design(name, design_files(FOLDER / name))


def design_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a design, by file name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def parsed_design(name: str, files: Mapping[str, bytes]) -> Design:
    """Return the design that these files make; raises DesignUnusable."""
    try:
        declared = tomllib.loads(files["design.toml"].decode())
        optional = frozenset(declared["optional"])
        if not optional <= FACT_NAMES or not set(declared["boxes"]) <= FACT_NAMES:
            raise DesignUnusable(f"The design {name} names fields that certificates do not have.")
        return Design(
            name=name,
            title=declared["title"],
            width=declared["page"]["width_mm"] * POINTS_PER_MM,
            height=declared["page"]["height_mm"] * POINTS_PER_MM,
            frame=declared["page"]["frame_mm"] * POINTS_PER_MM,
            optional=optional,
            boxes={field: parsed_box(box) for field, box in declared["boxes"].items()},
            files=files,
            fingerprint=files_fingerprint(files),
        )
    except (KeyError, TypeError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DesignUnusable(f"The declaration of the design {name} cannot be read: {error!r}") from error


def parsed_box(declared: Mapping[str, Any]) -> Box:
    """Return a box from its declaration in millimetres and points."""
    return Box(
        family=declared["family"],
        weight=declared["weight"],
        width=declared["width_mm"] * POINTS_PER_MM,
        height=declared["height_mm"] * POINTS_PER_MM,
        line_height=declared["line_height"],
        sizes=tuple(declared["sizes_pt"]),
        spacing=declared.get("spacing_em", 0.0),
    )


def design_fingerprint(name: str) -> str:
    """Return the SHA-256 (hex) over a design's files and their names: it changes when anything of the design does."""
    return read_design(name).fingerprint


def files_fingerprint(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 (hex) over files and their names."""
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()
