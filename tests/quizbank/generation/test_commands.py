"""The command line prints items without a database, and says plainly when there are none."""

import json
from pathlib import Path

from click.testing import Result
from flask import Flask

from quizbank.generation.commands import generation_commands
from tests.quizbank.generation.sources import SAMPLES


def run(*arguments: str) -> Result:
    """Call ``generation run``."""
    app = Flask(__name__)
    app.cli.add_command(generation_commands)
    return app.test_cli_runner().invoke(args=["generation", "run", *arguments])


def test_json_holds_items_and_document() -> None:
    made = json.loads(run(str(SAMPLES[0]), "--seed", "1", "--format", "json").stdout)
    assert len(made["items"]) >= 10
    assert made["document"]["language"] == "en"


def test_text_stars_the_key_and_names_the_maker() -> None:
    printed = run(str(SAMPLES[0]), "--seed", "1", "--limit", "2").stdout
    assert "2 items" in printed
    assert "   * " in printed


def test_too_little_is_said_on_stderr_and_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("Rest helps most people.")
    result = run(str(file), "--seed", "1", "--format", "json")
    assert result.exit_code == 0
    assert "too little" in result.stderr
    assert json.loads(result.stdout)["items"] == []


def test_unreadable_file_is_an_error_in_words(tmp_path: Path) -> None:
    file = tmp_path / "binary.txt"
    file.write_bytes(bytes(range(256)) * 8)
    result = run(str(file), "--seed", "1")
    assert result.exit_code == 1
    assert result.stderr.strip().endswith(".")
