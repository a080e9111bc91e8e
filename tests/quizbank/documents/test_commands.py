"""The command prints the tree for programs and for people, and fails with one sentence."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from quizbank.documents.commands import documents_commands


def run(*arguments: str) -> Result:
    app = Flask("documents")
    app.cli.add_command(documents_commands)
    return CliRunner().invoke(click.Group(commands={"documents": documents_commands}), ["documents", *arguments])


@pytest.fixture
def burns(tmp_path: Path) -> Path:
    file = tmp_path / "burns.txt"
    file.write_text("Burns\n\nFirst aid\n- Cool it\n- Cover it\n\nContact us today!", encoding="utf-8")
    return file


def test_json_holds_title_sections_and_what_was_left_out(burns: Path) -> None:
    result = run("read", str(burns), "--format", "json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["title"] == "Burns"
    assert told["sections"][0]["path"] == ["First aid"]
    assert told["left_out"][0]["quote"] == "Contact us today!"


def test_text_is_an_outline_a_person_can_read(burns: Path) -> None:
    result = run("read", str(burns), "--format", "text")
    assert "First aid\n  - Cool it\n  - Cover it" in result.stdout
    assert "promotion, not clinical content: Contact us today!" in result.stdout


def test_an_unreadable_file_gives_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(b"")
    result = run("read", str(file))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "This file is empty. Upload a document that holds text.\n"
