"""Sheets: the area that A4 and US Letter share lies on both of them, in the middle."""

import pytest

from certificates.issuing.sheets import SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_shared_area_lies_in_the_middle_of_the_sheet(name: str) -> None:
    sheet = SHEETS[name]
    across, down = sheet.shared
    left, top = sheet.offset
    assert left >= 0
    assert top >= 0
    assert (2 * left + across, 2 * top + down) == pytest.approx((sheet.width, sheet.height))


def test_lying_sheets_are_wider_than_high() -> None:
    assert [sheet.orientation for sheet in SHEETS.values() if sheet.width > sheet.height] == ["landscape"] * 2
