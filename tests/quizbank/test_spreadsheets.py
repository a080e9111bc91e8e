"""Cells that do nothing: what a spreadsheet would run is shown, anything else stays as it is."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quizbank.spreadsheets import csv_lines, safe_cell, workbook

FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formula_is_shown_instead_of_run(formula: str) -> None:
    assert safe_cell(formula) == "'" + formula


@pytest.mark.parametrize("text", ["", "Ada Lovelace", "O'Neill", "a=b", "1-2", "ada@example.org", "漢字"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_lines_neutralise_every_text_and_keep_the_rest() -> None:
    lines = "".join(csv_lines(("Name", "=Score"), [("=1+1", None), ('say "hi", twice', 5), ("-1", -0.5)]))
    rows = list(csv.reader(io.StringIO(lines.removeprefix("\ufeff"))))
    assert rows == [["Name", "'=Score"], ["'=1+1", ""], ['say "hi", twice', "5"], ["'-1", "-0.5"]]


MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet_of(content: bytes) -> etree._Element:
    """Return the sheet of a workbook, after every part was read as XML."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    return parts["xl/worksheets/sheet1.xml"]


def test_workbook_keeps_numbers_and_days_as_such() -> None:
    sheet = sheet_of(workbook("Sheet", ["Amount", "Day"], [(Decimal("1.25"), date(2024, 2, 29)), (-3, None)]))
    assert sheet.xpath("//m:c/m:v/text()", namespaces=MAIN) == ["1.25", "45351", "-3"]
    assert sheet.xpath("//m:is/m:t/text()", namespaces=MAIN) == ["Amount", "Day"]


@given(st.text(max_size=30))
def test_workbook_holds_any_text_and_no_formula(text: str) -> None:
    sheet = sheet_of(workbook(text, [text], [[text]]))
    assert not sheet.xpath("//m:f", namespaces=MAIN)
    for shown in sheet.xpath("//m:is/m:t/text()", namespaces=MAIN):
        assert not shown.startswith(("=", "+", "-", "@"))


def test_workbook_shows_text_as_it_is() -> None:
    sheet = sheet_of(workbook("A & B", ["T"], [['<b>&"quoted" 漢字'], ["=1+1"]]))
    assert sheet.xpath("//m:is/m:t/text()", namespaces=MAIN) == ["T", '<b>&"quoted" 漢字', "'=1+1"]
