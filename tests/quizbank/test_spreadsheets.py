"""Cells that do nothing: what a spreadsheet would run is shown, anything else stays as it is."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.spreadsheets import csv_lines, safe_cell

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
