"""The files of an export: exact values, safe cells, and a page that explains them."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.privacy.holdings import HOLDINGS
from certificates.privacy.package import SCHEMA, data_json, plain, readme, table_csv, tables

NOW = datetime(2030, 5, 6, 7, 8, 9, tzinfo=UTC)
EAST = timezone(timedelta(hours=5, minutes=45))
TEXTS = st.text(max_size=20)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (NOW.astimezone(EAST), "2030-05-06T07:08:09+00:00"),
        (date(2030, 5, 6), "2030-05-06"),
        (Decimal("0.50"), "0.50"),
        ({"at": NOW, "list": (Decimal(1), None)}, {"at": "2030-05-06T07:08:09+00:00", "list": ["1", None]}),
        (True, True),
        (1.5, 1.5),
    ],
)
def test_values_are_written_exactly(value: object, written: object) -> None:
    assert plain(value) == written


@given(st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans() | st.none(), max_size=4))
def test_json_holds_what_was_given_whatever_it_says(row: dict[str, object]) -> None:
    document = json.loads(data_json({"rows": [row]}, NOW).decode())
    assert document == {"schema": SCHEMA, "made_at": NOW.isoformat(), "held": {"rows": [row]}}


def test_cells_run_nothing_in_a_spreadsheet() -> None:
    text = table_csv([{"activity": "=cmd|' /C calc'!A0", "amount": Decimal("-0.25")}], ("activity", "amount", "gone"))
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows == [["activity", "amount", "gone"], ["'=cmd|' /C calc'!A0", "'-0.25", ""]]


def test_tables_are_there_even_when_they_are_empty() -> None:
    assert {name: len(content.splitlines()) for name, content in tables({}).items()} == {
        "credits.csv": 1,
        "attempts.csv": 1,
    }


def test_page_tells_what_is_there_what_is_left_out_and_what_a_deletion_does() -> None:
    held = {holding.name: [{}] for holding in HOLDINGS}
    words = readme(held, "Example Hospital", NOW, ["AAAA-BBBB"]).decode()
    assert "What Example Hospital holds about you, as of 2030-05-06T07:08:09+00:00" in words
    assert all(f"\n{holding.name} (1): {holding.holds}\n" in words for holding in HOLDINGS)
    assert "left out: password, fs_uniquifier - a secret; nobody reads it" in words
    assert "Certificate AAAA-BBBB is not among them" in words
    assert "is kept for six years after the claim" in words


def test_page_is_silent_about_what_is_not_held() -> None:
    words = readme({"credits": [{}], "plans": []}, "Example Hospital", NOW, []).decode()
    assert "credits (1)" in words
    assert "plans" not in words.split("Your password")[0].replace("plans of", "")
