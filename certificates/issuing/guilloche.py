"""Guilloche: a few sines go in, the smooth curves of one wave come out as SVG path data.

A band is the same wave over and over. It is drawn once and put side by side, so that in a file only its first counts.
"""

import math
from collections.abc import Callable
from itertools import pairwise

Point = tuple[float, float]
Curve = Callable[[float], Point]
STEP = 1e-5
PIECES = 4
"""A cubic with the curve's slopes at its ends follows a quarter of a sine to a hair."""


def open_path(curve: Curve, pieces: int) -> str:
    """Return SVG path data for a curve from parameter 0 to 1, as so many smooth cubic pieces."""
    x, y = curve(0.0)
    ends = pairwise(number / pieces for number in range(pieces + 1))
    return f"M{x:.2f} {y:.2f}" + "".join(cubic(curve, *piece) for piece in ends)


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


def wave(length: float, amplitude: float, phase: float) -> str:
    """Return one wave from the origin to the right; ``phase`` in whole waves."""
    return open_path(lambda part: (length * part, -amplitude * math.sin(2 * math.pi * (phase + part))), PIECES)


def bend(radius: float, amplitude: float, waves: float, phase: float) -> str:
    """Return a quarter of a circle about the origin, from its top to its right, that swings so many waves."""

    def point(part: float) -> Point:
        return on_circle(part / 4, radius + amplitude * math.sin(2 * math.pi * (phase + waves * part)))

    return open_path(point, round(8 * waves))


def sector(radius: float, amplitude: float, waves: int, phase: float) -> str:
    """Return one of the waves of a circle about the origin that swings about its radius, beginning at the top."""

    def point(part: float) -> Point:
        return on_circle(part / waves, radius + amplitude * math.sin(2 * math.pi * (phase + part)))

    return open_path(point, PIECES)


def on_circle(turn: float, radius: float) -> Point:
    """Return a point so far from the origin, after this share of a turn from the top."""
    return radius * math.sin(2 * math.pi * turn), -radius * math.cos(2 * math.pi * turn)
