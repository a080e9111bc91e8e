"""Guilloche: a few sines go in, smooth closed curves as SVG path data come out."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

Point = tuple[float, float]
Curve = Callable[[float], Point]
STEP = 1e-5


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

    @property
    def stretches(self) -> list[tuple[float, bool]]:
        """Return the length of each piece of the walk and whether it is bent, from the top left on."""
        across, down = self.sides
        corner = (math.pi / 2 * self.radius, True)
        return [(across, False), corner, (down, False), corner] * 2

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

    def turn(self, x: float, y: float, way: float, start: float, offset: float) -> Point:
        """Return a point on the corner about (x, y)."""
        angle = start + way / self.radius
        reach = self.radius + offset
        return x + reach * math.cos(angle), y + reach * math.sin(angle)


@dataclass(frozen=True)
class Winding:
    """How strands wind about a frame: about how long a wave is, how far it swings, and how many waves a corner takes.

    Every straight side takes a whole number of waves, so that all four corners look alike.
    """

    wave: float
    amplitude: float
    corner: float


def strand(frame: RoundedFrame, winding: Winding, phase: float) -> str:
    """Return one strand that winds about a frame; ``phase`` in whole waves. Straight pieces take one cubic a half wave."""
    stretches = frame.stretches
    waves = [winding.corner if bent else round(length / winding.wave) for length, bent in stretches]
    starts = list(accumulate((length for length, _ in stretches), initial=0.0))
    first = phase + winding.corner / 2
    phases = list(accumulate(waves, initial=first))
    ends: list[float] = []
    for number, (length, bent) in enumerate(stretches):
        parts = max(1, round(waves[number] * (8 if bent else 2)))
        ends += [starts[number] + length * part / parts for part in range(parts)]
    point = partial(point_of_strand, frame, winding.amplitude, starts, phases)
    return closed_path(lambda part: point(part * frame.length), [end / frame.length for end in [*ends, frame.length]])


def point_of_strand(
    frame: RoundedFrame, amplitude: float, starts: list[float], phases: list[float], along: float
) -> Point:
    """Return where a strand is after ``along`` millimetres of the walk: its phase grows evenly between the given ones."""
    along %= frame.length
    number = next(index for index in range(len(starts) - 1) if along < starts[index + 1] or index == len(starts) - 2)
    share = (along - starts[number]) / (starts[number + 1] - starts[number])
    phase = phases[number] + share * (phases[number + 1] - phases[number])
    return frame.beside(along / frame.length, amplitude * math.sin(2 * math.pi * phase))


def ring(radius: float, amplitude: float, waves: int, phase: float, middle: Point = (0.0, 0.0)) -> str:
    """Return a circle about ``middle`` that swings about its radius."""

    def point(part: float) -> Point:
        angle = 2 * math.pi * part
        reach = radius + amplitude * math.sin(waves * angle + 2 * math.pi * phase)
        return middle[0] + reach * math.sin(angle), middle[1] - reach * math.cos(angle)

    return closed_path(point, extremes(waves, phase))
