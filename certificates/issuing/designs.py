"""Designs of certificates: a folder with design.toml, a page, a style sheet and art goes in; what it declares comes out."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from certificates.issuing.fitting import Box
from certificates.issuing.fonts import FAMILIES
from certificates.issuing.places import POINTS_PER_MM, Columns, Place, place_on
from certificates.issuing.printed import SIGNATORY_TEXTS, TEXT_NAMES
from certificates.issuing.sheets import SHEETS, Sheet

FOLDER = Path(__file__).parents[1] / "designs"


def names_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the designs that lie in a folder."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/design.toml")))


DESIGNS = names_in(FOLDER)
REVIEWED = ("classic", "modern", "plain")
"""Designs that were looked at and belong to the program; any other is rendered in a process of its own."""
SMALLEST_QR_MM = 20
MAX_FILES, MAX_BYTES = 40, 1024**2
"""How many files a design may have, and how large it may be altogether."""
COLOUR = re.compile(r"#[0-9a-f]{6}")
ALIGNMENTS, HEIGHTS = ("left", "center", "right"), ("top", "middle", "bottom")
PLACE_NAME = re.compile(r"[a-z][a-z_]{0,39}")


class DesignUnusable(ValueError):
    """There is no such design, it has no such sheet, or its declaration is wrong."""


@dataclass(frozen=True, eq=False)
class Design:
    """What a design declares for one sheet of paper.

    Lengths are points; ``frame`` is the distance from the edge that stays free of text. ``boxes`` hold text, ``places``
    everything that is put somewhere, boxes too. ``fingerprint`` stands for all its files and this sheet.
    """

    name: str
    title: str
    purpose: str
    sheet: Sheet
    sheets: tuple[str, ...]
    frame: float
    optional: frozenset[str]
    boxes: Mapping[str, Box]
    places: Mapping[str, Place]
    columns: Columns
    files: Mapping[str, bytes]
    fingerprint: str

    @property
    def width(self) -> float:
        """Return the width of the page."""
        return self.sheet.width * POINTS_PER_MM

    @property
    def height(self) -> float:
        """Return the height of the page."""
        return self.sheet.height * POINTS_PER_MM

    @property
    def page(self) -> str:
        """Return the HTML of the certificate, still with its fields to fill."""
        return self.files["certificate.html"].decode()

    @property
    def style(self) -> str:
        """Return the design's own style sheet, which adds to what it declares."""
        return self.files["certificate.css"].decode()


@cache
def read_design(name: str, sheet: str | None = None, has_logo: bool = False) -> Design:
    """Return an installed design by name on a sheet, as ``design_in`` does; read once."""
    return design_in(FOLDER, name, sheet, has_logo)


def design_in(folder: Path, name: str, sheet: str | None = None, has_logo: bool = False) -> Design:
    """Return a design by name on a sheet, the first it declares when none is named; raises DesignUnusable.

    With a logo other places may count (``with_logo`` in the declaration). Only names of designs that lie in the folder
    are looked for, never a path.
    """
    names = names_in(folder)
    if name not in names:
        raise DesignUnusable(f"There is no design {name!r}; there are: {', '.join(names)}.")
    return parsed_design(name, design_files(name, folder / name), sheet, has_logo)


def usable_designs() -> tuple[list[Design], list[str]]:
    """Return every installed design on its first sheet, and a sentence for each that cannot be used."""
    designs, problems = [], []
    for name in DESIGNS:
        try:
            designs.append(read_design(name))
        except DesignUnusable as error:
            problems.append(str(error))
    return designs, problems


def design_files(name: str, folder: Path) -> dict[str, bytes]:
    """Return every file of a design, by file name; raises DesignUnusable when they are too many or too large."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink()]
    if len(paths) > MAX_FILES or sum(path.stat().st_size for path in paths) > MAX_BYTES:
        raise DesignUnusable(f"The design {name} is larger than {MAX_FILES} files or {MAX_BYTES // 1024} KiB.")
    return {path.name: path.read_bytes() for path in paths}


def parsed_design(name: str, files: Mapping[str, bytes], sheet: str | None = None, has_logo: bool = False) -> Design:
    """Return the design that these files make, on a sheet; raises DesignUnusable."""
    try:
        declared = tomllib.loads(files["design.toml"].decode())
        paper = paper_of(name, declared["sheets"], sheet)
        places = declared_places(declared, paper, has_logo)
        boxes = {box: parsed_box(box, told, places[box]) for box, told in declared["boxes"].items()}
        check_declared(boxes, places, declared)
        return Design(
            name=name,
            title=declared["title"],
            purpose=declared["purpose"],
            sheet=paper,
            sheets=tuple(declared["sheets"]),
            frame=declared["frame_mm"] * POINTS_PER_MM,
            optional=frozenset(declared["optional"]),
            boxes=boxes,
            places=places,
            columns=parsed_columns(declared["signatories"]),
            files=files,
            fingerprint=files_fingerprint({**files, "": paper.name.encode()}),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, DesignUnusable):
            raise
        raise DesignUnusable(f"The declaration of the design {name} cannot be read: {error!r}") from error


def paper_of(name: str, declared: list[str], asked: str | None) -> Sheet:
    """Return the sheet that is asked for, the design's first when none is."""
    sheet = asked or declared[0]
    if sheet not in declared or sheet not in SHEETS:
        raise DesignUnusable(f"The design {name} has no sheet {sheet!r}; it has: {', '.join(map(str, declared))}.")
    return SHEETS[sheet]


def declared_places(declared: Mapping[str, Any], paper: Sheet, has_logo: bool) -> dict[str, Place]:
    """Return the places for a sheet's orientation; those under ``with_logo`` replace others when there is a logo."""
    told = dict(declared[paper.orientation])
    with_logo = told.pop("with_logo")
    return {known(name): place_on(paper, mm) for name, mm in {**told, **(with_logo if has_logo else {})}.items()}


def known(name: str) -> str:
    """Return the name of a place, which becomes the name of a class; raises ValueError for anything but small letters."""
    if not PLACE_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a place")
    return name


def check_declared(boxes: Mapping[str, Box], places: Mapping[str, Place], declared: Mapping[str, Any]) -> None:
    """Raise ValueError for boxes nobody fills, facts that do not exist, a missing page, or a code too small to read."""
    unknown = {name for name, box in boxes.items() if len(box.sizes) > 1} - TEXT_NAMES
    unknown |= set(declared["optional"]) - TEXT_NAMES - {"logo", "signatories"}
    if unknown:
        raise ValueError(f"certificates have no fields {sorted(unknown)}")
    if min(places["qr"].width, places["qr"].height) < SMALLEST_QR_MM * POINTS_PER_MM - 1e-6:
        raise ValueError(f"a QR code needs {SMALLEST_QR_MM} mm")
    if missing := {*SIGNATORY_TEXTS, "signature"} - set(places):
        raise ValueError(f"there is no place for {sorted(missing)}")


def parsed_box(name: str, declared: Mapping[str, Any], place: Place) -> Box:
    """Return a box from its declaration in points, at its place; raises ValueError."""
    box = Box(
        family=declared["family"],
        weight=declared["weight"],
        width=place.width,
        height=place.height,
        line_height=declared["line_height"],
        sizes=tuple(declared["sizes_pt"]),
        spacing=declared.get("spacing_em", 0.0),
        left=place.left,
        top=place.top,
        align=declared.get("align", "center"),
        vertical=declared.get("vertical", "middle"),
        italic=declared.get("italic", False),
        capitals=declared.get("capitals", False),
        colour=declared["colour"],
    )
    numbers = (box.weight, box.line_height, box.spacing, *box.sizes)
    if not all(isinstance(number, int | float) and 0 <= number <= 1000 for number in numbers) or not box.sizes:
        raise ValueError(f"a number of the box {name} is out of range")
    if box.family not in FAMILIES:
        raise ValueError(f"there is no font {box.family!r}; there are: {', '.join(FAMILIES)}")
    if box.align not in ALIGNMENTS or box.vertical not in HEIGHTS or not COLOUR.fullmatch(box.colour):
        raise ValueError(f"the box {name} has a side, a height or a colour that does not exist")
    return box


def parsed_columns(declared: Mapping[str, Any]) -> Columns:
    """Return how signatories stand, from millimetres."""
    if declared["align"] not in ALIGNMENTS:
        raise ValueError("signatories stand left, center or right")
    return Columns(declared["width_mm"] * POINTS_PER_MM, declared["gap_mm"] * POINTS_PER_MM, declared["align"])


def design_fingerprint(name: str, sheet: str | None = None) -> str:
    """Return the SHA-256 (hex) over a design's files, their names and its sheet: it changes when any of them does."""
    return read_design(name, sheet).fingerprint


def files_fingerprint(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 (hex) over files and their names."""
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()
