"""Places: millimetres on the shared area become points on the page; signatories stand in even columns."""

import pytest

from certificates.issuing.places import POINTS_PER_MM, Columns, Place, column_of, place_on
from certificates.issuing.sheets import SHEETS

ZONE = Place(left=100, top=50, width=300, height=20)


def test_place_moves_with_the_sheet() -> None:
    a4, letter = (place_on(SHEETS[name], [10, 20, 30, 40]) for name in ("a4-landscape", "letter-landscape"))
    assert (a4.left, a4.top) == pytest.approx((18.8 * POINTS_PER_MM, 20 * POINTS_PER_MM))
    assert (letter.left, letter.top) == pytest.approx((10 * POINTS_PER_MM, 22.95 * POINTS_PER_MM))
    assert (a4.width, a4.height) == (letter.width, letter.height)


@pytest.mark.parametrize(
    "declared", [[-1, 0, 9, 9], [0, 0, 280, 9], [0, 205, 9, 9], [0, 0, 0, 9], [1, 2, 3], [0, 0, 1e9, 9]]
)
def test_place_outside_the_sheet_is_refused(declared: list[float]) -> None:
    with pytest.raises(ValueError):
        place_on(SHEETS["a4-landscape"], declared)


@pytest.mark.parametrize(("align", "left"), [("left", 100), ("center", 210), ("right", 320)])
def test_one_signatory_stands_where_the_design_says(align: str, left: float) -> None:
    assert column_of(ZONE, Columns(80, 10, align), 0, 1) == Place(left, 50, 80, 20)  # type: ignore[arg-type]


def test_three_signatories_share_the_zone() -> None:
    places = [column_of(ZONE, Columns(200, 15, "center"), number, 3) for number in range(3)]
    assert [place.left for place in places] == [100, 205, 310]
    assert {place.width for place in places} == {90}
