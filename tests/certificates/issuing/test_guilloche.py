"""Guilloche: strands that wind about a frame are closed, stay near it, and turn every corner alike."""

import re

import pytest

from certificates.issuing.guilloche import RoundedFrame, Winding, ring, strand

FRAME = RoundedFrame(297, 210, 13.6, 8.0)
WINDING = Winding(wave=15.6, amplitude=3.4, corner=1)


def points_of(path: str) -> list[tuple[float, float]]:
    """Return the points at which the pieces of a path end."""
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=C|Z)", path)]


def test_walk_round_the_frame_ends_where_it_began() -> None:
    start, end = FRAME.beside(0.0, 2.0), FRAME.beside(1 - 1e-12, 2.0)
    assert start == pytest.approx(end, abs=1e-6)


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.4])
def test_strand_is_closed_and_keeps_its_distance(phase: float) -> None:
    points = points_of(strand(FRAME, WINDING, phase))
    assert points[0] == pytest.approx(points[-1], abs=0.011)
    reach = 13.6 - 3.4
    assert all(reach - 0.1 <= x <= 297 - reach + 0.1 and reach - 0.1 <= y <= 210 - reach + 0.1 for x, y in points)


def test_strands_look_alike_at_every_corner() -> None:
    points = {point for turn in range(6) for point in points_of(strand(FRAME, WINDING, turn / 6))}
    near = [(x, y) for x, y in points if x < 25 and y < 25]
    mirrored = [min(abs(297 - x - other) + abs(y - down) for other, down in points) for x, y in near]
    assert len(near) > 20
    assert max(mirrored) < 0.1


def test_ring_swings_about_its_radius() -> None:
    distances = [(x * x + y * y) ** 0.5 for x, y in points_of(ring(40.0, 5.0, 12, 0.0))]
    assert (min(distances), max(distances)) == pytest.approx((35.0, 45.0), abs=0.05)
