"""Item statistics from the terminal: a file in, figures out, no database."""

import csv
import io
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from quizbank.analysis.commands import analysis_commands

FILE = b"learner,q1,q2,q3\nAda,1,1,0\nBob,1,0,1\nEve,0,0,1\n"


def run(*arguments: str) -> Result:
    app = Flask("analysis")
    app.cli.add_command(analysis_commands)
    return CliRunner().invoke(click.Group(commands={"analysis": analysis_commands}), ["analysis", *arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "responses.csv"
    path.write_bytes(FILE)
    return path


def test_json_holds_every_figure_and_nothing_beside_it(file: Path) -> None:
    result = run("items", "--responses", str(file), "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert told["score"]["n"] == 3
    assert [one["facility"] for one in told["items"]] == pytest.approx([2 / 3, 1 / 3, 2 / 3])
    assert told["items"][2]["discrimination"] < 0


def test_csv_keeps_negative_figures_as_numbers_and_names_harmless(file: Path) -> None:
    file.write_bytes(FILE.replace(b"q1", b"=q1"))
    result = run("items", "--responses", str(file), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert rows[0]["item"] == "'=q1"
    assert float(rows[2]["discrimination"]) < 0


def test_table_is_for_people_and_notes_stand_beside_it(file: Path) -> None:
    file.write_bytes(FILE + b"Max,1,,1\n")
    result = run("items", "--responses", str(file))
    assert result.stdout.splitlines()[0].split() == ["n", "4"]
    assert "earns 0" in result.stderr


@pytest.mark.parametrize("content", [b"", b"learner,q1\nAda,7\n", bytes(range(256)) * 9])
def test_file_that_cannot_be_read_ends_with_a_sentence(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    result = run("items", "--responses", str(file), "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(".\n")
    assert "Traceback" not in result.stderr


def test_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    result = run("items", "--responses", str(tmp_path / "none.csv"))
    assert (result.exit_code, result.stderr) == (1, "none.csv cannot be opened: No such file or directory.\n")
