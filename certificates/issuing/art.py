"""The art of our designs: drawn by formula, so it is ours; the files that lie in the designs' folders come out.

``python -m certificates.issuing.art`` draws them anew; a test compares what lies there with this.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from certificates.issuing.guilloche import Point, RoundedFrame, Winding, cubic, ring, strand
from certificates.issuing.sheets import SHEETS, Sheet

FOLDER = Path(__file__).parents[1] / "designs"


@dataclass(frozen=True)
class Colours:
    """The two colours of a drawing."""

    ink: str
    accent: str


CLASSIC = Colours(ink="#1b2f4b", accent="#a07d34")
MODERN = Colours(ink="#0f3d4c", accent="#1f8a83")


def drawings() -> dict[str, str]:
    """Return every drawing by its path below the folder of designs."""
    borders = {f"classic/page-{sheet.name}.svg": border_svg(sheet, CLASSIC) for sheet in SHEETS.values()}
    fields = {f"modern/page-{sheet.name}.svg": waves_svg(sheet, MODERN) for sheet in SHEETS.values()}
    ours = {
        "classic/seal.svg": seal_svg(CLASSIC),
        "classic/rule.svg": rule_svg(CLASSIC),
        "modern/mark.svg": mark_svg(MODERN),
    }
    return {**borders, **fields, **ours}


def border_svg(sheet: Sheet, colours: Colours) -> str:
    """Return a guilloche border for a sheet: two bands of strands between hairlines, a rosette in each corner."""
    frame = RoundedFrame(sheet.width, sheet.height, inset=13.6, radius=8.0)
    strands = [strand(frame, Winding(15.6, 3.4, 1), turn / 6) for turn in range(6)]
    ribbons = [strand(frame, Winding(31.2, 4.2, 0.5), turn / 2) for turn in range(2)]
    lines = [
        drawn(strands, colours.ink, 0.12),
        drawn(ribbons, colours.accent, 0.34),
        plain_frame(sheet, 7.4, 0.45, colours.ink),
        plain_frame(sheet, 8.4, 0.15, colours.accent),
        plain_frame(sheet, 19.0, 0.15, colours.accent),
        plain_frame(sheet, 19.9, 0.3, colours.ink),
    ]
    middle = 17.0
    corners = [(x, y) for x in (middle, sheet.width - middle) for y in (middle, sheet.height - middle)]
    return svg(f"0 0 {sheet.width:g} {sheet.height:g}", [*lines, *(rosette(corner, colours) for corner in corners)])


def rosette(middle: Point, colours: Colours) -> str:
    """Return the ornament of a corner, which covers what lies under it."""
    x, y = middle
    petals = [ring(5.6, 3.0, 8, turn / 4, middle) for turn in range(4)]
    eye = f'<circle cx="{x:g}" cy="{y:g}" r="1.1" fill="{colours.accent}"/>'
    ground = f'<circle cx="{x:g}" cy="{y:g}" r="10.2" fill="#ffffff" stroke="{colours.ink}" stroke-width="0.3"/>'
    inner = f'<circle cx="{x:g}" cy="{y:g}" r="9.4" fill="none" stroke="{colours.accent}" stroke-width="0.15"/>'
    return ground + inner + drawn(petals, colours.ink, 0.13) + eye


def plain_frame(sheet: Sheet, inset: float, stroke: float, colour: str) -> str:
    """Return a plain rectangle of one line."""
    size = f'width="{sheet.width - 2 * inset:g}" height="{sheet.height - 2 * inset:g}"'
    return f'<rect x="{inset:g}" y="{inset:g}" {size} fill="none" stroke="{colour}" stroke-width="{stroke:g}"/>'


def seal_svg(colours: Colours) -> str:
    """Return the seal: two woven rings about a staff and serpent."""
    rings = [ring(42.0, 4.6, 36, turn / 4) for turn in range(4)]
    petals = [ring(30.2, 5.2, 12, turn / 6) for turn in range(6)]
    edge = ring(47.8, 0.8, 60, 0.0)
    lines = [
        f'<path d="{edge}" fill="#ffffff" stroke="{colours.accent}" stroke-width="0.8"/>',
        drawn(rings, colours.accent, 0.4),
        circle(36.6, 0.5, colours.accent),
        drawn(petals, colours.accent, 0.35),
        f'<circle r="24" fill="#ffffff" stroke="{colours.accent}" stroke-width="0.6"/>',
        circle(22.4, 0.3, colours.accent),
        staff_and_serpent(colours.ink),
    ]
    return svg("-50 -50 100 100", lines)


def circle(radius: float, stroke: float, colour: str) -> str:
    """Return a circle about the origin."""
    return f'<circle r="{radius:g}" fill="none" stroke="{colour}" stroke-width="{stroke:g}"/>'


def staff_and_serpent(colour: str) -> str:
    """Return the rod of Asclepius: a staff, and a sine of falling width that crosses before and behind it."""
    x, y = serpent(0.0)
    pieces = [cubic(serpent, step / 14, (step + 1) / 14) for step in range(14)]
    path = f"M{x:.2f} {y:.2f}" + "".join(pieces)
    staff = f'<path d="M0 -18V18.5" stroke="{colour}" stroke-width="1.7" stroke-linecap="round"/>'
    halo = f'<path d="{path}" fill="none" stroke="#ffffff" stroke-width="3.4"/>'
    snake = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.9" stroke-linecap="round"/>'
    return staff + halo + snake


def serpent(part: float) -> Point:
    """Return a point of the serpent from its head (0) to its tail (1)."""
    return (8.2 - 4.4 * part) * math.sin(2 * math.pi * (1.75 * part + 0.12)), -13.5 + 29 * part


def rule_svg(colours: Colours) -> str:
    """Return the short rule under the heading: two tapering lines and a diamond."""
    line = "M0 2L36 1.86V2.14ZM84 2L48 1.86V2.14Z"
    diamond = "M42 0.5L43.5 2L42 3.5L40.5 2Z"
    dots = "M38.6 1.55L39.05 2L38.6 2.45L38.15 2ZM45.4 1.55L45.85 2L45.4 2.45L44.95 2Z"
    return svg(
        "0 0 84 4", [f'<path d="{line}{dots}" fill="{colours.ink}"/><path d="{diamond}" fill="{colours.accent}"/>']
    )


def waves_svg(sheet: Sheet, colours: Colours) -> str:
    """Return the field of the modern design: hairlines down the left edge that swell, cross and calm down again."""
    lines = [wave_line(sheet, number / 17) for number in range(18)]
    faint, strong = drawn(lines[1:], colours.accent, 0.14), drawn(lines[:1], colours.ink, 0.3)
    return svg(f"0 0 {sheet.width:g} {sheet.height:g}", [faint, strong])


def wave_line(sheet: Sheet, share: float) -> str:
    """Return one line of the field, from the top edge to the bottom edge; ``share`` goes from its first to its last."""
    beats = 2.5

    def point(part: float) -> Point:
        swell = math.sin(math.pi * part)
        across = (
            15
            + 9 * (share - 0.5) * (0.8 + 0.55 * swell)
            + 5.2 * swell * math.sin(2 * math.pi * (beats * part + 0.55 * share))
        )
        return across, 8 + (sheet.height - 16) * part

    x, y = point(0.0)
    steps = 20
    return f"M{x:.2f} {y:.2f}" + "".join(cubic(point, step / steps, (step + 1) / steps) for step in range(steps))


def mark_svg(colours: Colours) -> str:
    """Return the mark of the modern design: one woven ring about staff and serpent."""
    petals = [ring(37.0, 9.0, 14, turn / 6) for turn in range(6)]
    lines = [circle(48.5, 0.9, colours.accent), drawn(petals, colours.accent, 0.55), staff_and_serpent(colours.ink)]
    return svg("-50 -50 100 100", lines)


def drawn(paths: Iterable[str], colour: str, stroke: float) -> str:
    """Return paths drawn as one element with one pen."""
    return f'<path d="{"".join(paths)}" fill="none" stroke="{colour}" stroke-width="{stroke:g}"/>'


def svg(view_box: str, parts: Iterable[str]) -> str:
    """Return a whole SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}">{"".join(parts)}</svg>\n'


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write the drawings below a folder."""
    for path, drawing in files.items():
        (folder / path).write_text(drawing)


if __name__ == "__main__":
    write(drawings(), FOLDER)
