"""The picture of credit by month."""

import re
from datetime import date
from decimal import Decimal

from lxml import etree

from certificates.wallet.charts import HEIGHT, WIDTH, month_bars

MONTHS = [(date(2025, 12, 1), Decimal("1.25")), (date(2026, 1, 1), Decimal(0)), (date(2026, 2, 1), Decimal(5))]


def test_each_month_with_credit_has_a_column_in_proportion() -> None:
    columns = etree.fromstring(month_bars(MONTHS, "AMA")).findall(".//rect")
    first, second = (float(column.get("height")) for column in columns)
    assert abs(first / second - 0.25) < 0.01


def test_amounts_months_and_years_stand_beside_the_columns() -> None:
    texts = re.findall(r">([^<>]+)</text>", month_bars(MONTHS, "AMA"))
    assert texts == ["1.25", "Dec", "2025", "Jan", "2026", "5", "Feb"]


def test_december_leaves_its_year_out_where_january_would_run_into_it() -> None:
    first = date(2025, 12, 1)
    year = [(first, Decimal(0)), *((date(2026, month, 1), Decimal(0)) for month in range(1, 12))]
    texts = re.findall(r">([^<>]+)</text>", month_bars(year, "AMA"))
    assert [text for text in texts if text.isdigit()] == ["2026"]


def test_picture_stays_inside_its_frame_and_escapes_its_label() -> None:
    drawn = etree.fromstring(month_bars(MONTHS * 4, '<script>"&'))
    for column in drawn.findall(".//rect"):
        assert float(column.get("x")) >= 0
        assert float(column.get("x")) + float(column.get("width")) <= WIDTH
        assert 0 <= float(column.get("y")) <= HEIGHT
    assert drawn.get("aria-label").startswith('<script>"&: credit')


def test_nothing_at_all_is_drawn_without_columns() -> None:
    assert "<rect" not in month_bars([(date(2026, 1, 1), Decimal(0))], "AMA")
