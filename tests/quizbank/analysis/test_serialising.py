"""How figures are told: JSON without numbers that are none, rows, and a table for people."""

import json

from quizbank.analysis.matrix import matrix_of
from quizbank.analysis.reading import read_responses
from quizbank.analysis.reporting import report_on
from quizbank.analysis.serialising import (
    ITEM_COLUMNS,
    REPORT_COLUMNS,
    item_rows,
    report,
    report_rows,
    response_table,
    shown,
    table,
)
from quizbank.spreadsheets import csv_lines
from tests.quizbank.analysis.test_reporting import ASKED

RESPONSES = read_responses(b"learner,q1,q2\nAda,1,0\nBob,1,1\n")


def test_report_is_plain_json_with_null_for_what_is_not_defined() -> None:
    told = json.loads(json.dumps(report(RESPONSES), allow_nan=False))
    assert [one["item"] for one in told["items"]] == ["q1", "q2"]
    assert told["items"][0]["discrimination"] is None
    assert told["score"]["n"] == 2
    assert told["score"]["skewness"] is None


def test_rows_stand_under_their_columns() -> None:
    first = dict(zip(ITEM_COLUMNS, item_rows(RESPONSES.matrix)[0], strict=True))
    assert (first["item"], first["n"], first["facility"], first["discrimination"]) == ("q1", 2, 1, None)


def test_downloaded_responses_are_read_back_as_they_were() -> None:
    matrix = matrix_of(["q1", "q2"], [1.0, 4.0], [[1.0, 0.75], [1 / 3, 0.0]])
    header, rows = response_table(matrix, matrix.items, ["attempt 1", "attempt 2"])
    found = read_responses("".join(csv_lines(header, rows)).encode()).matrix
    assert (found.items, found.maxima) == (matrix.items, matrix.maxima)
    assert found.fractions == matrix.fractions


def test_row_of_an_activity_stands_under_its_columns() -> None:
    report = report_on([], ASKED)
    first = dict(zip(REPORT_COLUMNS, report_rows(report.items)[0], strict=True))
    assert (first["number"], first["question"], first["n"], first["facility"], first["flags"]) == (
        1,
        "Question 1",
        0,
        None,
        "",
    )


def test_table_shows_a_dash_for_what_is_not_defined() -> None:
    lines = table(RESPONSES.matrix).splitlines()
    assert lines[0].split() == ["n", "2"]
    assert lines[-2].split()[:4] == ["q1", "2", "1.000", "1.000"]
    assert "–" in lines[-2]


def test_figure_as_people_read_it() -> None:
    assert [shown(value) for value in (None, 0.12345, 3, "q1")] == ["–", "0.123", "3", "q1"]
