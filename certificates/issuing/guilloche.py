"""The line art of certificates: a few sines go in, SVG paths for the border, the seal and the rule come out.

Drawn by formula, so the art is ours. A design's folder keeps the drawn files; a test compares them with this.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Curve = Callable[[float], Point]
STEP = 1e-5


@dataclass(frozen=True)
class Colours:
    """The two colours of a drawing."""

    ink: str
    accent: str


def extremes(waves: int, phase: float) -> list[float]:
    """Return the parameters of all crests and troughs of a sine, once round.

    Between two of them a cubic with the curve's slopes at its ends follows a sine to 1 %, so no more points are needed.
    """
    return [(0.25 + half / 2 - phase) / waves for half in range(2 * waves + 1)]


def closed_path(curve: Curve, ends: Iterable[float]) -> str:
    """Return SVG path data for a closed curve, as smooth cubic pieces between the given parameters."""
    first, *others = ends
    x, y = curve(first)
    return f"M{x:.2f} {y:.2f}" + "".join(cubic(curve, *piece) for piece in pairwise([first, *others])) + "Z"


def cubic(curve: Curve, start: float, end: float) -> str:
    """Return the Bézier piece of a curve between two parameters."""
    third = (end - start) / 3
    (x0, y0), (x1, y1) = curve(start), curve(end)
    (dx0, dy0), (dx1, dy1) = slope(curve, start), slope(curve, end)
    numbers = (x0 + dx0 * third, y0 + dy0 * third, x1 - dx1 * third, y1 - dy1 * third, x1, y1)
    return "C" + " ".join(f"{number:.2f}" for number in numbers)


def slope(curve: Curve, at: float) -> Point:
    """Return the derivative of a curve."""
    (x0, y0), (x1, y1) = curve(at - STEP), curve(at + STEP)
    return (x1 - x0) / (2 * STEP), (y1 - y0) / (2 * STEP)


@dataclass(frozen=True)
class RoundedFrame:
    """A rectangle with round corners, walked once round from its top left: the line a border winds about."""

    width: float
    height: float
    inset: float
    radius: float

    @property
    def sides(self) -> tuple[float, float]:
        """Return the lengths of the straight parts."""
        return self.width - 2 * (self.inset + self.radius), self.height - 2 * (self.inset + self.radius)

    @property
    def length(self) -> float:
        """Return the length of the whole walk."""
        return 2 * sum(self.sides) + 2 * math.pi * self.radius

    def beside(self, part: float, offset: float) -> Point:
        """Return the point at a part (0 to 1) of the walk, moved outwards by ``offset``."""
        along = (part % 1.0) * self.length
        across, down = self.sides
        corner = math.pi / 2 * self.radius
        low, left = self.inset + self.radius, self.inset + self.radius
        right, bottom = left + across, low + down
        for length, place in (
            (across, lambda way: (left + way, low - self.radius - offset)),
            (corner, lambda way: self.turn(right, low, way, -math.pi / 2, offset)),
            (down, lambda way: (right + self.radius + offset, low + way)),
            (corner, lambda way: self.turn(right, bottom, way, 0.0, offset)),
            (across, lambda way: (right - way, bottom + self.radius + offset)),
            (corner, lambda way: self.turn(left, bottom, way, math.pi / 2, offset)),
            (down, lambda way: (left - self.radius - offset, bottom - way)),
        ):
            if along <= length:
                return place(along)
            along -= length
        return self.turn(left, low, along, math.pi, offset)

    def steps(self, start: float, end: float) -> list[float]:
        """Return where to divide a piece of the walk: not at all on the straight, in four at a corner."""
        parts = 4 if self.is_bent(start) or self.is_bent(end) else 1
        return [start + (end - start) * part / parts for part in range(parts)]

    def is_bent(self, part: float) -> bool:
        """Return whether the walk is at a corner there."""
        along = (part % 0.5) * self.length
        across, down = self.sides
        corner = math.pi / 2 * self.radius
        return across < along < across + corner or along > across + corner + down

    def turn(self, x: float, y: float, way: float, start: float, offset: float) -> Point:
        """Return a point on the corner about (x, y)."""
        angle = start + way / self.radius
        reach = self.radius + offset
        return x + reach * math.cos(angle), y + reach * math.sin(angle)


def border_svg(width: float, height: float, colours: Colours) -> str:
    """Return a guilloche border for a page of this size in millimetres."""
    frame = RoundedFrame(width, height, inset=13.5, radius=9.5)
    waves = 2 * round(frame.length / 13.5 / 2)
    strands = [winding(frame, waves, 3.3, turn / 7) for turn in range(7)]
    ribbons = [winding(frame, waves // 2, 4.3, turn / 2) for turn in range(2)]
    lines = [
        drawn(strands, colours.ink, 0.11),
        drawn(ribbons, colours.accent, 0.32),
        plain_frame(width, height, 7.4, 0.5, colours.ink),
        plain_frame(width, height, 8.4, 0.15, colours.accent),
        plain_frame(width, height, 19.4, 0.22, colours.ink, rounding=4),
        plain_frame(width, height, 20.3, 0.1, colours.accent, rounding=3.3),
    ]
    return svg(f"0 0 {width:g} {height:g}", lines)


def winding(frame: RoundedFrame, waves: int, amplitude: float, phase: float) -> str:
    """Return a strand that winds about a frame; ``phase`` in whole waves."""

    def point(part: float) -> Point:
        return frame.beside(part, amplitude * math.sin(2 * math.pi * (waves * part + phase)))

    ends = extremes(waves, phase)
    return closed_path(point, [at for piece in pairwise(ends) for at in frame.steps(*piece)] + ends[-1:])


def plain_frame(width: float, height: float, inset: float, stroke: float, colour: str, rounding: float = 0) -> str:
    """Return a plain rectangle of one line."""
    size = f'width="{width - 2 * inset:g}" height="{height - 2 * inset:g}" rx="{rounding:g}"'
    return f'<rect x="{inset:g}" y="{inset:g}" {size} fill="none" stroke="{colour}" stroke-width="{stroke:g}"/>'


def seal_svg(colours: Colours) -> str:
    """Return the seal: two woven rings about a staff and serpent."""
    rings = [ring(42.0, 4.6, 36, turn / 6) for turn in range(6)]
    petals = [ring(30.0, 5.2, 12, turn / 9) for turn in range(9)]
    edge = ring(47.6, 0.9, 72, 0.0)
    lines = [
        f'<path d="{edge}" fill="#ffffff" stroke="{colours.accent}" stroke-width="0.7"/>',
        drawn(rings, colours.accent, 0.32),
        circle(36.6, 0.5, colours.accent),
        drawn(petals, colours.accent, 0.26),
        f'<circle r="24" fill="#ffffff" stroke="{colours.accent}" stroke-width="0.5"/>',
        circle(22.6, 0.25, colours.accent),
        staff_and_serpent(colours.ink),
    ]
    return svg("-50 -50 100 100", lines)


def ring(radius: float, amplitude: float, waves: int, phase: float) -> str:
    """Return a circle that swings about its radius."""

    def point(part: float) -> Point:
        angle = 2 * math.pi * part
        reach = radius + amplitude * math.sin(waves * angle + 2 * math.pi * phase)
        return reach * math.sin(angle), -reach * math.cos(angle)

    return closed_path(point, extremes(waves, phase))


def circle(radius: float, stroke: float, colour: str) -> str:
    """Return a circle about the origin."""
    return f'<circle r="{radius:g}" fill="none" stroke="{colour}" stroke-width="{stroke:g}"/>'


def staff_and_serpent(colour: str) -> str:
    """Return the rod of Asclepius: a staff, and a sine of falling width that crosses before and behind it."""
    x, y = serpent(0.0)
    path = f"M{x:.2f} {y:.2f}" + "".join(cubic(serpent, step / 14, (step + 1) / 14) for step in range(14))
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


def drawn(paths: Iterable[str], colour: str, stroke: float) -> str:
    """Return paths drawn as one element with one pen."""
    return f'<path d="{"".join(paths)}" fill="none" stroke="{colour}" stroke-width="{stroke:g}"/>'


def svg(view_box: str, parts: Iterable[str]) -> str:
    """Return a whole SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}">{"".join(parts)}</svg>\n'
