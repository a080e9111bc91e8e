"""The art of our designs: drawn by formula, so it is ours; the files that lie in the designs' folders come out.

``python -m certificates.issuing.art`` draws them anew; a test compares what lies there with this.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from certificates.issuing.guilloche import Point, bend, cubic, sector, wave
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
    strands = Band("strands", colours.ink, 0.12, 15.6, 3.4, 1, tuple(turn / 6 for turn in range(6)))
    ribbons = Band("ribbons", colours.accent, 0.34, 31.2, 4.2, 0.5, (0.0, 0.5))
    lines = [
        wound(sheet, strands),
        wound(sheet, ribbons),
        plain_frame(sheet, 7.4, 0.45, colours.ink),
        plain_frame(sheet, 8.4, 0.15, colours.accent),
        plain_frame(sheet, 19.0, 0.15, colours.accent),
        plain_frame(sheet, 19.9, 0.3, colours.ink),
    ]
    middle = 17.0
    corners = [(x, y) for x in (middle, sheet.width - middle) for y in (middle, sheet.height - middle)]
    rosettes = repeated("rosette", rosette(colours), [f"translate({x:g} {y:g})" for x, y in corners])
    return svg(f"0 0 {sheet.width:g} {sheet.height:g}", [*lines, rosettes])


@dataclass(frozen=True)
class Band:
    """Strands that wind about a frame: about how long a wave is, how far it swings, how many waves a corner takes.

    Every straight side takes a whole number of waves, so that all four corners look alike. ``phases`` in whole waves:
    after a corner they are those of other strands, and all strands together the same.
    """

    name: str
    colour: str
    stroke: float
    wave: float
    amplitude: float
    corner: float
    phases: tuple[float, ...]


INSET, RADIUS = 13.6, 8.0
"""The line that bands wind about: a rectangle with round corners, so far from the edge of the sheet."""


def wound(sheet: Sheet, band: Band) -> str:
    """Return a band about a sheet."""
    edge = INSET + RADIUS
    across, down = sheet.width - 2 * edge, sheet.height - 2 * edge
    phases = [phase + band.corner / 2 for phase in band.phases]
    bends = drawn([bend(RADIUS, band.amplitude, band.corner, phase) for phase in phases], band.colour, band.stroke)
    corners = [(edge + across, edge, 0), (edge + across, edge + down, 90), (edge, edge + down, 180), (edge, edge, 270)]
    turned = [f"translate({x:g} {y:g}) rotate({angle})" for x, y, angle in corners]
    sides = [
        side(band, phases, across, "across", [(edge, INSET, 0), (edge + across, sheet.height - INSET, 180)]),
        side(band, phases, down, "down", [(sheet.width - INSET, edge, 90), (INSET, edge + down, 270)]),
    ]
    return "".join([*sides, repeated(f"{band.name}-corner", bends, turned)])


def side(
    band: Band, phases: Iterable[float], length: float, name: str, starts: Iterable[tuple[float, float, int]]
) -> str:
    """Return two straight sides of a band that face each other; ``starts``: where they begin, turned by how much."""
    count = round(length / band.wave)
    step = length / count
    waves = drawn([wave(step, band.amplitude, phase) for phase in phases], band.colour, band.stroke)
    places = [
        f"translate({x:g} {y:g}) rotate({angle}) translate({number * step:.3f} 0)"
        for x, y, angle in starts
        for number in range(count)
    ]
    return repeated(f"{band.name}-{name}", waves, places)


def rosette(colours: Colours) -> str:
    """Return the ornament of a corner, which covers what lies under it."""
    eye = f'<circle r="1.1" fill="{colours.accent}"/>'
    ground = f'<circle r="10.2" fill="#ffffff" stroke="{colours.ink}" stroke-width="0.3"/>'
    petals = ring("petals", Ring(5.6, 3.0, 8, tuple(turn / 4 for turn in range(4))), colours.ink, 0.13)
    return ground + circle(9.4, 0.15, colours.accent) + petals + eye


@dataclass(frozen=True)
class Ring:
    """Strands that swing about a circle in so many waves; ``phases`` in whole waves."""

    radius: float
    amplitude: float
    waves: int
    phases: tuple[float, ...]


def ring(name: str, woven: Ring, colour: str, stroke: float) -> str:
    """Return a woven ring about the origin."""
    paths = [sector(woven.radius, woven.amplitude, woven.waves, phase) for phase in woven.phases]
    turns = [f"rotate({360 * number / woven.waves:g})" for number in range(woven.waves)]
    return repeated(name, drawn(paths, colour, stroke), turns)


def repeated(name: str, drawing: str, places: Iterable[str]) -> str:
    """Return a drawing put at several places; the layout engine writes it alike for each, which compresses to nothing."""
    uses = "".join(f'<use href="#{name}" transform="{place}"/>' for place in places)
    return f'<defs><g id="{name}">{drawing}</g></defs>{uses}'


def plain_frame(sheet: Sheet, inset: float, stroke: float, colour: str) -> str:
    """Return a plain rectangle of one line."""
    size = f'width="{sheet.width - 2 * inset:g}" height="{sheet.height - 2 * inset:g}"'
    return f'<rect x="{inset:g}" y="{inset:g}" {size} fill="none" stroke="{colour}" stroke-width="{stroke:g}"/>'


def seal_svg(colours: Colours) -> str:
    """Return the seal: two woven rings about a staff and serpent."""
    quarters, sixths = tuple(turn / 4 for turn in range(4)), tuple(turn / 6 for turn in range(6))
    lines = [
        '<circle r="47.8" fill="#ffffff"/>',
        ring("edge", Ring(47.8, 0.8, 60, (0.0,)), colours.accent, 0.8),
        ring("rings", Ring(42.0, 4.6, 36, quarters), colours.accent, 0.4),
        circle(36.6, 0.5, colours.accent),
        ring("petals", Ring(30.2, 5.2, 12, sixths), colours.accent, 0.35),
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
    petals = ring("petals", Ring(37.0, 9.0, 14, tuple(turn / 6 for turn in range(6))), colours.accent, 0.55)
    return svg("-50 -50 100 100", [circle(48.5, 0.9, colours.accent), petals, staff_and_serpent(colours.ink)])


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
