"""Guilloche: one wave of a band goes on where it began, one of a ring too, and a corner joins two sides."""

import re

import pytest

from certificates.issuing.guilloche import bend, sector, wave

PHASES = (0.0, 0.25, 0.4)


def points_of(path: str) -> list[tuple[float, float]]:
    """Return the points at which the pieces of a path begin and end."""
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=C|$)", path)]


@pytest.mark.parametrize("phase", PHASES)
def test_wave_ends_at_the_height_at_which_it_began(phase: float) -> None:
    points = points_of(wave(15.6, 3.4, phase))
    assert points[0][0] == 0
    assert points[-1] == (15.6, points[0][1])
    assert max(abs(y) for _, y in points) <= 3.4


@pytest.mark.parametrize("phase", PHASES)
def test_wave_of_a_ring_ends_where_the_next_begins(phase: float) -> None:
    (x, y), *_, end = points_of(sector(40.0, 5.0, 4, phase))
    assert end == pytest.approx((-y, x), abs=0.02)


def test_ring_swings_about_its_radius() -> None:
    distances = [(x * x + y * y) ** 0.5 for x, y in points_of(sector(40.0, 5.0, 12, 0.0))]
    assert (min(distances), max(distances)) == pytest.approx((35.0, 45.0), abs=0.05)


@pytest.mark.parametrize("phase", PHASES)
def test_corner_goes_on_where_a_side_ends(phase: float) -> None:
    side, corner = points_of(wave(10.0, 3.4, phase)), points_of(bend(8.0, 3.4, 1, phase))
    assert corner[0] == pytest.approx((0.0, side[-1][1] - 8.0), abs=0.011)
    assert corner[-1] == pytest.approx((8.0 - side[0][1], 0.0), abs=0.011)
